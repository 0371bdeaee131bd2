import { Button } from "@/ui/Button.tsx";
import { CopyButton } from "@/ui/CodeValue.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import styles from "./NewTokenDialog.module.css";

interface ShownOnceProps {
  name: string;
  /** What is shown this once, each with its name; a single one needs none. */
  values: readonly { label: string; value: string }[];
  onClose: () => void;
}

/** What was just made for a program, to be copied now. */
export function ShownOnce({ name, values, onClose }: ShownOnceProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${name} created`}
      text="Copy it now: it is not shown again."
      actions={
        <Button kind="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      {values.map(({ label, value }) => (
        <div key={label} className={styles.once}>
          {values.length > 1 && <span className={styles.legend}>{label}</span>}
          <div className={styles.token}>
            <code>{value}</code>
            <CopyButton text={value} label={`Copy the ${label.toLowerCase()}`} />
          </div>
        </div>
      ))}
    </Dialog>
  );
}
