import { expect, it } from "vitest";

import { fillPlaceholders, hasPlaceholders, placeholdersIn } from "@/document/commands/fillPlaceholders.ts";
import { openDocument } from "@/document/document.ts";

const TEXT = `{
  "StartAt": "Read",
  "States": {
    "Read": {"Type": "Task", "Resource": "arn:aws:lambda:\${Region}:1:function:\${Stage}-read", "Next": "Rest \${Stage}"},
    "Rest \${Stage}": { "Type": "Wait",   "Seconds": "\${Seconds}", "End": true }
  }
}`;
const text = (value: string) => ({ text: value, asJson: false });

it("names each placeholder once, with the places in which it stands", () => {
  expect(placeholdersIn(TEXT)).toEqual([
    { name: "Region", places: ["Read › Resource"], isJson: false },
    { name: "Stage", places: ["Read › Resource", "Read › Next", "Workflow"], isJson: false },
    { name: "Seconds", places: ["Rest ${Stage} › Seconds"], isJson: true },
  ]);
  expect(placeholdersIn("{")).toEqual([]);
  expect([TEXT, TEXT, "{}"].map(hasPlaceholders)).toEqual([true, true, false]);
});

it("takes for JSON what stands alone where no text does, and nowhere else", () => {
  const text = (fields: string) => `{"StartAt": "A", "States": {"A": {"Type": "Task", ${fields}}}}`;
  const kinds = (fields: string) => placeholdersIn(text(fields)).map(({ isJson }) => isJson);
  expect(kinds('"TimeoutSeconds": "${T}"')).toEqual([true]);
  expect(kinds('"TimeoutSeconds": "${T}", "Comment": "After ${T} s"')).toEqual([false]);
  expect(kinds('"TimeoutSecondsPath": "${T}", "Comment": "${C}"')).toEqual([false, false]);
});

it("fills in texts, names of states and whole values, and leaves the rest as it was typed", () => {
  const filled = fillPlaceholders(
    openDocument(TEXT),
    new Map([
      ["Region", text('eu"1')],
      ["Stage", text("test")],
      ["Seconds", { text: " 20 ", asJson: true }],
    ]),
  );
  expect(filled.problem).toBeNull();
  expect(filled.definition["States"]).toEqual({
    Read: { Type: "Task", Resource: 'arn:aws:lambda:eu"1:1:function:test-read', Next: "Rest test" },
    "Rest test": { Type: "Wait", Seconds: 20, End: true },
  });
  expect(filled.text).toContain('{ "Type": "Wait",   "Seconds": 20, "End": true }');
});

it("leaves a placeholder without a value as it is", () => {
  const document = openDocument(TEXT);
  expect(fillPlaceholders(document, new Map())).toBe(document);
  const filled = fillPlaceholders(document, new Map([["Stage", text("test")]]));
  expect(placeholdersIn(filled.text).map(({ name }) => name)).toEqual(["Region", "Seconds"]);
});
