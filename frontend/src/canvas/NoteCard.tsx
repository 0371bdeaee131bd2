import { NodeResizeControl, type NodeProps } from "@xyflow/react";
import { memo, useContext, useEffect, useRef, useState, type KeyboardEvent } from "react";

import { EditingContext } from "@/canvas/editing.ts";
import type { NoteNode } from "@/canvas/nodes.ts";
import { noteLines, type NoteSpan } from "@/graph/noteText.ts";
import { LEAST_NOTE, NOTE_TONES, type NoteTone } from "@/document/layout.ts";
import { Icon } from "@/ui/icons.tsx";
import styles from "./NoteCard.module.css";

const TONES: Record<NoteTone, string> = { plain: "Grey", petrol: "Petrol", sand: "Sand" };

/** A sticky note: words for people, never part of what runs. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>) {
  const { note } = data;
  const editing = useContext(EditingContext);
  /** What is being written; the graph may lag behind, the letters never do. */
  const [written, setWritten] = useState<string | null>(null);
  const writing = written !== null;
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!writing) return;
    field.current?.focus();
    field.current?.setSelectionRange(note.text.length, note.text.length);
    // Only the beginning puts the caret at the end.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [writing]);
  const done = (back: boolean) => {
    setWritten(null);
    if (back) root.current?.focus({ preventScroll: true });
  };
  const keys = (event: KeyboardEvent) => {
    if (!editing || writing) return;
    if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      event.stopPropagation();
      setWritten(note.text);
    } else if (event.altKey && event.shiftKey && event.key.startsWith("Arrow")) {
      event.preventDefault();
      event.stopPropagation();
      const [x, y] = STEPS[event.key] ?? [0, 0];
      editing.onChangeNote(note.id, { width: note.width + 20 * x, height: note.height + 20 * y });
    }
  };
  return (
    <div className={styles.place} style={size ?? undefined}>
      <div
        ref={root}
        className={styles.note}
        data-tone={note.tone}
        data-selected={selected || undefined}
        data-node={id}
        data-testid={id.replace(":", "-")}

        role={writing ? "group" : "button"}
        tabIndex={0}
        aria-pressed={writing ? undefined : selected}
        aria-roledescription="note"
        onKeyDown={keys}
        onDoubleClick={(event) => {
          event.stopPropagation();
          if (editing) setWritten(note.text);
        }}
      >
        {writing ? (
          <textarea
            ref={field}
            className={`nodrag nopan nowheel ${styles.field}`}
            aria-label="Text of the note"
            value={written}
            onChange={(event) => {
              setWritten(event.target.value);
              editing?.onChangeNote(note.id, { text: event.target.value });
            }}
            onBlur={() => done(false)}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
                event.preventDefault();
                done(true);
              }
            }}
          />
        ) : (
          <NoteText text={note.text} hint={editing !== null} />
        )}
      </div>
      {editing && selected && !writing && (
        <span className={`nodrag nopan ${styles.tones}`}>
          {NOTE_TONES.map((tone) => (
            <button
              key={tone}
              type="button"
              data-tone={tone}
              aria-label={`${TONES[tone]} note`}
              aria-pressed={note.tone === tone}
              title={TONES[tone]}
              onClick={() => editing.onChangeNote(note.id, { tone })}
            />
          ))}
        </span>
      )}
      {editing && selected && (
        <NodeResizeControl
          position="bottom-right"
          className={styles.resize ?? ""}
          minWidth={LEAST_NOTE.width}
          minHeight={LEAST_NOTE.height}
          onResize={(_, { width, height }) => setSize({ width, height })}
          onResizeEnd={(_, { width, height }) => {
            setSize(null);
            editing.onChangeNote(note.id, { width, height });
          }}
        >
          <Icon name="grip-vertical" size="xs" />
        </NodeResizeControl>
      )}
    </div>
  );
});

const STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function NoteText({ text, hint }: { text: string; hint: boolean }) {
  if (text.trim() === "")
    return <p className={styles.hint}>{hint ? "Double-click or press Enter to write" : "Empty note"}</p>;
  return (
    <div className={styles.text}>
      {noteLines(text).map((line, index) => (
        <p key={index} data-kind={line.kind}>
          {line.spans.map(inline)}{" "}
        </p>
      ))}
    </div>
  );
}

function inline(span: NoteSpan, index: number) {
  if (span.kind === "strong") return <strong key={index}>{span.text}</strong>;
  if (span.kind === "code") return <code key={index}>{span.text}</code>;
  return <span key={index}>{span.text}</span>;
}
