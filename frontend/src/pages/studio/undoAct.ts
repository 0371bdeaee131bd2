import { toast } from "@/ui/Toast.tsx";
import type { Editor } from "./useEditor.ts";

/** What a message offers that tells of the step made last. The message may be read when others have come after it. */
export function undoAct(
  editor: Pick<Editor, "undoOfLast">,
  label = "Undo",
  then: () => void = () => undefined,
): { label: string; onSelect: () => void } {
  const undo = editor.undoOfLast();
  return {
    label,
    onSelect: () => {
      if (undo()) then();
      else
        toast({
          title: "It was not undone",
          text: "Something else was done since. Undo (Ctrl Z) takes the steps back one by one.",
          tone: "error",
        });
    },
  };
}
