import { asProblem } from "@/api/problem.ts";
import { readVersion } from "@/api/versions.ts";
import { openDocument, readLayout, withLayout } from "@/document/document.ts";
import { toast } from "@/ui/Toast.tsx";
import { undoAct } from "../undoAct.ts";
import type { Editor } from "../useEditor.ts";

/** Makes a version what is drawn, as a step that can be undone; what runs stays as it is. */
export function useRestoring(workflow: string, editor: Editor, onRestored: () => void) {
  return async (number: number): Promise<void> => {
    try {
      const { definition, layout } = await readVersion(workflow, number);
      editor.edit(`restore version ${number}`, ({ layout: { pins } }) =>
        openDocument(definition, withLayout(readLayout(layout), { pins })),
      );
      onRestored();
      toast({
        title: `Version ${number} is in the draft`,
        text: "What runs has not changed: publish it to make it so.",
        act: undoAct(editor),
      });
    } catch (error) {
      toast({ title: "The version was not restored", text: asProblem(error).sentence, tone: "error" });
    }
  };
}
