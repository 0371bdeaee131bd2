import { useCallback, useEffect, useRef, useState } from "react";

import type { DraftHead } from "@/api/drafts.ts";
import { asProblem, type Problem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { saveWorkflow } from "@/api/workflows.ts";
import type { WorkflowDocument } from "@/document/document.ts";
import { useKept } from "@/ui/useKept.ts";
import { dropCrashCopy, writeCrashCopy } from "./crashCopy.ts";

export interface Draft {
  readonly workflow: Workflow;
  readonly revision: number;
  /** Unread: YAML that cannot be read is kept in this browser alone. */
  readonly state: "saved" | "unsaved" | "saving" | "failed" | "conflict" | "unread";
  readonly problem: Problem | null;
  /** The newer draft for which a save was refused. */
  readonly conflict: DraftHead | null;
  /** Whether somebody is to say now whose draft stays. */
  readonly deciding: boolean;
  readonly setDeciding: (now: boolean) => void;
  /** Saves what is not saved yet; true when the server has everything. */
  readonly flush: () => Promise<boolean>;
  /** Saves over this newer draft, and over none that is newer still. */
  readonly saveOver: (revision: number) => Promise<boolean>;
  /** The newer draft is what is edited from now on; `document` is what it says. */
  readonly takeOver: (theirs: Workflow, document: WorkflowDocument) => void;
  /** What is edited was made from an older draft than the one that was opened. */
  readonly madeFrom: (revision: number) => void;
  readonly update: (workflow: Workflow) => void;
  /** Whether what was edited is saved by itself when the hands rest. */
  readonly autosave: boolean;
  readonly setAutosave: (on: boolean) => void;
  /** The revision and the record on the server, also within a callback that was made earlier. */
  readonly current: () => number;
  readonly latest: () => Workflow;
}

type Content = Pick<WorkflowDocument, "text" | "layout">;

const REST = 900;

/** Keeps the draft on the server: saves what was edited when the hands rest, never over a newer revision. */
export function useDraft(opened: Workflow, document: WorkflowDocument, maySave: boolean): Draft {
  const [workflow, setWorkflow] = useState(opened);
  const [phase, setPhase] = useState<"resting" | "saving" | "failed" | "conflict">("resting");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<DraftHead | null>(null);
  const [deciding, setDeciding] = useState(false);
  const [kept, keep] = useKept<"on" | "off">("cuelight.autosave", "on");
  const autosave = kept !== "off";
  const record = useRef(opened);
  const revision = useRef(opened.draft_revision);
  const [onServer, setOnServer] = useState<Content>({ text: opened.definition, layout: document.layout });
  const saved = useRef(onServer);
  const latest = useRef(document);
  const busy = useRef<Promise<boolean> | null>(null);
  const blocked = useRef(false);
  const edited = useRef(false);

  /** The server has this; nothing is left to decide. */
  const settle = useCallback((answer: Workflow, { text, layout }: Content) => {
    revision.current = answer.draft_revision;
    record.current = answer;
    saved.current = { text, layout };
    blocked.current = false;
    setOnServer(saved.current);
    setPhase("resting");
    setWorkflow(answer);
    setConflict(null);
    setDeciding(false);
    setProblem(null);
  }, []);

  const save = useCallback(
    async (force: boolean): Promise<boolean> => {
      while (busy.current) await busy.current;
      const { text, layout } = latest.current;
      if (!maySave || isSame(latest.current, saved.current)) return true;
      if (blocked.current && !force) return false;
      const work = (async () => {
        setPhase("saving");
        try {
          const change = { definition: text, layout, draft_revision: revision.current };
          settle(await saveWorkflow(opened.id, change), { text, layout });
          if (isSame(latest.current, saved.current) && !isUnread(latest.current)) dropCrashCopy(opened.id);
          return true;
        } catch (error) {
          const found = asProblem(error);
          if (found.status === 409) {
            blocked.current = true;
            setConflict(headOf(found, revision.current));
            setDeciding(true);
            setPhase("conflict");
          } else {
            setProblem(found);
            setPhase("failed");
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
    [opened.id, maySave, settle],
  );

  useEffect(() => {
    latest.current = document;
    if (!maySave) return;
    const { text, layout, yaml } = document;
    const copy = { text, layout, revision: revision.current };
    if (isUnread(document)) {
      edited.current = true;
      writeCrashCopy(opened.id, { ...copy, yaml: yaml ?? "" });
      if (isSame(document, saved.current)) return;
    } else if (isSame(document, saved.current)) {
      // Nothing was edited yet: what an earlier window left behind is still to be looked at.
      if (busy.current || !edited.current) return;
      // Undone back to what the server has: there is nothing to save, and nothing to lose.
      revision.current = record.current.draft_revision;
      blocked.current = false;
      dropCrashCopy(opened.id);
      return;
    } else writeCrashCopy(opened.id, copy);
    edited.current = true;
    if (!autosave) return;
    const timer = setTimeout(() => void save(false), REST);
    return () => clearTimeout(timer);
    // Also when a save has ended: what was edited or undone meanwhile is saved next.
  }, [document, onServer, opened.id, save, maySave, autosave]);

  useEffect(() => {
    if (phase !== "failed") return;
    const timer = setTimeout(() => void save(false), 5000);
    return () => clearTimeout(timer);
  }, [phase, save]);

  // Leaving the page saves what is left; a closed window leaves the copy in this browser.
  const leaving = useRef(autosave);
  useEffect(() => {
    leaving.current = autosave;
  }, [autosave]);
  useEffect(() => () => void (leaving.current && save(false)), [save]);

  const flush = useCallback(() => {
    if (blocked.current) setDeciding(true);
    return save(false);
  }, [save]);
  const saveOver = useCallback(
    (newer: number) => {
      revision.current = newer;
      return save(true);
    },
    [save],
  );
  const takeOver = useCallback(
    (theirs: Workflow, made: WorkflowDocument) => {
      settle(theirs, made);
      dropCrashCopy(opened.id);
    },
    [opened.id, settle],
  );
  const madeFrom = useCallback((older: number) => {
    revision.current = older;
  }, []);
  const update = useCallback((next: Workflow) => {
    // Which draft is edited here is for saving alone to say.
    const { draft_revision, draft_saved_at, draft_saved_by, draft_saved_by_name } = record.current;
    record.current = { ...next, draft_revision, draft_saved_at, draft_saved_by, draft_saved_by_name };
    setWorkflow(record.current);
  }, []);
  const current = useCallback(() => revision.current, []);
  const newest = useCallback(() => record.current, []);
  const standing =
    isSame(document, onServer) && phase !== "saving" ? "saved" : phase === "resting" ? "unsaved" : phase;
  return {
    workflow,
    revision: workflow.draft_revision,
    state: phase === "resting" && isUnread(document) ? "unread" : standing,
    problem,
    conflict,
    deciding,
    setDeciding,
    flush,
    saveOver,
    takeOver,
    madeFrom,
    update,
    autosave,
    setAutosave: (on) => keep(on ? "on" : "off"),
    current,
    latest: newest,
  };
}

function isSame(one: Content, other: Content): boolean {
  return one.text === other.text && one.layout === other.layout;
}

/** Who was first, as a refused save says it. */
function headOf({ extra }: Problem, revision: number): DraftHead {
  const text = (name: string) => (typeof extra[name] === "string" ? extra[name] : "");
  return {
    draft_revision: Number(extra["current_revision"] ?? revision),
    draft_saved_by: text("saved_by"),
    draft_saved_by_name: text("saved_by_name"),
    draft_saved_at: text("saved_at"),
  };
}

function isUnread({ problem, yaml }: WorkflowDocument): boolean {
  return problem !== null && yaml !== null;
}
