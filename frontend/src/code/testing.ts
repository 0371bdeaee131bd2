import { jsonLanguage } from "@codemirror/lang-json";
import { yamlLanguage } from "@codemirror/lang-yaml";
import { Text } from "@codemirror/state";

import { JSON_NOTATION } from "@/code/jsonNotation.ts";
import type { Source } from "@/code/notation.ts";
import { YAML_NOTATION } from "@/code/yamlNotation.ts";

/** A text as the editor has it. */
export function sourceOf(text: string, name: "json" | "yaml"): Source {
  const [language, notation] =
    name === "json" ? [jsonLanguage, JSON_NOTATION] : [yamlLanguage, YAML_NOTATION];
  return { doc: Text.of(text.split("\n")), tree: language.parser.parse(text), notation };
}

/** A text with a mark at the place that is meant. */
export function markedSource(marked: string, name: "json" | "yaml"): { source: Source; offset: number } {
  return { source: sourceOf(marked.replace("|", ""), name), offset: marked.indexOf("|") };
}
