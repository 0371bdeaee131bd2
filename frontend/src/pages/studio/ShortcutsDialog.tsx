import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import styles from "./Studio.module.css";

const SHORTCUTS: readonly (readonly [keys: string, act: string])[] = [
  ["Tab", "Add after the state in focus"],
  ["Double-click", "Add where you point"],
  ["/", "Find a state to add"],
  ["← ↑ → ↓", "Walk along the transitions"],
  ["Shift ← ↑ → ↓", "Select more on the way"],
  ["Ctrl Space", "Select or leave out the state in focus"],
  ["Alt ← ↑ → ↓", "Move what is selected"],
  ["Shift Alt ← ↑ → ↓", "Align what is selected; size a note"],
  ["Shift Alt H, V", "Same distances across, down"],
  ["E", "Go to the transitions of a state, one by one"],
  ["Enter", "Open the state in the inspector"],
  ["F2", "Rename"],
  ["Ctrl Z", "Undo"],
  ["Ctrl Shift Z", "Redo"],
  ["Ctrl C, X, V", "Copy, cut, paste states as JSON"],
  ["Ctrl Shift V", "Paste with the links it had"],
  ["Ctrl D", "Duplicate"],
  ["D", "Disable or enable"],
  ["T", "Run to the selected state"],
  ["Shift T", "Run from it, with the last run’s data"],
  ["P", "Pin what the selection made in the last run, or unpin"],
  ["C", "Fold or open boxes"],
  ["N", "Add a note; Enter writes in it"],
  ["Alt drag, B drag", "Take along what only this state leads to"],
  ["Del", "Delete what is selected"],
  ["Ctrl A", "Select all"],
  ["Shift drag", "Select by a frame"],
  ["Ctrl S", "Save the draft now"],
  ["Ctrl F", "Find in the graph"],
  ["Ctrl K", "Go to anything"],
  ["L", "Tidy up the layout"],
  ["R", "Let the graph run right or down"],
  ["F", "Graph alone"],
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
