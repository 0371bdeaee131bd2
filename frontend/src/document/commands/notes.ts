import { inLayout, withLayout, type Note, type Point, type WorkflowDocument } from "@/document/document.ts";
import { LEAST_NOTE, NOTE_HEIGHT, NOTE_WIDTH } from "@/document/layout.ts";

/** Puts an empty note at a point; its id is free in this document. */
export function addNote(
  document: WorkflowDocument,
  at: Point,
  text = "",
): { document: WorkflowDocument; id: string } {
  const notes = document.layout.notes ?? [];
  const taken = new Set(notes.map((note) => note.id));
  let number = notes.length + 1;
  while (taken.has(`note-${number}`)) number++;
  const note: Note = {
    id: `note-${number}`,
    x: Math.round(at.x),
    y: Math.round(at.y),
    width: NOTE_WIDTH,
    height: NOTE_HEIGHT,
    text,
    tone: "plain",
  };
  return { document: withNotes(document, [...notes, note]), id: note.id };
}

export function changeNote(
  document: WorkflowDocument,
  id: string,
  change: Partial<Omit<Note, "id">>,
): WorkflowDocument {
  const notes = document.layout.notes ?? [];
  const old = notes.find((note) => note.id === id);
  if (!old) return document;
  const next = { ...old, ...change };
  next.width = Math.max(LEAST_NOTE.width, Math.round(next.width));
  next.height = Math.max(LEAST_NOTE.height, Math.round(next.height));
  if ((Object.keys(next) as (keyof Note)[]).every((key) => next[key] === old[key])) return document;
  return withNotes(
    document,
    notes.map((note) => (note.id === id ? next : note)),
  );
}

export function removeNotes(document: WorkflowDocument, ids: readonly string[]): WorkflowDocument {
  const notes = document.layout.notes ?? [];
  const left = notes.filter((note) => !ids.includes(note.id));
  return left.length === notes.length ? document : withNotes(document, left);
}

function withNotes(document: WorkflowDocument, notes: readonly Note[]): WorkflowDocument {
  return inLayout(document, withLayout(document.layout, { notes }));
}
