import { Switch } from "@/ui/Switch.tsx";
import type { Draft } from "./useDraft.ts";
import type { Publishing } from "../versions/usePublishing.ts";

interface SavingGroupProps {
  draft: Draft;
  publishing: Publishing;
  mayPublish: boolean;
}

/** How this person, in this browser, saves; nobody else is affected. */
export function SavingGroup({ draft, publishing, mayPublish }: SavingGroupProps) {
  return (
    <>
      <p className="small muted">For you, in this browser. Others save as they like.</p>
      <Switch
        label="Save drafts by themselves when the hands rest"
        checked={draft.autosave}
        onChange={draft.setAutosave}
      />
      <Switch
        label="Publish a version each time you save with Ctrl S"
        checked={publishing.onSave}
        disabled={!mayPublish}
        onChange={publishing.setOnSave}
      />
    </>
  );
}
