import { useEffect, useRef } from "react";

import type { Workflow } from "@/api/types.ts";
import { openDocument, readLayout, withYaml } from "@/document/document.ts";
import { sameLayout } from "@/document/layout.ts";
import { toast } from "@/ui/Toast.tsx";
import { dropCrashCopy, readCrashCopy } from "./crashCopy.ts";
import type { Draft } from "./useDraft.ts";
import { undoAct } from "../undoAct.ts";
import type { Editor } from "../useEditor.ts";

/** Brings back, as one step, work that the server never got because the window was closed or the line was down. */
export function useUnsavedWork(opened: Workflow, editor: Editor, draft: Draft): void {
  const looked = useRef(false);
  const { madeFrom } = draft;
  useEffect(() => {
    if (looked.current) return;
    looked.current = true;
    const copy = readCrashCopy(opened.id);
    const isOnServer = copy?.text === opened.definition && sameLayout(copy.layout, readLayout(opened.layout));
    if (!copy || (isOnServer && copy.yaml === undefined)) return;
    // Saved as made from the draft that it was made from: over a newer one nothing is saved without asking.
    madeFrom(copy.revision);
    editor.edit("bring back unsaved work", () => {
      const document = openDocument(copy.text, copy.layout);
      return copy.yaml === undefined ? document : withYaml(document, copy.yaml);
    });
    const older = copy.revision !== opened.draft_revision;
    toast({
      title: "Unsaved work is back",
      text: older
        ? `It was made from revision ${copy.revision}; the draft is at ${opened.draft_revision}. Saving asks whose is to stay.`
        : "It was kept in this browser. Undo leaves the draft as it is.",
      act: undoAct(editor, "Leave it", () => dropCrashCopy(opened.id)),
    });
  }, [opened, editor, madeFrom]);
}
