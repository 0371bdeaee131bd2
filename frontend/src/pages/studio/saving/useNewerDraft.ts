import { useDraftHead, type DraftHead } from "@/api/drafts.ts";
import { asProblem } from "@/api/problem.ts";
import { readWorkflow } from "@/api/workflows.ts";
import { openDocument, readLayout } from "@/document/document.ts";
import { toast } from "@/ui/Toast.tsx";
import type { Draft } from "./useDraft.ts";
import type { Editor } from "../useEditor.ts";

interface Newer {
  /** The draft that somebody saved since this one was read; null while this is the newest. */
  readonly head: DraftHead | null;
  /** Makes it what is edited here, as a step that can be undone. */
  readonly takeOver: () => Promise<void>;
}

/** Says when somebody else saves the draft that is open here. */
export function useNewerDraft(id: string, draft: Draft, editor: Editor): Newer {
  const { data } = useDraftHead(id);
  // A revision that is being written here is nobody else's.
  const told = data && draft.state !== "saving" && data.draft_revision > draft.revision ? data : null;
  const takeOver = async () => {
    try {
      const theirs = await readWorkflow(id);
      const document = openDocument(theirs.definition, readLayout(theirs.layout));
      editor.edit(`take over revision ${theirs.draft_revision}`, () => document);
      draft.takeOver(theirs, document);
    } catch (error) {
      toast({
        title: "The newer draft was not taken over",
        text: asProblem(error).sentence,
        tone: "error",
      });
    }
  };
  return { head: draft.conflict ?? told, takeOver };
}
