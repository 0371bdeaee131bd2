export interface NoteSpan {
  readonly kind: "plain" | "strong" | "code";
  readonly text: string;
}

export interface NoteLine {
  readonly kind: "title" | "item" | "plain";
  readonly spans: readonly NoteSpan[];
}

/** A note's text by line: "# " makes a title, "- " an item, **strong** and `code` within. Shown as text, never as HTML. */
export function noteLines(text: string): NoteLine[] {
  return text.split("\n").map((line): NoteLine => {
    const title = /^#{1,3}\s+(.*)$/.exec(line);
    if (title) return { kind: "title", spans: spansOf(title[1] ?? "") };
    const item = /^\s*[-*]\s+(.*)$/.exec(line);
    if (item) return { kind: "item", spans: spansOf(item[1] ?? "") };
    return { kind: "plain", spans: spansOf(line) };
  });
}

function spansOf(line: string): NoteSpan[] {
  return line
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter(Boolean)
    .map((part): NoteSpan => {
      if (part.length > 4 && part.startsWith("**")) return { kind: "strong", text: part.slice(2, -2) };
      if (part.length > 2 && part.startsWith("`")) return { kind: "code", text: part.slice(1, -1) };
      return { kind: "plain", text: part };
    });
}
