import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Templates } from "./Templates.tsx";
import { useMakeFromTemplate } from "./useMake.ts";

/** The gallery in a dialog, for those who have workflows already. */
export function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const { make, busy } = useMakeFromTemplate();
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Start from a template"
      text="Each is a copy that you may change; it runs with the sample input it brings along."
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      <Templates busy={busy} onChoose={(template) => void make(template)} />
    </Dialog>
  );
}
