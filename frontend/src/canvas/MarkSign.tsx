import { useContext } from "react";

import { MarksContext, type Mark } from "@/canvas/marks.ts";
import { Icon, type IconName } from "@/ui/icons.tsx";
import styles from "./MarkSign.module.css";

export const MARK_SIGNS: Record<Mark, { icon: IconName; word: string }> = {
  added: { icon: "plus", word: "Added" },
  removed: { icon: "minus", word: "Removed" },
  changed: { icon: "pencil", word: "Changed" },
};

/** A line round a state and a word at its corner, where two graphs are compared. */
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
