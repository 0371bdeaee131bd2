import { asProblem } from "@/api/problem.ts";
import type { Diagnostic } from "@/api/types.ts";
import { usePublish } from "@/api/workflows.ts";
import { toast } from "@/ui/Toast.tsx";
import type { Draft } from "./useDraft.ts";

interface Publishing {
  readonly busy: boolean;
  readonly publish: () => Promise<void>;
}

/** Makes the draft what runs; saves it first, and hands back what is wrong with one that is refused. */
export function usePublishing(
  draft: Draft,
  onRefused: (found: readonly Diagnostic[]) => void,
  onNote: (version: number) => void,
): Publishing {
  const publish = usePublish(draft.workflow.id);
  const run = async () => {
    if (!(await draft.flush())) return;
    publish.mutate(
      { draft_revision: draft.current() },
      {
        onSuccess: (version) => {
          draft.update({
            ...draft.latest(),
            published_version: version.number,
            has_unpublished_changes: false,
          });
          toast({
            title: `Version ${version.number} published`,
            text: "New executions use it.",
            act: { label: "Add a note", onSelect: () => onNote(version.number) },
          });
        },
        onError: (error) => {
          const problem = asProblem(error);
          const found = problem.extra["diagnostics"] as Diagnostic[] | undefined;
          if (found) {
            onRefused(found);
            const errors = found.filter(({ severity }) => severity === "ERROR").length;
            toast({
              title: "The draft was not published",
              text: `${errors} ${errors === 1 ? "error has" : "errors have"} to be mended first.`,
              tone: "error",
            });
          } else toast({ title: "The draft was not published", text: problem.sentence, tone: "error" });
        },
      },
    );
  };
  return { busy: publish.isPending, publish: run };
}
