import { useContext } from "react";

import { MarksContext, type Mark } from "@/canvas/marks.ts";
import { Icon, type IconName } from "@/ui/icons.tsx";
import styles from "./MarkSign.module.css";

export const MARK_SIGNS: Record<Mark, { icon: IconName; word: string }> = {
  added: { icon: "plus", word: "Added" },
  removed: { icon: "minus", word: "Removed" },
  changed: { icon: "pencil", word: "Changed" },
  pinned: { icon: "pin", word: "Pinned" },
};

/** A word at a state's corner; where two graphs are compared, with a line round it. */
export function MarkSign({ name }: { name: string }) {
  const mark = useContext(MarksContext).get(name);
  if (!mark) return null;
  const { icon, word } = MARK_SIGNS[mark];
  return (
    <span className={styles.line} data-mark={mark} data-testid={`mark-${name}`}>
      <span className={styles.sign}>
        <Icon name={icon} size="xs" />
        {word}
      </span>
    </span>
  );
}
