import {
  autocompletion,
  pickedCompletion,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState, Extension } from "@codemirror/state";
import { hoverTooltip, type EditorView } from "@codemirror/view";

import { completionsAt, type Completions, type Knowledge, type Option } from "@/code/completions.ts";
import { helpAt, type HelpText } from "@/code/help.ts";
import { JSON_NOTATION } from "@/code/jsonNotation.ts";
import type { Source } from "@/code/notation.ts";
import { YAML_NOTATION } from "@/code/yamlNotation.ts";

export type Format = "json" | "yaml";

/** How long a text may be read for what is asked of it now; what is not read by then is left out. */
const READING = 300;

/** The text of an editor with its syntax tree, read as far as a place. */
export function sourceOf(state: EditorState, format: Format, upTo = state.doc.length): Source {
  const tree = ensureSyntaxTree(state, upTo, READING) ?? syntaxTree(state);
  return { doc: state.doc, tree, notation: format === "yaml" ? YAML_NOTATION : JSON_NOTATION };
}

/** Completion and help under the pointer. */
export function assistance(
  format: Format,
  knowledge: () => Knowledge | undefined,
  helpClass: string,
): Extension {
  return [
    autocompletion({ override: [completer(format, knowledge)], icons: false, maxRenderedOptions: 120 }),
    hoverTooltip((view, offset) => {
      const known = knowledge();
      const help = known && helpAt(sourceOf(view.state, format), offset, known);
      return help
        ? { pos: help.from, end: help.to, above: true, create: () => ({ dom: helpElement(help, helpClass) }) }
        : null;
    }),
  ];
}

function completer(format: Format, knowledge: () => Knowledge | undefined) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const known = knowledge();
    if (!known) return null;
    const source = sourceOf(context.state, format, Math.min(context.state.doc.length, context.pos + 20_000));
    const found = await completionsAt(source, context.pos, context.explicit, known);
    if (!found || context.aborted) return null;
    const { from, to } = found;
    return { from, to, filter: false, options: found.options.map((option) => asCompletion(option, found)) };
  };
}

function asCompletion(option: Option, { comma = null }: Completions): Completion {
  const { label, detail, info, type, insert, goesOn } = option;
  return {
    label,
    type,
    ...(detail ? { detail } : {}),
    ...(info ? { info } : {}),
    apply: (view: EditorView, completion: Completion, from: number, to: number) => {
      const shift = from + (comma === null ? 0 : 1);
      const anchor = shift + (option.caret ?? insert.length);
      view.dispatch({
        changes: [...(comma === null ? [] : [{ from: comma, insert: "," }]), { from, to, insert }],
        selection: option.selectTo === undefined ? { anchor } : { anchor, head: shift + option.selectTo },
        annotations: pickedCompletion.of(completion),
        userEvent: "input.complete",
        scrollIntoView: true,
      });
      if (goesOn) startCompletion(view);
    },
  };
}

function helpElement({ title, text, examples }: HelpText, className: string): HTMLElement {
  const box = document.createElement("div");
  box.className = className;
  const line = (tag: string, words: string) => {
    const element = document.createElement(tag);
    element.textContent = words;
    box.append(element);
  };
  line("strong", title);
  if (text) line("p", text);
  const shown = examples.slice(0, 2).map((each) => JSON.stringify(each));
  if (shown.length) line("code", `For instance ${shown.join(" or ")}`);
  return box;
}
