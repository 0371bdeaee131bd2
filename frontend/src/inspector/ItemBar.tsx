import { moved } from "@/inspector/SortableRows.tsx";
import { useInspector } from "@/inspector/context.ts";
import { IconButton } from "@/ui/Button.tsx";
import styles from "./Inspector.module.css";

interface ItemBarProps<Item> {
  list: readonly Item[];
  index: number;
  /** What one of the list is called, within a sentence: "rule". */
  item: string;
  /** What this one is, in words. */
  title: string;
  /** Takes the list with this one at another place. */
  onMove: (list: Item[]) => void;
  onRemove: () => void;
}

/** The bar above one item of a list: what it is, and the ways to move it and to take it away. */
export function ItemBar<Item>({ list, index, item, title, onMove, onRemove }: ItemBarProps<Item>) {
  const { readOnly } = useInspector();
  const named = `${item} ${index + 1}`;
  const move = (by: number) => onMove(moved(list, index, index + by));
  return (
    <div className={styles.objectBar}>
      <span className="strong small grow clip" title={title}>
        {title}
      </span>
      {!readOnly && (
        <>
          <IconButton
            icon="arrow-up"
            small
            label={`Move ${named} up`}
            disabled={index === 0}
            onClick={() => move(-1)}
          />
          <IconButton
            icon="arrow-down"
            small
            label={`Move ${named} down`}
            disabled={index === list.length - 1}
            onClick={() => move(1)}
          />
          <IconButton icon="x" small label={`Remove ${named}`} onClick={onRemove} />
        </>
      )}
    </div>
  );
}
