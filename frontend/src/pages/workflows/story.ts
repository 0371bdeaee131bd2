import { noteLines, type NoteSpan } from "@/graph/noteText.ts";

export interface StoryPart {
  readonly kind: "step" | "plain";
  readonly spans: readonly NoteSpan[];
}

/** A README's paragraphs and numbered steps: lines that were only wrapped are joined again. */
export function storyOf(markdown: string): StoryPart[] {
  const parts: { kind: StoryPart["kind"]; text: string }[] = [];
  let open = false;
  for (const line of markdown.split("\n").map((each) => each.trim())) {
    const step = /^(?:\d+\.|[-*])\s+(.*)$/.exec(line);
    const last = parts.at(-1);
    if (line === "") open = false;
    else if (step) {
      parts.push({ kind: "step", text: step[1] ?? "" });
      open = true;
    } else if (open && last) last.text += ` ${line}`;
    else {
      parts.push({ kind: "plain", text: line.replace(/^#+\s+/, "") });
      open = true;
    }
  }
  return parts.map(({ kind, text }) => ({ kind, spans: noteLines(withoutSlant(text))[0]?.spans ?? [] }));
}

/* Slanted words stand upright; what is strong stays so. */
function withoutSlant(text: string): string {
  return text.replace(/(?<!\*)\*([^*]+)\*(?!\*)/g, "$1");
}
