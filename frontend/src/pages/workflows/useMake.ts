import { useState } from "react";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem.ts";
import type { Template } from "@/api/types.ts";
import { useCreateWorkflow, type NewWorkflow } from "@/api/workflows.ts";
import { toast } from "@/ui/Toast.tsx";
import { freeName, titleOf } from "./names.ts";

/** Makes a workflow and opens it in the studio. */
export function useMake() {
  const create = useCreateWorkflow();
  const navigate = useNavigate();
  const make = (workflow: NewWorkflow) =>
    create.mutate(workflow, { onSuccess: (made) => void navigate(`/workflows/${made.id}`) });
  return { make, busy: create.isPending, error: create.error, reset: create.reset };
}

const TRIES = 20;

/** Copies a template under a name that is free, keeps its sample input for the first run, and opens it. */
export function useMakeFromTemplate() {
  const create = useCreateWorkflow();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<string | null>(null);

  const make = async (template: Template) => {
    setBusy(template.slug);
    const { slug, description, definition, layout } = template;
    const taken = new Set<string>();
    try {
      for (let attempt = 1; ; attempt += 1) {
        const name = freeName(slug, taken);
        try {
          const made = await create.mutateAsync({ name, description, definition, layout });
          rememberInput(made.id, template.input);
          void navigate(`/workflows/${made.id}`);
          return;
        } catch (error) {
          // Somebody has the name already: the next number may be free.
          const nameTaken = asProblem(error).field("name") !== null || asProblem(error).status === 409;
          if (!nameTaken || attempt === TRIES) throw error;
          taken.add(name);
        }
      }
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
