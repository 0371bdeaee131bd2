import { useState } from "react";
import type { Template } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { TemplateDialog } from "./TemplateDialog.tsx";
import { Templates } from "./Templates.tsx";

/** The gallery in a dialog, for those who have workflows already. */
export function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const [looked, setLooked] = useState<Template | null>(null);
  if (looked) return <TemplateDialog template={looked} onBack={() => setLooked(null)} onClose={onClose} />;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Start from a template"
      text="Each is a copy that you may change; it runs with the sample input it brings along."
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      <Templates onChoose={setLooked} />
    </Dialog>
  );
}
