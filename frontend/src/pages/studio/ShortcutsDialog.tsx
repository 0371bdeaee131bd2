import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import styles from "./Studio.module.css";

const SHORTCUTS: readonly (readonly [keys: string, act: string])[] = [
  ["Tab", "Add after the state in focus"],
  ["Double-click", "Add where you point"],
  ["/", "Find a state to add"],
  ["← ↑ → ↓", "Walk along the transitions"],
  ["Enter", "Open the state in the inspector"],
  ["F2", "Rename"],
  ["Ctrl Z", "Undo"],
  ["Ctrl Shift Z", "Redo"],
  ["Ctrl C, X, V", "Copy, cut, paste states as JSON"],
  ["Ctrl D", "Duplicate"],
  ["Del", "Delete what is selected"],
  ["Ctrl A", "Select all"],
  ["Shift drag", "Select by a frame"],
  ["Ctrl S", "Save the draft now"],
  ["L", "Tidy up the layout"],
  ["M", "Show or hide the minimap"],
  ["+, −", "Zoom in, out"],
  ["1, Alt C", "Fit the graph"],
  ["0", "Zoom to 100 %"],
  ["Space drag", "Move the view"],
  ["?", "This list"],
];

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keyboard shortcuts"
      wide
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <dl className={styles.shortcuts}>
        {SHORTCUTS.map(([keys, act]) => (
          <div key={keys}>
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd>{act}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
