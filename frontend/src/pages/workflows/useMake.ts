import { useState } from "react";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem.ts";
import type { Template } from "@/api/types.ts";
import { useCreateWorkflow, type NewWorkflow } from "@/api/workflows.ts";
import { toast } from "@/ui/Toast.tsx";
import { createUnderFreeName } from "./createUnderFreeName.ts";
import { titleOf } from "./names.ts";

/** Makes a workflow and opens it in the studio. */
export function useMake() {
  const create = useCreateWorkflow();
  const navigate = useNavigate();
  const make = (workflow: NewWorkflow) =>
    create.mutate(workflow, { onSuccess: (made) => void navigate(`/workflows/${made.id}`) });
  return { make, busy: create.isPending, error: create.error, reset: create.reset };
}

/** Copies a template under a name that is free, keeps its sample input for the first run, and opens it. */
export function useMakeFromTemplate() {
  const create = useCreateWorkflow();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<string | null>(null);

  const make = async (template: Template) => {
    setBusy(template.slug);
    const { slug, description, definition, layout } = template;
    try {
      const made = await createUnderFreeName(
        { name: slug, description, definition, layout },
        create.mutateAsync,
      );
      rememberInput(made.id, template.input);
      void navigate(`/workflows/${made.id}`);
    } catch (error) {
      toast({ title: `${titleOf(template)} was not copied`, text: asProblem(error).sentence, tone: "error" });
    } finally {
      setBusy(null);
    }
  };
  return { make, busy };
}

/* The studio's run dialog begins with what was last run, and here with the template's sample. */
function rememberInput(id: string, input: unknown): void {
  try {
    const text = typeof input === "string" ? input : JSON.stringify(input, null, 2);
    if (text) localStorage.setItem(`cuelight.input.${id}`, text);
  } catch {
    // Without storage the run begins with an empty input.
  }
}
