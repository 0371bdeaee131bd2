import { startTransition, Suspense, useState } from "react";
import type { Template } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { TemplateDialog } from "./fetchedDialogs.ts";
import { Templates } from "./Templates.tsx";

/** The gallery in a dialog, for those who have workflows already. */
export function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const [looked, setLooked] = useState<Template | null>(null);
  return (
    <Suspense fallback={null}>
      {looked ? (
        <TemplateDialog template={looked} onBack={() => setLooked(null)} onClose={onClose} />
      ) : (
        <Dialog
          open
          wide
          onClose={onClose}
          title="Start from a template"
          text="Each is a copy that you may change; it runs with the sample input it brings along."
          actions={<Button onClick={onClose}>Cancel</Button>}
        >
          {/* The gallery stays until what is looked at has come. */}
          <Templates onChoose={(template) => startTransition(() => setLooked(template))} />
        </Dialog>
      )}
    </Suspense>
  );
}
