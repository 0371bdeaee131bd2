import { STATE_TYPES, type JsonObject } from "@/asl/types.ts";
import { HOLDS_STATES } from "@/asl/walk.ts";
import { inPathMachine } from "@/document/adapt.ts";
import { insideWithFreeNames } from "@/document/freeNames.ts";
import { freeName } from "@/document/places.ts";
import { fitting } from "@/code/fitting.ts";
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

/** Ready states that go with what is typed among states: each type, and a Task state for each integration. */
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
  const taken = new Set(namesIn(source, notation.root(source.tree), spot));
  const wanted = missingIn(source, standing, others);
  const before = others.findLast(({ to }) => to <= spot.from) ?? null;
  const next = nextAfter(source, before, others);
  return fitting(offersFrom(items), spot.typed).map(({ title, template, ...offer }): Option => {
    const name = wanted ?? freeName(taken, title);
    const state = ready(template, next, others, standing.jsonata);
    const inside = insideWithFreeNames(new Set([...taken, name]), state);
    const { text, ...caret } = notation.writeState(spot, doc, name, inside);
    return { ...offer, type: "class", insert: text, ...caret };
  });
}

/** A state that can be written, and what it is called where no name is waited for. */
interface Offer {
  readonly label: string;
  readonly detail: string;
  readonly info: string;
  readonly title: string;
  readonly template: JsonObject;
}

function offersFrom(items: readonly StateItem[]): Offer[] {
  const plain = STATE_TYPES.map((type): Offer => {
    const item = items.find(
      ({ template }) => template["Type"] === type && template["Resource"] === undefined,
    );
    return {
      label: type,
      detail: "state",
      info: item?.description ?? "",
      title: type,
      template: item?.template ?? PLAIN[type] ?? { Type: type },
    };
  });
  const tasks = items
    .filter(({ template }) => template["Type"] === "Task" && typeof template["Resource"] === "string")
    .map(({ title, description, template }): Offer => {
      return { label: `Task: ${title}`, detail: title, info: description, title, template };
    });
  return [...plain, ...tasks];
}

/** The template as a state of this place: leading on, in the machine's language. */
function ready(
  template: JsonObject,
  next: string | null,
  others: readonly Entry[],
  jsonata: boolean,
): JsonObject {
  const { Next: _next, End: _end, Default: _default, Choices: _choices, ...state } = template;
  const type = state["Type"];
  const made = jsonata ? state : inPathMachine(state);
  if (type === "Succeed" || type === "Fail") return made;
  if (type === "Choice") {
    const target = next ?? others[0]?.name ?? "";
    const rule: JsonObject =
      jsonata || made["QueryLanguage"] === "JSONata"
        ? { Condition: "{% $states.input.value = 1 %}", Next: target }
        : { Variable: "$.value", NumericEquals: 1, Next: target };
    return { ...made, Choices: [rule], Default: target };
  }
  return { ...made, ...(next === null ? { End: true } : { Next: next }) };
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

/** The names of all states of a text, in branches too, without the one that is being written. */
function namesIn(source: Source, node: Entry["value"], spot: Spot): string[] {
  const { notation, doc } = source;
  if (!node || notation.kind(node) === "scalar") return [];
  if (notation.kind(node) === "list")
    return notation.items(node).flatMap((item) => namesIn(source, item, spot));
  return notation.entries(node, doc).flatMap(({ name, value }) => {
    if (name === "States" && value && notation.kind(value) === "object") {
      const states = notation.entries(value, doc);
      return [
        ...states.filter(({ from }) => from !== spot.from).map((each) => each.name),
        ...states.flatMap((each) => namesIn(source, each.value, spot)),
      ];
    }
    return HOLDS_STATES.includes(name) ? namesIn(source, value, spot) : [];
  });
}
