import type { Note } from "@/document/document.ts";
import { noteLines } from "@/graph/noteText.ts";
import type { Theme } from "@/graph/pictureThemes.ts";
import { element, text } from "@/graph/svg.ts";

const PER_LINE = 16;

/** A note with as many of its lines as it has room for. */
export function noteText(note: Note, theme: Theme): string {
  const { x, y, width, height } = note;
  const perLine = Math.max(8, Math.floor((width - 24) / 6.2));
  const lines = noteLines(note.text).flatMap(({ kind, spans }) => {
    const words = spans.map((span) => span.text).join("");
    return wrapped(kind === "item" ? `– ${words}` : words, perLine).map((line) => ({ kind, line }));
  });
  const shown = lines.slice(0, Math.max(1, Math.floor((height - 16) / PER_LINE)));
  return element("g", {}, [
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: width - 1,
      height: height - 1,
      rx: 6,
      fill: theme[`note-${note.tone}`],
      stroke: theme["border-control"],
    }),
    ...shown.map(({ kind, line }, at) =>
      text(
        line,
        x + 12,
        y + 22 + at * PER_LINE,
        { size: kind === "title" ? 13 : 12, weight: kind === "title" ? 600 : 400 },
        theme.text,
      ),
    ),
  ]);
}

function wrapped(words: string, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
