import type { Path, QueryLanguage } from "@/asl/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import styles from "./WorkflowPanel.module.css";

interface LanguageDialogProps {
  next: QueryLanguage;
  /** The states whose fields are of the language that is left. */
  bound: readonly Path[];
  /** How many states work in both. */
  free: number;
  onClose: () => void;
  onSwitch: (kept: readonly Path[]) => void;
}

const MOST_NAMES = 6;

/** Asks before states would stop working in another language: each can keep its own. */
export function LanguageDialog({ next, bound, free, onClose, onSwitch }: LanguageDialogProps) {
  const old = next === "JSONata" ? "JSONPath" : "JSONata";
  const names = bound.map((path) => String(path.at(-1)));
  const many = `${bound.length} ${bound.length === 1 ? "state has" : "states have"} fields in ${old}.`;
  // A JSONata machine may hold no JSONPath state: there the other states are what can be switched.
  const mayKeep = next === "JSONPath" || free > 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Write expressions in ${next}?`}
      text={`${many} ${next === "JSONPath" ? "They can keep it as their own language and go on working." : "A workflow in JSONata may hold none of them: it stays in JSONPath while they are rewritten one by one, and the other states get JSONata as their own language."} Either is one step, and can be undone.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            onClick={() => {
              onSwitch([]);
              onClose();
            }}
          >
            Switch all, mend by hand
          </Button>
          {mayKeep && (
            <Button
              kind="primary"
              autoFocus
              onClick={() => {
                onSwitch(bound);
                onClose();
              }}
            >
              Switch, keep these in {old}
            </Button>
          )}
        </>
      }
    >
      <ul className={styles.bound} aria-label={`States in ${old}`}>
        {names.slice(0, MOST_NAMES).map((name) => (
          <li key={name} className="clip">
            {name}
          </li>
        ))}
        {names.length > MOST_NAMES && <li className="muted">and {names.length - MOST_NAMES} more</li>}
      </ul>
    </Dialog>
  );
}
