import { describe, expect, it } from "vitest";

import type { Catalog, CatalogItem } from "@/api/types.ts";
import { findItems, rankOf } from "@/palette/find.ts";

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
    {
      title: "People",
      tab: "actions",
      items: [
        item("Approval", "Ask named people, wait for them", "arn:cuelight:states:::approval:request", "Task"),
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
    expect(found("  ", "actions")).toEqual(["Model", "Bedrock model", "Approval"]);
    expect(found("", "patterns")).toEqual([]);
  });

  it("searches all tabs at once", () => {
    expect(found("for a time", "actions")).toEqual(["Wait"]);
  });

  it("needs every word, in any order and case, in title, description, resource, type or group", () => {
    expect(found("MODEL bed")).toEqual(["Bedrock model"]);
    expect(found("cuelight")).toEqual(["Model", "Approval"]);
    expect(found("compatible models")).toEqual(["Model"]);
    expect(found("bedrock wait")).toEqual([]);
  });

  it("puts what is called so before what only speaks of it, whichever group it is in", () => {
    expect(found("wait")).toEqual(["Wait", "Approval"]);
    expect(found("WAI")).toEqual(["Wait", "Approval"]);
    expect(found("model")).toEqual(["Model", "Bedrock model"]);
    expect(
      ["Wait", "Wait for it", "The wait", "Awaited", "It waits a time", "Time"].map((title) =>
        rankOf(title, "wait"),
      ),
    ).toEqual([0, 1, 2, 3, 2, 5]);
  });

  it("leaves out a group without a match, and finds nothing before the catalogue has come", () => {
    expect(findItems(CATALOG, "time").map(({ title }) => title)).toEqual(["Flow"]);
    expect(findItems(undefined, "model")).toEqual([]);
  });
});
