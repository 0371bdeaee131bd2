import { stateIcon } from "@/ui/stateIcons.ts";
import type { IconName } from "@/ui/icons.tsx";

/** What must be there before it can run: nothing, AWS credentials, or a connection to somewhere. */
export type Need = "nothing" | "aws" | "connection";

interface Needs {
  need: Need;
  /** At most two: what stands out in it. */
  icons: IconName[];
  /** "Runs here, needs nothing", or what must be there first. */
  words: string;
}

interface State {
  Type: string;
  Resource?: string;
  Arguments?: Record<string, unknown>;
  Parameters?: Record<string, unknown>;
}

/* What tells one template from another comes before what all have. */
const telling: readonly IconName[] = [
  "user-check",
  "sparkles",
  "brain-circuit",
  "image",
  "layers",
  "mail",
  "globe",
  "hourglass",
  "split",
  "columns-3",
];

/** What a definition is made of and what it needs besides this server. */
export function needs(definition: string): Needs {
  let states: State[] = [];
  try {
    states = statesIn(JSON.parse(definition));
  } catch {
    // A template that is no JSON is shown without signs.
  }
  const found = new Set(states.map((state) => stateIcon(state.Type, state.Resource)));
  const icons = telling.filter((icon) => found.has(icon)).slice(0, 2);
  const need = needOf(states);
  return { icons, need, words: inWords[need] };
}

const inWords: Record<Need, string> = {
  nothing: "Runs here, needs nothing",
  aws: "Needs AWS credentials",
  connection: "Needs an HTTP connection",
};

function needOf(states: readonly State[]): Need {
  const resources = states.flatMap((state) => (state.Resource === undefined ? [] : [state]));
  if (resources.some((state) => isAws(state.Resource ?? ""))) return "aws";
  if (resources.some(callsOutside)) return "connection";
  return "nothing";
}

const OWN = [
  "arn:cuelight:",
  "arn:aws:states:::http:invoke",
  "arn:aws:states:::states:",
  "arn:aws:states:::aws-sdk:sfn:",
];

const isAws = (resource: string) => !OWN.some((own) => resource.startsWith(own));

function callsOutside(state: State): boolean {
  if (!state.Resource?.startsWith("arn:aws:states:::http:invoke")) return false;
  const sent = JSON.stringify(state.Arguments ?? state.Parameters ?? {});
  return !BUILT_IN.test(sent);
}

/* The connections that every server has, by name or as an ARN. */
const BUILT_IN = /"(?:[^"]*:connection:)?(?:demo|embedded-model)"/;

/** All states of a definition, those of branches and item processors included. */
function statesIn(value: unknown): State[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(statesIn);
  const node = value as Record<string, unknown>;
  const states = node["States"];
  if (typeof states !== "object" || states === null) return [];
  return Object.values(states as Record<string, Record<string, unknown>>).flatMap((state) => [
    state as unknown as State,
    ...statesIn(state["Branches"]),
    ...statesIn(state["ItemProcessor"] ?? state["Iterator"]),
  ]);
}
