import { plainName } from "@/asl/words.ts";
import type { FieldSpec } from "@/inspector/spec.ts";

export type InspectorTab = "configuration" | "inout" | "variables" | "errors";

/** The fields of a state by tab, each with the path of the object it stands in. */
export interface Section {
  readonly tab: InspectorTab;
  readonly at: readonly (string | number)[];
  readonly fields: readonly FieldSpec[];
}

export function configuration(fields: readonly FieldSpec[], at: Section["at"] = []): Section {
  return { tab: "configuration", at, fields };
}

/** The tab on which a field stands, by the sections of the state. */
export function tabOf(field: readonly string[], sections: readonly Section[]): InspectorTab {
  if (field[0] === "Retry" || field[0] === "Catch") return "errors";
  const stands = ({ at, fields }: Section) => {
    const key = plainName(field[at.length] ?? "");
    return (
      at.every((step, index) => String(step) === field[index]) &&
      fields.some((each) => each.key === key || (each.pathKey !== undefined && each.pathKey === key))
    );
  };
  return sections.find(stands)?.tab ?? "configuration";
}
