import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { actionsAt, completionsAt, helpAt, type Knowledge } from "@/code/completions.ts";

const schema = JSON.parse(readFileSync(join(process.cwd(), "../asl/schema.json"), "utf8")) as JsonObject;
const knowledge: Knowledge = {
  schema,
  resources: [
    {
      resource: "arn:aws:states:::http:invoke",
      title: "HTTP call",
      schema: {
        properties: { Method: { title: "Method", enum: ["GET", "POST"] }, ApiEndpoint: { title: "Address" } },
      },
    },
  ],
  variables: ["later"],
  seen: { input: { video: "a" }, variables: {}, context: {} },
  findActions: (search) => Promise.resolve([{ resource: `found ${search}`, description: "It does." }]),
};

/** The labels at the mark, asked for. */
function at(marked: string, asked = true): string[] {
  const offset = marked.indexOf("|");
  const found = completionsAt(marked.replace("|", ""), offset, asked, knowledge);
  return found?.options.map(({ label }) => label) ?? [];
}
const task = (inner: string) =>
  `{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", ${inner}}, "B": {"Type": "Succeed"}}}`;

describe("completing a definition", () => {
  it("offers the fields that this type of state may have in its language, without those that are there", () => {
    const found = at(task(`"|"`));
    expect(found).toContain("Arguments");
    expect(found).toContain("HeartbeatSeconds");
    expect(found).not.toContain("Resource");
    expect(found).not.toContain("Parameters"); // of JSONPath
    expect(found).not.toContain("Choices");
  });

  it("knows the fields of Retriers, Catchers, rules and readers", () => {
    expect(at(task(`"Retry": [{"|"}]`))).toContain("BackoffRate");
    expect(at(task(`"Catch": [{"|"}]`))).toContain("Output");
    expect(at(`{"States": {"M": {"Type": "Map", "ItemReader": {"|"}}}}`)).toContain("ReaderConfig");
    expect(at(`{"States": {"C": {"Type": "Choice", "Choices": [{"And": [{"|"}]}]}}}`)).toContain(
      "NumericEquals",
    );
  });

  it("offers the machine's own fields at its root", () => {
    expect(at(`{"|"}`)).toEqual(expect.arrayContaining(["StartAt", "States", "TimeoutSeconds"]));
  });

  it("offers the arguments of the resource, and their values", () => {
    expect(at(task(`"Arguments": {"|"}`))).toEqual(["Method", "ApiEndpoint"]);
    expect(at(task(`"Arguments": {"Method": "|"}`))).toEqual(["GET", "POST"]);
  });

  it("offers names of states, types, values and resources", () => {
    expect(at(task(`"Next": "|"`))).toEqual(["A", "B"]);
    expect(at(`{"States": {"A": {"Type": "|"}}}`)).toContain("Parallel");
    expect(at(task(`"Retry": [{"JitterStrategy": "|"}]`))).toEqual(expect.arrayContaining(["NONE", "FULL"]));
    expect(at(`{"States": {"A": {"Type": "Task", "Resource": "|"}}}`)).toEqual([
      "arn:aws:states:::http:invoke",
    ]);
  });

  it("offers a new state of each type inside States", () => {
    expect(at(`{"States": {|}}`)).toContain("New Choice state");
  });

  it("completes expressions inside their marks and paths in JSONPath", () => {
    expect(at(task(`"Output": "{% $states.input.| %}"`))).toEqual(["video"]);
    expect(at(task(`"Output": "{% $la| %}"`), false)[0]).toBe("$later");
    expect(at(`{"States": {"A": {"Type": "Pass", "InputPath": "$.|"}}}`)).toEqual(["video"]);
  });

  it("narrows to what is typed behind a quotation mark", () => {
    expect(at(task(`"Tim|`), false)[0]).toBe("TimeoutSeconds");
    expect(at(`{"States": {"A": {"Type": "Par|`, false)).toEqual(["Parallel"]);
    expect(at(task(`"Zebra|`), false)).toEqual([]);
  });

  it("says nothing unasked while no name is typed", () => {
    expect(at(task(`|`), false)).toEqual([]);
  });

  it("asks for actions of AWS by what was typed of a Resource", async () => {
    const text = `{"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:put`;
    const found = await actionsAt(text, text.length, knowledge);
    expect(found?.options.map(({ label }) => label)).toEqual(["found s3 put"]);
    expect(await actionsAt(task(""), 10, knowledge)).toBeNull();
  });
});

describe("help under the pointer", () => {
  const help = (marked: string) => helpAt(marked.replace("|", ""), marked.indexOf("|"), knowledge);

  it("says what a field is for", () => {
    expect(help(task(`"Time|outSeconds": 3`))?.text).toMatch(/\w+/);
    expect(help(task(`"Arguments": {"Met|hod": "GET"}`))?.title).toBe("Method");
    expect(
      help(`{"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::http:in|voke"}}}`)?.title,
    ).toBe("HTTP call");
  });

  it("says nothing of what it does not know", () => {
    expect(help(task(`"Odd|": 3`))).toBeNull();
    expect(help(task(`"Comment": "wo|rds"`))).toBeNull();
  });
});
