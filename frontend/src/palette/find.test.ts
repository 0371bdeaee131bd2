import { describe, expect, it } from "vitest";

import type { Catalog, CatalogItem } from "@/api/types.ts";
import { findItems } from "@/palette/find.ts";

function item(title: string, description: string, resource: string | null, type: string): CatalogItem {
  return {
    id: title,
    title,
    description,
    icon: "braces",
    resource,
    type,
    template: { Type: type },
    arguments_schema: null,
  } as CatalogItem;
}

const CATALOG: Catalog = {
  groups: [
    {
      title: "Models",
      tab: "actions",
      items: [
        item("Model", "Any OpenAI-compatible server", "arn:cuelight:states:::model:invoke", "Task"),
        item("Bedrock model", "Invoke", "arn:aws:states:::bedrock:invokeModel", "Task"),
      ],
    },
    { title: "Flow", tab: "flow", items: [item("Wait", "For a time", null, "Wait")] },
  ],
};
const found = (...args: [string, ("actions" | "flow" | "patterns" | null)?]) =>
  findItems(CATALOG, ...args).flatMap((group) => group.items.map(({ title }) => title));

describe("finding in the palette", () => {
  it("shows a tab's own groups while nothing is searched for", () => {
    expect(found("", "flow")).toEqual(["Wait"]);
    expect(found("  ", "actions")).toEqual(["Model", "Bedrock model"]);
    expect(found("", "patterns")).toEqual([]);
  });

  it("searches all tabs at once", () => {
    expect(found("wait", "actions")).toEqual(["Wait"]);
  });

  it("needs every word, in any order and case, in title, description, resource, type or group", () => {
    expect(found("MODEL bed")).toEqual(["Bedrock model"]);
    expect(found("cuelight")).toEqual(["Model"]);
    expect(found("compatible models")).toEqual(["Model"]);
    expect(found("bedrock wait")).toEqual([]);
  });

  it("leaves out a group without a match, and finds nothing before the catalogue has come", () => {
    expect(findItems(CATALOG, "time").map(({ title }) => title)).toEqual(["Flow"]);
    expect(findItems(undefined, "model")).toEqual([]);
  });
});
