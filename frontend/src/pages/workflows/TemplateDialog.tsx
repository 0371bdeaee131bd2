import type { Template } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { titleOf } from "./names.ts";
import { TemplatePreview } from "./TemplatePreview.tsx";
import { useMakeFromTemplate } from "./useMake.ts";

interface TemplateDialogProps {
  template: Template;
  /** Back to all of them. */
  onBack: () => void;
  onClose: () => void;
}

/** One template, looked at before a copy of it is made. */
export function TemplateDialog({ template, onBack, onClose }: TemplateDialogProps) {
  const { make, busy } = useMakeFromTemplate();
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={titleOf(template)}
      text={template.description}
      onSubmit={() => void make(template)}
      actions={
        <>
          <Button icon="arrow-left" onClick={onBack}>
            All templates
          </Button>
          <Button kind="primary" type="submit" autoFocus busy={busy !== null && "Making your copy"}>
            Use this template
          </Button>
        </>
      }
    >
      <TemplatePreview template={template} />
    </Dialog>
  );
}
