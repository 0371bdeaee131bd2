import { Dialog } from "radix-ui";
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Icon } from "./icons.tsx";
import { Kbd } from "./Kbd.tsx";
import styles from "./QuickList.module.css";

export interface QuickItem {
  readonly id: string;
  readonly label: string;
  /** Items of one group stand together below its name. */
  readonly group?: string;
  readonly sign?: ReactNode;
  /** Muted, behind the label. */
  readonly detail?: string | undefined;
  readonly keys?: string | undefined;
  readonly onChoose: () => void;
}

interface QuickListProps {
  title: string;
  /** What the field is called. */
  label: string;
  placeholder: string;
  items: readonly QuickItem[];
  letters: string;
  onLetters: (letters: string) => void;
  /** What Enter does, in a word. */
  act: string;
  onClose: () => void;
}

/** A field over a list of what one may want: letters narrow it, arrows choose, Enter takes. */
export function QuickList(props: QuickListProps) {
  const { items, letters, onLetters, onClose } = props;
  const id = useId();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const [before] = useState(() => document.activeElement);
  const chosen = useRef(false);
  const held = Math.min(at, items.length - 1);
  const choose = (item: QuickItem | undefined) => {
    if (!item) return;
    chosen.current = true;
    onClose();
    // The field is gone first, so that what is done may take the focus.
    requestAnimationFrame(item.onChoose);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      const next = (held + step + items.length) % items.length;
      setAt(next);
      list.current?.querySelector(`[id="${id}-${next}"]`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(items[held]);
    }
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.scrim} />
        <Dialog.Content
          className={styles.panel}
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!chosen.current && before instanceof HTMLElement) before.focus();
          }}
        >
          <Dialog.Title className="sr">{props.title}</Dialog.Title>
          <div className={styles.field}>
            <Icon name="search" />
            <input
              value={letters}
              onChange={(event) => {
                onLetters(event.target.value);
                setAt(0);
              }}
              onKeyDown={press}
              placeholder={props.placeholder}
              aria-label={props.label}
              role="combobox"
              aria-expanded
              aria-controls={`${id}-list`}
              aria-activedescendant={held >= 0 ? `${id}-${held}` : undefined}
              autoComplete="off"
              spellCheck={false}
            />
          </div>
          <ul id={`${id}-list`} role="listbox" aria-label={props.title} className={styles.list} ref={list}>
            {items.map((item, index) => (
              <Row
                key={item.id}
                item={item}
                id={`${id}-${index}`}
                first={item.group !== undefined && items[index - 1]?.group !== item.group}
                held={index === held}
                onPoint={() => setAt(index)}
                onChoose={() => choose(item)}
              />
            ))}
          </ul>
          {items.length === 0 && <p className={styles.none}>Nothing is called “{letters.trim()}”.</p>}
          <p className={styles.foot}>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose <Kbd>Enter</Kbd> {props.act} <Kbd>Esc</Kbd> close
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface RowProps {
  item: QuickItem;
  id: string;
  first: boolean;
  held: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Row({ item, id, first, held, onPoint, onChoose }: RowProps) {
  return (
    <>
      {first && (
        <li role="presentation" className={styles.group}>
          {item.group}
        </li>
      )}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field holds the keyboard */}
      <li
        id={id}
        role="option"
        aria-selected={held}
        className={styles.row}
        onPointerMove={onPoint}
        onClick={onChoose}
      >
        {item.sign}
        <span className="clip" title={item.label}>
          {item.label}
        </span>
        <span className={`clip grow ${styles.detail}`}>{item.detail}</span>
        {item.keys && <Kbd>{item.keys}</Kbd>}
      </li>
    </>
  );
}
