import { useCallback, useEffect, useRef, useState } from "react";

import { asProblem, type Problem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { saveWorkflow } from "@/api/workflows.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { dropCrashCopy, writeCrashCopy } from "./crashCopy.ts";

export interface Conflict {
  /** The revision that stands on the server now. */
  readonly revision: number;
  readonly savedBy: string;
  readonly savedAt: string | null;
}

export interface Draft {
  readonly workflow: Workflow;
  readonly revision: number;
  readonly state: "saved" | "unsaved" | "saving" | "failed" | "conflict";
  readonly problem: Problem | null;
  readonly conflict: Conflict | null;
  /** Saves what is not saved yet; true when the server has everything. */
  readonly flush: () => Promise<boolean>;
  /** Saves over the newer draft. */
  readonly takeOver: () => Promise<boolean>;
  readonly update: (workflow: Workflow) => void;
  /** Whether what was edited is saved by itself when the hands rest. */
  readonly autosave: boolean;
  readonly setAutosave: (on: boolean) => void;
  /** The revision and the record on the server, also within a callback that was made earlier. */
  readonly current: () => number;
  readonly latest: () => Workflow;
}

const REST = 900;
const AUTOSAVE = "cuelight.autosave";

/** Keeps the draft on the server: saves what was edited when the hands rest, never over a newer revision. */
export function useDraft(opened: Workflow, document: WorkflowDocument, maySave: boolean): Draft {
  const [workflow, setWorkflow] = useState(opened);
  const [state, setState] = useState<Draft["state"]>("saved");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [autosave, setOn] = useState(() => localStorage.getItem(AUTOSAVE) !== "off");
  const record = useRef(opened);
  const revision = useRef(opened.draft_revision);
  const saved = useRef({ text: opened.definition, layout: document.layout });
  const latest = useRef(document);
  const busy = useRef<Promise<boolean> | null>(null);
  const blocked = useRef(false);

  const save = useCallback(
    async (force: boolean): Promise<boolean> => {
      while (busy.current) await busy.current;
      const { text, layout } = latest.current;
      if (!maySave) return true;
      if (blocked.current && !force) return false;
      if (text === saved.current.text && layout === saved.current.layout) return true;
      const work = (async () => {
        setState("saving");
        try {
          const answer = await saveWorkflow(opened.id, {
            definition: text,
            layout,
            draft_revision: revision.current,
          });
          revision.current = answer.draft_revision;
          saved.current = { text, layout };
          blocked.current = false;
          record.current = answer;
          setWorkflow(answer);
          setConflict(null);
          setProblem(null);
          if (latest.current.text === text && latest.current.layout === layout) {
            setState("saved");
            dropCrashCopy(opened.id);
          } else setState("unsaved");
          return true;
        } catch (error) {
          const found = asProblem(error);
          if (found.status === 409) {
            blocked.current = true;
            const by = found.extra["saved_by"] as { name?: string; username?: string } | string | null;
            setConflict({
              revision: Number(found.extra["current_revision"] ?? revision.current),
              savedBy: typeof by === "string" ? by : (by?.name ?? by?.username ?? "Someone else"),
              savedAt: typeof found.extra["saved_at"] === "string" ? found.extra["saved_at"] : null,
            });
            setState("conflict");
          } else {
            setProblem(found);
            setState("failed");
          }
          return false;
        }
      })();
      busy.current = work;
      try {
        return await work;
      } finally {
        busy.current = null;
      }
    },
    [opened.id, maySave],
  );

  useEffect(() => {
    latest.current = document;
    if (!maySave || (document.text === saved.current.text && document.layout === saved.current.layout))
      return;
    // The sign follows the edit at once; the save follows when the hands rest.

    setState((before) => (before === "conflict" ? before : "unsaved"));
    writeCrashCopy(opened.id, { text: document.text, layout: document.layout, revision: revision.current });
    if (!autosave) return;
    const timer = setTimeout(() => void save(false), REST);
    return () => clearTimeout(timer);
  }, [document, opened.id, save, maySave, autosave]);

  useEffect(() => {
    if (state !== "failed") return;
    const timer = setTimeout(() => void save(false), 5000);
    return () => clearTimeout(timer);
  }, [state, save]);

  // Leaving the page saves what is left; a closed window leaves the copy in this browser.
  const leaving = useRef(autosave);
  useEffect(() => {
    leaving.current = autosave;
  }, [autosave]);
  useEffect(() => () => void (leaving.current && save(false)), [save]);

  const flush = useCallback(() => save(false), [save]);
  const takeOver = useCallback(() => {
    if (conflict) revision.current = conflict.revision;
    return save(true);
  }, [conflict, save]);
  const update = useCallback((next: Workflow) => {
    record.current = next;
    setWorkflow(next);
  }, []);
  const setAutosave = useCallback((on: boolean) => {
    localStorage.setItem(AUTOSAVE, on ? "on" : "off");
    setOn(on);
  }, []);
  const current = useCallback(() => revision.current, []);
  const newest = useCallback(() => record.current, []);
  return {
    workflow,
    revision: workflow.draft_revision,
    state,
    problem,
    conflict,
    flush,
    takeOver,
    update,
    autosave,
    setAutosave,
    current,
    latest: newest,
  };
}
