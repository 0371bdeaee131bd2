import { useState } from "react";

import { asProblem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import type { Diagnostic } from "@/api/types.ts";
import { usePublish } from "@/api/workflows.ts";
import { toast } from "@/ui/Toast.tsx";
import { useKept } from "@/ui/useKept.ts";
import type { Draft } from "../saving/useDraft.ts";

export interface Publishing {
  readonly busy: boolean;
  /** Saves the draft first; the note says what changed. */
  readonly publish: (note?: string) => Promise<void>;
  /** Whether a note is being asked for. */
  readonly asking: boolean;
  readonly ask: () => void;
  readonly stopAsking: () => void;
  /** Whether saving by hand publishes, too: a habit of this person with this workflow. */
  readonly onSave: boolean;
  readonly setOnSave: (on: boolean) => void;
  /** Saves by hand. */
  readonly save: () => Promise<void>;
}

/** Makes the draft what runs; saves it first, and hands back what is wrong with one that is refused. */
export function usePublishing(
  draft: Draft,
  closeMark: () => void,
  onRefused: (found: readonly Diagnostic[]) => void,
  onNote: (version: number) => void,
): Publishing {
  const { id } = draft.workflow;
  const request = usePublish(id);
  const mayPublish = useRight("publish");
  const [asking, setAsking] = useState(false);
  const [onSave, setOnSave] = useKept<"on" | "off">(`cuelight.publishOnSave.${id}`, "off");

  // What is typed after a save by hand is undone apart from what was typed before.
  const flush = () => {
    closeMark();
    return draft.flush();
  };
  const publish = async (note = "") => {
    if (!(await flush())) return;
    request.mutate(
      { draft_revision: draft.current(), description: note },
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
            ...(note === "" && { act: { label: "Add a note", onSelect: () => onNote(version.number) } }),
          });
        },
        onError: (error) => refuse(error, onRefused),
      },
    );
  };
  const save = async () => {
    if (!(await flush())) return;
    if (mayPublish && onSave === "on" && draft.latest().has_unpublished_changes) await publish();
  };
  return {
    busy: request.isPending,
    publish,
    asking,
    ask: () => setAsking(true),
    stopAsking: () => setAsking(false),
    onSave: onSave === "on",
    setOnSave: (on) => setOnSave(on ? "on" : "off"),
    save,
  };
}

function refuse(error: unknown, onRefused: (found: readonly Diagnostic[]) => void): void {
  const problem = asProblem(error);
  const found = problem.extra["diagnostics"] as Diagnostic[] | undefined;
  if (found === undefined) {
    toast({ title: "The draft was not published", text: problem.sentence, tone: "error" });
    return;
  }
  onRefused(found);
  const errors = found.filter(({ severity }) => severity === "ERROR").length;
  toast({
    title: "The draft was not published",
    text: `${errors} ${errors === 1 ? "error has" : "errors have"} to be mended first.`,
    tone: "error",
  });
}
