import { INTRINSICS, JSONATA_FUNCTIONS } from "@/asl/expressionWords.ts";
import { fieldsOf } from "@/asl/fieldHelp.ts";
import type { Json } from "@/asl/types.ts";
import { standingOf, type Knowledge } from "@/code/completions.ts";
import { textOf, wayTo, type Source, type Word } from "@/code/notation.ts";

export interface HelpText {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly text: string;
  readonly examples: readonly Json[];
}

/** What a field is for, a function gives or a resource does, where the pointer rests; null of what is not known. */
export function helpAt(source: Source, offset: number, knowledge: Knowledge): HelpText | null {
  const word = source.notation.wordAt(source, offset);
  if (!word) return null;
  return word.kind === "name"
    ? nameHelp(source, word, knowledge)
    : (functionHelp(source, word, offset) ?? valueHelp(source, word, knowledge));
}

function nameHelp(source: Source, { from, to, text, node }: Word, knowledge: Knowledge): HelpText | null {
  const holder = source.notation.valueAround(node);
  const standing = standingOf(source, { way: wayTo(source, holder), holder }, knowledge);
  const known = fieldsOf(knowledge.schema, standing.schema).find(({ name }) => name === text);
  return known
    ? { from, to, title: known.title || text, text: known.description, examples: known.examples }
    : null;
}

function valueHelp(source: Source, { from, to, text, node }: Word, knowledge: Knowledge): HelpText | null {
  const item = knowledge.resources.find(({ resource }) => text.startsWith(resource));
  if (item) return { from, to, title: item.title, text, examples: [] };
  const holder = node.parent && source.notation.valueAround(node.parent);
  const standing = standingOf(source, { way: wayTo(source, holder), holder }, knowledge);
  const { notation, doc } = source;
  const target =
    standing.state && standing.states && notation.kind(standing.states) === "object"
      ? notation.entries(standing.states, doc).find(({ name }) => name === text)
      : undefined;
  if (!target) return null;
  const type = textOf(source, target.value, "Type");
  return {
    from,
    to,
    title: text,
    text: `A ${type ?? ""} state. ${textOf(source, target.value, "Comment") ?? ""}`.trim(),
    examples: [],
  };
}

/** The function whose name is under the pointer. */
function functionHelp({ doc }: Source, { from, to, text }: Word, offset: number): HelpText | null {
  if (!/\{%|^(\$|States\.)/.test(text)) return null;
  const written = doc.sliceString(from, to);
  for (const match of written.matchAll(/\$(\w+)|States\.(\w+)/g)) {
    const start = from + match.index;
    if (start > offset || offset > start + match[0].length) continue;
    const known = match[1]
      ? JSONATA_FUNCTIONS.find(([name]) => name === match[1])
      : INTRINSICS.find(([name]) => name === match[2]);
    if (known)
      return {
        from: start,
        to: start + match[0].length,
        title: known[1],
        text: `Gives ${known[2]}.`,
        examples: [],
      };
  }
  return null;
}
