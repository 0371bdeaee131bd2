import { calledBy } from "@/asl/callPattern.ts";
import { isObject, valueAt, type JsonObject, type Path } from "@/asl/types.ts";
import { setFields } from "@/document/commands/setField.ts";
import { inWordsOf, modeChanged } from "@/document/mapState.ts";
import type { Fix } from "./fixes.ts";

/** What mends a call that waits where an Express execution cannot: no waiting, or Standard executions of the items. */
export function callInExpress(at: Path, definition: JsonObject): Fix | null {
  const items = standardItems(at, definition);
  if (items) return items;
  const resource = valueAt(definition, at);
  const bare = typeof resource === "string" && calledBy(resource);
  if (!bare || bare === resource) return null;
  return { label: "Go on with the answer", apply: (document) => setFields(document, [[at, bare]]) };
}

/** Lets the items around a place run as Standard executions; null where they are none of their own. */
export function standardItems(at: Path, definition: JsonObject): Fix | null {
  for (let length = at.length; length > 0; length--) {
    const config = valueAt(definition, [...at.slice(0, length), "ProcessorConfig"]);
    if (!isObject(config) || config["Mode"] !== "DISTRIBUTED" || config["ExecutionType"] !== "EXPRESS")
      continue;
    const type = [...at.slice(0, length), "ProcessorConfig", "ExecutionType"];
    return {
      label: "Run items as Standard",
      apply: (document) => setFields(document, [[type, "STANDARD"]]),
    };
  }
  return null;
}

/** Makes a distributed Map inline, and says what it takes out; `at` is the mode of its processor. */
export function inlineMap(at: Path, definition: JsonObject): Fix | null {
  const map = at.slice(0, -3);
  const state = valueAt(definition, map);
  if (!isObject(state)) return null;
  const { entries, gone } = modeChanged(state, "INLINE", {});
  const words = inWordsOf(gone);
  return {
    label: words ? `Make it inline, without ${words}` : "Make it inline",
    apply: (document) =>
      setFields(
        document,
        entries.map(([path, value]) => [[...map, ...path], value] as const),
      ),
  };
}
