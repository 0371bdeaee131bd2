import { useEffect, useRef } from "react";

import type { Workflow } from "@/api/types.ts";
import { openDocument, readLayout } from "@/document/document.ts";
import { toast } from "@/ui/Toast.tsx";
import { dropCrashCopy, readCrashCopy } from "./crashCopy.ts";
import type { Editor } from "./useEditor.ts";

/** Brings back, as one step, work that the server never got because the window was closed or the line was down. */
export function useUnsavedWork(opened: Workflow, editor: Editor): void {
  const looked = useRef(false);
  useEffect(() => {
    if (looked.current) return;
    looked.current = true;
    const copy = readCrashCopy(opened.id);
    if (
      !copy ||
      (copy.text === opened.definition &&
        JSON.stringify(copy.layout) === JSON.stringify(readLayout(opened.layout)))
    )
      return;
    editor.edit("bring back unsaved work", () => openDocument(copy.text, copy.layout));
    const older = copy.revision !== opened.draft_revision;
    toast({
      title: "Unsaved work is back",
      text: older
        ? `It was made from revision ${copy.revision}; the draft is at ${opened.draft_revision}. Undo leaves the draft as it is.`
        : "It was kept in this browser. Undo leaves the draft as it is.",
      act: {
        label: "Leave it",
        onSelect: () => {
          editor.undo();
          dropCrashCopy(opened.id);
        },
      },
    });
  }, [opened, editor]);
}
