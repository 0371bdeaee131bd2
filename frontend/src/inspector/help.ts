import { fieldAt, stateSchema } from "@/asl/fieldHelp.ts";
import { isObject, type Json, type JsonObject, type Path, type QueryLanguage } from "@/asl/types.ts";
import { plainName } from "@/asl/words.ts";

/** What a field does, in a sentence or two, and how it may look. */
export interface Help {
  readonly description: string;
  readonly example: string | null;
}

interface Known {
  /** The JSON Schema of definitions, from which Code mode explains its fields too. */
  readonly schema: JsonObject | null;
  /** The schema of the arguments of the state's integration. */
  readonly argumentsSchema: JsonObject | null;
  readonly type: string | null;
  readonly language: QueryLanguage;
}

/** What the schemas say of the field at a path from the state; null where they say nothing. */
export function helpAt(path: Path, known: Known): Help | null {
  const [first] = path;
  if ((first === "Arguments" || first === "Parameters") && path.length > 1)
    return described(argumentAt(known.argumentsSchema, path.slice(1)));
  if (!known.schema) return null;
  const state = stateSchema(known.schema, known.type, known.language === "JSONata");
  const steps = path.map((step) => (typeof step === "number" ? step : plainName(step)));
  const found = fieldAt(known.schema, state, steps);
  return found && found.description !== ""
    ? { description: found.description, example: written(found.examples[0]) }
    : null;
}

function argumentAt(schema: JsonObject | null, path: Path): JsonObject | null {
  let found: JsonObject | null = schema;
  for (const step of path) {
    if (!found) return null;
    const properties = found["properties"];
    const next: Json | undefined =
      typeof step === "number"
        ? found["items"]
        : isObject(properties)
          ? properties[plainName(step)]
          : undefined;
    found = isObject(next) ? next : null;
  }
  return found;
}

function described(schema: JsonObject | null): Help | null {
  const description = schema?.["description"];
  if (typeof description !== "string" || description === "") return null;
  const examples = schema?.["examples"];
  return { description, example: written(Array.isArray(examples) ? examples[0] : schema?.["default"]) };
}

/** An example as it is typed. */
function written(example: Json | undefined): string | null {
  if (example === undefined) return null;
  return typeof example === "string" ? example : JSON.stringify(example, null, 2);
}

/** The first sentence, where it is short enough to stand below a field. */
export function hintFrom(help: Help | null): string | undefined {
  const sentence = help?.description.replace(/<[^>]+>/g, "").match(/^.*?[.!?](?=\s|$)/s)?.[0];
  return sentence && sentence.length <= LONGEST_HINT ? sentence : undefined;
}

const LONGEST_HINT = 110;
