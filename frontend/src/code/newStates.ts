import { isObject, STATE_TYPES, type Json, type JsonObject } from "@/asl/types.ts";
import { freeName } from "@/document/places.ts";
import { fieldOf, textOf, type Entry, type Source, type Spot } from "@/code/notation.ts";
import type { Option } from "@/code/completions.ts";
import type { Standing } from "@/code/standing.ts";

/** A state of the palette: what it is called and its ASL. */
export interface StateItem {
  readonly title: string;
  readonly description: string;
  readonly template: JsonObject;
}

const PLAIN: Record<string, JsonObject> = {
  Task: { Type: "Task", Resource: "" },
  Choice: { Type: "Choice", Choices: [] },
  Parallel: {
    Type: "Parallel",
    Branches: [{ StartAt: "Branch", States: { Branch: { Type: "Pass", End: true } } }],
  },
  Map: { Type: "Map", ItemProcessor: { StartAt: "Item", States: { Item: { Type: "Pass", End: true } } } },
  Wait: { Type: "Wait", Seconds: 10 },
  Pass: { Type: "Pass" },
  Succeed: { Type: "Succeed" },
  Fail: { Type: "Fail", Error: "Failed", Cause: "Why it failed" },
};

/** Ready states for a place among states: each type, and a Task state for each integration. */
export function newStates(
  source: Source,
  spot: Spot,
  standing: Standing,
  items: readonly StateItem[],
): Option[] {
  const { notation, doc } = source;
  const others =
    spot.holder && notation.kind(spot.holder) === "object"
      ? notation.entries(spot.holder, doc).filter(({ from }) => from !== spot.from)
      : [];
  const taken = new Set(namesIn(source, notation.root(source.tree)));
  const wanted = missingIn(source, standing, others);
  const before = others.findLast(({ to }) => to <= spot.from) ?? null;
  const next = nextAfter(source, before, others);
  const offer = (label: string, info: string, template: JsonObject, title: string): Option => {
    const name = wanted ?? freeName(taken, title);
    const state = ready(template, next, others, standing.jsonata, taken);
    const { text, ...caret } = notation.writeState(spot, doc, name, state);
    return { label, detail: title === label ? "state" : title, info, type: "class", insert: text, ...caret };
  };
  const plain = STATE_TYPES.map((type) => {
    const item = items.find(
      ({ template }) => template["Type"] === type && template["Resource"] === undefined,
    );
    return offer(type, item?.description ?? "", item?.template ?? PLAIN[type] ?? { Type: type }, type);
  });
  const tasks = items
    .filter(({ template }) => template["Type"] === "Task" && typeof template["Resource"] === "string")
    .map(({ title, description, template }) => offer(`Task: ${title}`, description, template, title));
  return [...plain, ...tasks];
}

/** The template as a state of this place: leading on, in the machine's language, with names inside that are free. */
function ready(
  template: JsonObject,
  next: string | null,
  others: readonly Entry[],
  jsonata: boolean,
  taken: ReadonlySet<string>,
): JsonObject {
  const { Next: _next, End: _end, Default: _default, ...state } = template;
  const type = state["Type"];
  const made: JsonObject =
    jsonata || !speaksJsonata(state) ? state : { Type: type ?? "Task", QueryLanguage: "JSONata", ...state };
  if (type === "Succeed" || type === "Fail") return made;
  if (type === "Choice") {
    const target = next ?? others[0]?.name ?? "";
    const rule: JsonObject = jsonata
      ? { Condition: "{% $states.input.value = 1 %}", Next: target }
      : { Variable: "$.value", NumericEquals: 1, Next: target };
    return { ...made, Choices: [rule], Default: target };
  }
  return withFreeNames({ ...made, ...(next === null ? { End: true } : { Next: next }) }, new Set(taken));
}

/** Names inside of a template that are free in the definition. */
function withFreeNames(state: JsonObject, taken: Set<string>): JsonObject {
  const scope = (value: Json): Json => {
    if (!isObject(value) || !isObject(value["States"])) return value;
    const names = new Map(
      Object.keys(value["States"]).map((name) => {
        const free = freeName(taken, name);
        taken.add(free);
        return [name, free];
      }),
    );
    const led = (inner: Json): Json =>
      isObject(inner) && typeof inner["Next"] === "string"
        ? { ...inner, Next: names.get(inner["Next"]) ?? inner["Next"] }
        : inner;
    const states = Object.entries(value["States"]).map(([name, inner]) => [
      names.get(name) ?? name,
      led(inner),
    ]);
    return {
      ...value,
      StartAt: names.get(String(value["StartAt"])) ?? "",
      States: Object.fromEntries(states) as JsonObject,
    };
  };
  const result = { ...state };
  if (Array.isArray(state["Branches"])) result["Branches"] = state["Branches"].map(scope);
  if (state["ItemProcessor"] !== undefined) result["ItemProcessor"] = scope(state["ItemProcessor"]);
  return result;
}

function speaksJsonata(value: Json): boolean {
  if (Array.isArray(value)) return value.some(speaksJsonata);
  if (isObject(value)) return "Arguments" in value || Object.values(value).some(speaksJsonata);
  return typeof value === "string" && value.startsWith("{%");
}

/** The first state that something here leads to and that is not written yet: it gets the name. */
function missingIn(source: Source, standing: Standing, others: readonly Entry[]): string | null {
  const there = new Set(others.map(({ name }) => name));
  const targets = [standing.startAt, ...others.flatMap(({ value }) => targetsOf(source, value))];
  return (
    targets.find(
      (target) => target !== null && target !== "" && !target.includes("$") && !there.has(target),
    ) ?? null
  );
}

function targetsOf(source: Source, state: Entry["value"]): (string | null)[] {
  const { notation, doc } = source;
  const list = (field: string) => {
    const found = fieldOf(source, state, field);
    return found && notation.kind(found) === "list" ? notation.items(found) : [];
  };
  if (!state || notation.kind(state) !== "object") return [];
  const own = notation.entries(state, doc).filter(({ name }) => name === "Next" || name === "Default");
  return [
    ...own.map(({ value }) =>
      value && notation.kind(value) === "scalar" ? notation.text(value, doc) : null,
    ),
    ...[...list("Choices"), ...list("Catch")].map((item) => textOf(source, item, "Next")),
  ];
}

/** Where the state before leads: the new one can be put between them. */
function nextAfter(source: Source, before: Entry | null, others: readonly Entry[]): string | null {
  const there = new Set(others.map(({ name }) => name));
  const target = before && textOf(source, before.value, "Next");
  return target !== null && there.has(target) && target !== before?.name ? target : null;
}

/** The names of all states of a text, in branches too. */
function namesIn(source: Source, node: Entry["value"]): string[] {
  const { notation, doc } = source;
  if (!node || notation.kind(node) === "scalar") return [];
  if (notation.kind(node) === "list") return notation.items(node).flatMap((item) => namesIn(source, item));
  return notation.entries(node, doc).flatMap(({ name, value }) => {
    if (name === "States" && value && notation.kind(value) === "object") {
      const states = notation.entries(value, doc);
      return [...states.map((each) => each.name), ...states.flatMap((each) => namesIn(source, each.value))];
    }
    return name === "Branches" || name === "ItemProcessor" || name === "Iterator"
      ? namesIn(source, value)
      : [];
  });
}
