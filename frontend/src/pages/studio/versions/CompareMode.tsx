import { useEffect, useMemo, useRef, useState } from "react";

import { useDraftHead, useSavedDraft } from "@/api/drafts.ts";
import { useEveryVersion, useVersion } from "@/api/versions.ts";
import type { Version, Workflow } from "@/api/types.ts";
import { Canvas, type CanvasHandle } from "@/canvas/Canvas.tsx";
import { MarksContext } from "@/canvas/marks.ts";
import { MARK_SIGNS } from "@/canvas/MarkSign.tsx";
import { openDocument, readLayout, type WorkflowDocument } from "@/document/document.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph } from "@/graph/layout.ts";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { Select } from "@/ui/Select.tsx";
import { differenceOf, inWords, marksOf, type StateDifference } from "./difference.ts";
import { readSide, sideInWords, type Side } from "./sides.ts";
import { TextDifference } from "./TextDifference.tsx";
import { versionInWords } from "./words.ts";
import styles from "./CompareMode.module.css";

interface CompareModeProps {
  workflow: Workflow;
  /** The draft as it stands in this window. */
  draft: WorkflowDocument;
  before: Side;
  after: Side;
  onChange: (before: Side, after: Side) => void;
  onClose: () => void;
  mayEdit: boolean;
  onRestore: (version: number) => void;
}

const NONE: readonly Version[] = [];

/** Two versions, or a version and the draft, beside each other: as graphs with signs, or as text. */
export function CompareMode(props: CompareModeProps) {
  const { workflow, draft, before, after, onChange, onClose } = props;
  const [view, setView] = useState<"graph" | "text">("graph");
  const [held, setHeld] = useState<string | null>(null);
  const versions = useEveryVersion(workflow.id).data ?? NONE;
  const one = useSide(workflow, before, draft);
  const other = useSide(workflow, after, draft);
  const difference = useMemo(
    () => (one && other ? differenceOf(one.definition, other.definition) : null),
    [one, other],
  );
  const options = [
    { value: "draft", label: "Draft, as in this window" },
    { value: "saved", label: "Draft, as saved last" },
    ...versions.map((version) => ({ value: String(version.number), label: versionInWords(version) })),
  ];
  const read = (value: string): Side => readSide(value) ?? "draft";
  const choose = (label: string, side: Side, change: (side: Side) => void) => (
    <Select
      aria-label={label}
      className={styles.choice}
      value={String(side)}
      onChange={(event) => change(read(event.target.value))}
      options={options}
    />
  );
  return (
    <div className={styles.mode} data-testid="compare">
      <div className={styles.bar}>
        <Button kind="quiet" small icon="arrow-left" onClick={onClose}>
          Versions
        </Button>
        {choose("Before", before, (side) => onChange(side, after))}
        <Icon name="arrow-right" size="s" label="compared with" />
        {choose("After", after, (side) => onChange(before, side))}
        <span className={`${styles.words} grow clip`} role="status">
          {difference ? inWords(difference) : "Reading the versions"}
        </span>
        {props.mayEdit && typeof before === "number" && (
          <Button small icon="archive-restore" onClick={() => props.onRestore(before)}>
            Restore version {before}
          </Button>
        )}
        <Segmented
          label="How it is shown"
          value={view}
          onChange={setView}
          segments={[
            { value: "graph", label: "Graph", icon: "workflow" },
            { value: "text", label: "Text", icon: "braces" },
          ]}
        />
      </div>
      {one && other && difference ? (
        view === "text" ? (
          <TextDifference
            before={one.text}
            after={other.text}
            labels={[sideInWords(before), sideInWords(after)]}
          />
        ) : (
          <div className={styles.graphs}>
            <Half label={sideInWords(before)} document={one} held={held} onHold={setHeld}>
              {marksOf(difference, "before")}
            </Half>
            <Half label={sideInWords(after)} document={other} held={held} onHold={setHeld}>
              {marksOf(difference, "after")}
            </Half>
            <Changes states={difference.states} machine={difference.machine} held={held} onHold={setHeld} />
          </div>
        )
      ) : (
        <p className={styles.loading}>Reading the versions</p>
      )}
    </div>
  );
}

/** The document of a side; null while it is read. */
function useSide(workflow: Workflow, side: Side, draft: WorkflowDocument): WorkflowDocument | null {
  const version = useVersion(workflow.id, typeof side === "number" ? side : null);
  const revision = useDraftHead(workflow.id).data?.draft_revision ?? workflow.draft_revision;
  const saved = useSavedDraft(workflow.id, revision, side === "saved");
  const found = side === "saved" ? saved.data : version.data;
  return useMemo(() => {
    if (side === "draft") return draft;
    return found ? openDocument(found.definition, readLayout(found.layout)) : null;
  }, [side, draft, found]);
}

interface HalfProps {
  label: string;
  document: WorkflowDocument;
  held: string | null;
  onHold: (name: string | null) => void;
  children: ReadonlyMap<string, "added" | "removed" | "changed">;
}

function Half({ label, document, held, onHold, children: marks }: HalfProps) {
  const graph = useMemo(() => placeGraph(deriveGraph(document.definition), document.layout), [document]);
  const canvas = useRef<CanvasHandle>(null);
  useEffect(() => {
    if (held !== null && graph.nodes.has(held)) canvas.current?.center(held);
  }, [held, graph]);
  const selected = held !== null && graph.nodes.has(held) ? [held] : [];
  return (
    <section className={styles.half} aria-label={label}>
      <h2>{label}</h2>
      <div className={styles.canvas}>
        <MarksContext value={marks}>
          <Canvas
            ref={canvas}
            graph={graph}
            label={`Graph of ${label}`}
            selected={selected}
            onSelect={(ids) => onHold(ids[0] ?? null)}
          />
        </MarksContext>
      </div>
    </section>
  );
}

interface ChangesProps {
  states: readonly StateDifference[];
  machine: readonly string[];
  held: string | null;
  onHold: (name: string) => void;
}

function Changes({ states, machine, held, onHold }: ChangesProps) {
  return (
    <aside className={styles.changes} aria-label="What differs">
      <h2>What differs</h2>
      {states.length === 0 && machine.length === 0 && <p className="muted">Nothing: they are the same.</p>}
      <ul>
        {machine.length > 0 && (
          <li>
            <p className={styles.change}>
              <Icon name="workflow" size="s" />
              <span>
                <strong>The workflow</strong>
                <span className="second">{machine.join(", ")}</span>
              </span>
            </p>
          </li>
        )}
        {states.map(({ name, kind, fields }) => (
          <li key={`${kind} ${name}`}>
            <button
              type="button"
              className={styles.change}
              data-kind={kind}
              aria-pressed={held === name}
              onClick={() => onHold(name)}
            >
              <Icon name={MARK_SIGNS[kind].icon} size="s" />
              <span>
                <strong className="clip" title={name}>
                  {name}
                </strong>
                <span className="second">{fields.length ? fields.join(", ") : MARK_SIGNS[kind].word}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
