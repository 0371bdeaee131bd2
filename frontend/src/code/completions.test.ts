import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { completionsAt, type Completions, type Knowledge } from "@/code/completions.ts";
import { helpAt } from "@/code/help.ts";
import { markedSource } from "@/code/testing.ts";

const schema = JSON.parse(readFileSync(join(process.cwd(), "../asl/schema.json"), "utf8")) as JsonObject;
const HTTP = "arn:aws:states:::http:invoke";
const knowledge: Knowledge = {
  schema,
  resources: [
    {
      resource: HTTP,
      title: "HTTP call",
      schema: {
        properties: {
          Method: { title: "Method", enum: ["GET", "POST"] },
          ApiEndpoint: { title: "Address" },
          Headers: { type: "object", properties: { Accept: { title: "Accept" } } },
        },
      },
    },
  ],
  states: [
    {
      title: "HTTP call",
      description: "Calls.",
      template: { Type: "Task", Resource: HTTP, Arguments: { Method: "GET" } },
    },
    { title: "Wait", description: "Waits.", template: { Type: "Wait", Seconds: 5 } },
  ],
  variables: ["later"],
  findSeen: (state) =>
    Promise.resolve({ input: { [`seenBy${state}`]: "a" }, result: { made: 1 }, variables: {}, context: {} }),
  findActions: (search) =>
    Promise.resolve(
      search.startsWith("s3")
        ? ["a bucket's", search, "the least close"].map((words) => ({
            resource: `found ${words}`,
            service_title: "Amazon S3",
            description: "It does.",
          }))
        : [],
    ),
};

type Notation = "json" | "yaml";

function ask(
  marked: string,
  notation: Notation,
  asked = true,
  known = knowledge,
): Promise<Completions | null> {
  const { source, offset } = markedSource(marked, notation);
  return completionsAt(source, offset, asked, known);
}
async function at(marked: string, notation: Notation, asked = true): Promise<string[]> {
  return ((await ask(marked, notation, asked))?.options ?? []).map(({ label }) => label);
}

/** The text after the option of this label is chosen. */
async function chosen(marked: string, notation: Notation, label: string, known = knowledge): Promise<string> {
  const found = await ask(marked, notation, true, known);
  const option = found?.options.find((each) => each.label === label);
  if (!found || !option)
    throw new Error(`${label} is not among ${found?.options.map((each) => each.label).join()}`);
  const text = marked.replace("|", "");
  const { from, to, comma } = found;
  const before =
    typeof comma === "number" ? `${text.slice(0, comma)},${text.slice(comma, from)}` : text.slice(0, from);
  return before + option.insert + text.slice(to);
}

/** A Task state with more in it, beside another state, in both notations. */
const task = (inner: string) =>
  `{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${HTTP}", ${inner}}, "B": {"Type": "Succeed"}}}`;
const yamlTask = (inner: string) => `QueryLanguage: JSONata
StartAt: A
States:
  A:
    Type: Task
    Resource: ${HTTP}
${inner}
  B:
    Type: Succeed
`;
/** The same place in JSON and in YAML. */
const places = (json: string, yaml: string): [Notation, string][] => [
  ["json", json],
  ["yaml", yaml],
];
const inTask = (json: string, yaml: string) => places(task(json), yamlTask(yaml));

describe("completing a definition, in JSON and in YAML", () => {
  it.each([
    ...inTask(`"|"`, "    |"),
    ...inTask(`|`, "    |\n"),
    ...inTask(`"Tim|eout": 3`, "    Tim|eout: 3"),
    ["yaml", yamlTask("    # a comment\n\n    |\n")] as [Notation, string],
    ["yaml", yamlTask("    Retry:\n    - ErrorEquals: [a]\n      MaxAttempts: 2\n    |")] as [
      Notation,
      string,
    ],
    ["yaml", "QueryLanguage: JSONata\nStates:\n  A: {Type: Task, Resource: x, | }\n"] as [Notation, string],
  ])(
    "%s offers the fields that this type of state may have in its language, without those that are there: %s",
    async (notation, text) => {
      const found = await at(text.replace("Tim|eout", "|"), notation);
      expect(found).toContain("Arguments");
      expect(found).toContain("HeartbeatSeconds");
      expect(found).not.toContain("Resource");
      expect(found).not.toContain("Parameters"); // of JSONPath
      expect(found).not.toContain("Choices");
    },
  );

  it.each([
    ["BackoffRate", ...inTask(`"Retry": [{"|"}]`, "    Retry:\n      - ErrorEquals: [a]\n        |")],
    ["BackoffRate", ...inTask(`"Retry": [{"x": 1}, {"|"}]`, "    Retry:\n      - x: 1\n      - |")],
    ["BackoffRate", ...inTask(`"Retry": [{"Ba|"}]`, "    Retry:\n    - Ba|")],
    ["Output", ...inTask(`"Catch": [{"|"}]`, "    Catch:\n      - Next: B\n        |")],
    [
      "ReaderConfig",
      ...places(
        `{"States": {"M": {"Type": "Map", "ItemReader": {"|"}}}}`,
        "States:\n  M:\n    Type: Map\n    ItemReader:\n      |",
      ),
    ],
    [
      "InputType",
      ...places(
        `{"States": {"M": {"Type": "Map", "ItemReader": {"ReaderConfig": {"|"}}}}}`,
        "States:\n  M:\n    Type: Map\n    ItemReader:\n      ReaderConfig:\n        |",
      ),
    ],
    [
      "NumericEquals",
      ...places(
        `{"States": {"C": {"Type": "Choice", "Choices": [{"And": [{"|"}]}]}}}`,
        "States:\n  C:\n    Type: Choice\n    Choices:\n      - And:\n          - |",
      ),
    ],
    ["TimeoutSeconds", ...places(`{"|"}`, "|")],
    ["TimeoutSeconds", ...places(`{"StartAt": "A", "|"}`, "StartAt: A\n|")],
    [
      "StartAt",
      ...places(
        `{"States": {"P": {"Type": "Parallel", "Branches": [{"|"}]}}}`,
        "States:\n  P:\n    Type: Parallel\n    Branches:\n      - |",
      ),
    ],
    [
      "ProcessorConfig",
      ...places(
        `{"States": {"M": {"Type": "Map", "ItemProcessor": {"|"}}}}`,
        "States:\n  M:\n    Type: Map\n    ItemProcessor:\n      |",
      ),
    ],
    [
      "Seconds",
      ...places(
        `{"States": {"P": {"Type": "Parallel", "Branches": [{"States": {"W": {"Type": "Wait", "|"}}}]}}}`,
        "States:\n  P:\n    Type: Parallel\n    Branches:\n      - StartAt: W\n        States:\n          W:\n            Type: Wait\n            |",
      ),
    ],
    ["Method", ...inTask(`"Arguments": {"|"}`, "    Arguments:\n      |")],
    ["Accept", ...inTask(`"Arguments": {"Headers": {"|"}}`, "    Arguments:\n      Headers:\n        |")],
    ["GET", ...inTask(`"Arguments": {"Method": "|"}`, "    Arguments:\n      Method: |")],
    ["Parallel", ...places(`{"States": {"A": {"Type": "|"}}}`, "States:\n  A:\n    Type: |")],
    ["FULL", ...inTask(`"Retry": [{"JitterStrategy": "|"}]`, "    Retry:\n      - JitterStrategy: |")],
    [
      "States.Timeout",
      ...inTask(`"Retry": [{"ErrorEquals": ["|"]}]`, "    Retry:\n      - ErrorEquals: [|]"),
    ],
    [
      "States.Timeout",
      ...inTask(`"Retry": [{"ErrorEquals": ["|"]}]`, "    Retry:\n      - ErrorEquals:\n          - |"),
    ],
    [
      HTTP,
      ...places(
        `{"States": {"A": {"Type": "Task", "Resource": "|"}}}`,
        "States:\n  A:\n    Type: Task\n    Resource: |",
      ),
    ],
    ["JSONata", ...places(`{"QueryLanguage": "|"}`, "QueryLanguage: |")],
  ] as [string, [Notation, string], [Notation, string]][])(
    "offers %s at %s and %s",
    async (label, [, json], [, yaml]) => {
      expect(await at(json, "json")).toContain(label);
      expect(await at(yaml, "yaml")).toContain(label);
    },
  );

  it.each(
    places(
      `{"States": {"P": {"Type": "Parallel", "QueryLanguage": "JSONata", "Branches": [{"States": {"T": {"Type": "Task", |}}}], |}}}`,
      "States:\n  P:\n    Type: Parallel\n    QueryLanguage: JSONata\n    Branches:\n      - States:\n          T:\n            Type: Task\n            |\n    |\n",
    ),
  )("%s takes a state's language for its own, not for the states inside it", async (notation, text) => {
    const [before = "", between = "", after = ""] = text.split("|");
    const inside = await at(`${before}|${between}${after}`, notation);
    expect(inside).toContain("Parameters");
    expect(inside).not.toContain("Arguments");
    expect(await at(`${before}${between}|${after}`, notation)).toContain("Arguments");
  });

  it.each(inTask(`"Next": "|"`, "    Next: |"))(
    "%s offers the other states of the same machine",
    async (notation, text) => {
      expect(await at(text, notation)).toEqual(["B"]);
    },
  );

  it.each(
    places(
      `{"StartAt": "|", "States": {"P": {"Type": "Parallel", "Branches": [{"StartAt": "L", "States": {"L": {"Type": "Pass"}}}]}}}`,
      "StartAt: |\nStates:\n  P:\n    Type: Parallel\n    Branches:\n      - StartAt: L\n        States:\n          L:\n            Type: Pass\n",
    ),
  )("%s names no state of a branch from outside, nor one from inside", async (notation, text) => {
    expect(await at(text, notation)).toEqual(["P"]);
    const inside = text.replace("|", "P").replace(/(StartAt"?: "?)L/, "$1|");
    expect(await at(inside, notation)).toEqual(["L"]);
  });

  it.each(inTask(`"Arguments": {"Data": {"|"}}`, "    Arguments:\n      Data:\n        |"))(
    "%s offers nothing in data of the author's own",
    async (notation, text) => {
      expect(await at(text, notation)).toEqual([]);
      expect(await at(text.replace("Data", "Retry"), notation)).toEqual([]);
    },
  );

  it.each(inTask(`"Output": "{% $states.input.| %}"`, `    Output: "{% $states.input.| %}"`))(
    "%s completes what the state saw in the last run inside of expressions",
    async (notation, text) => {
      expect(await at(text, notation)).toEqual(["seenByA"]);
      expect((await at(text.replace("$states.input.|", "$la|"), notation, false))[0]).toBe("$later");
      expect((await at(text.replace("$states.input.|", "$upp|"), notation))[0]).toBe("$uppercase");
    },
  );

  it("completes in texts of several lines and in plain ones", async () => {
    expect(await at(yamlTask("    Output: >-\n      {%\n        $states.input.|"), "yaml")).toEqual([
      "seenByA",
    ]);
    expect(await at(yamlTask("    Output: '{% $states.result.|"), "yaml")).toEqual(["made"]);
    expect(await at(yamlTask("    Arguments:\n      ApiEndpoint: '{% $states.input.| %}'"), "yaml")).toEqual([
      "seenByA",
    ]);
  });

  it.each(
    places(
      `{"States": {"A": {"Type": "Pass", "InputPath": "$.|"}}}`,
      "States:\n  A:\n    Type: Pass\n    InputPath: $.|",
    ),
  )("%s completes paths in JSONPath; in a ResultSelector $ is the result", async (notation, text) => {
    expect(await at(text, notation)).toEqual(["seenByA"]);
    const selector = text.includes("{")
      ? `{"States": {"A": {"Type": "Task", "ResultSelector": {"x.$": "$.|"}}}}`
      : "States:\n  A:\n    Type: Task\n    ResultSelector:\n      x.$: $.|";
    expect(await at(selector, notation)).toEqual(["made"]);
  });

  it("narrows to what is typed", async () => {
    expect((await at(task(`"Tim|`), "json", false))[0]).toBe("TimeoutSeconds");
    expect((await at(task(`Tim|`), "json", false))[0]).toBe("TimeoutSeconds");
    expect((await at(yamlTask("    Tim|"), "yaml", false))[0]).toBe("TimeoutSeconds");
    expect(await at(`{"States": {"A": {"Type": "Par|`, "json", false)).toEqual(["Parallel"]);
    expect(await at("States:\n  A:\n    Type: Par|", "yaml", false)).toEqual(["Parallel"]);
    expect(await at(task(`"Zebra|`), "json", false)).toEqual([]);
  });

  it.each([
    ...inTask(`|`, "    |"),
    ["yaml", yamlTask("    # not in | a comment")] as [Notation, string],
    ["yaml", yamlTask("    Comment: |\n")] as [Notation, string],
  ])("%s says nothing unasked while no name is typed", async (notation, text) => {
    expect(await at(text, notation, false)).toEqual([]);
  });

  it.each(
    places(
      `{"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:put|"`,
      "States:\n  A:\n    Type: Task\n    Resource: arn:aws:states:::aws-sdk:s3:put|\n",
    ),
  )("%s asks for actions of AWS by what was typed of a Resource", async (notation, text) => {
    expect(await at(text, notation)).toContain("found s3 put");
    expect(await at(text.replace("Resource", "Comment"), notation)).not.toContain("found s3 put");
  });

  it.each(
    places(
      `{"States": {"A": {"Type": "Task", "Resource": "s3 p|"}}}`,
      "States:\n  A:\n    Type: Task\n    Resource: s3 p|\n",
    ),
  )(
    "%s shows all actions that were found, in the server's order, with their service",
    async (notation, text) => {
      const options = (await ask(text, notation))?.options ?? [];
      expect(options.map(({ label, detail }) => [label, detail])).toEqual([
        ["found a bucket's", "Amazon S3"],
        ["found s3 p", "Amazon S3"],
        ["found the least close", "Amazon S3"],
      ]);
      const made = parse(await chosen(text, notation, "found s3 p")) as {
        States: Record<string, JsonObject>;
      };
      expect(made.States["A"]?.["Resource"]).toBe("found s3 p");
    },
  );
});

describe("writing what was chosen", () => {
  it("closes what is open, takes a colon that is there, and puts in a missing comma", async () => {
    expect(await chosen(`{"Start|"}`, "json", "StartAt")).toBe(`{"StartAt": ""}`);
    expect(await chosen(`{"Start|": 3}`, "json", "StartAt")).toBe(`{"StartAt": 3}`);
    expect(await chosen(`{"StartAt": "A"\n |}`, "json", "TimeoutSeconds")).toBe(
      `{"StartAt": "A",\n "TimeoutSeconds": }`,
    );
    expect(await chosen(task(`"Next": |`), "json", "B")).toBe(task(`"Next": "B"`));
    expect(await chosen(task(`"Next": "|y"`), "json", "B")).toBe(task(`"Next": "B"`));
    expect(await chosen("Start|: A", "yaml", "StartAt")).toBe("StartAt: A");
    expect(await chosen(yamlTask("    Ret|"), "yaml", "Retry")).toBe(yamlTask("    Retry:\n      - "));
    expect(await chosen(yamlTask("    Next: '|y'"), "yaml", "B")).toBe(yamlTask("    Next: B"));
  });
});

/** What is typed of a name, its closing quotation mark written by the editor or not. */
const halfWritten = (word: string) => [`"${word}|"`, `"${word}|`];

describe("a field's name that is being written in JSON", () => {
  const fields = ['"Type": "Task"', '"Resource": "x"', '"End": true'];
  /** The fields of a state with a line put in among them, and no comma that is left over. */
  const withLine = (place: number, line: string) => {
    const before = fields.slice(0, place).map((field) => `${field},`);
    const lines = [...before, line, fields.slice(place).join(",\n")];
    return `{"StartAt": "A", "States": {"A": {\n${lines.join("\n")}\n}}}`;
  };

  it.each(
    [0, 1, 2, 3].flatMap((place) => ["", "Res"].flatMap(halfWritten).map((line) => [place, line] as const)),
  )("hides no field that is there at place %i: %s", async (place, line) => {
    const offered = await at(withLine(place, line), "json", false);
    expect(offered).not.toContain("Resource");
    expect(offered).not.toContain("End");
    expect(offered).toContain("ResultSelector");
  });

  it.each(
    [0, 1, 2, 3].flatMap((place) => ["", "Com"].flatMap(halfWritten).map((line) => [place, line] as const)),
  )("becomes a field beside the others at place %i: %s", async (place, line) => {
    const made = JSON.parse(await chosen(withLine(place, line), "json", "Comment")) as JsonObject;
    const state = (made["States"] as JsonObject)["A"] as JsonObject;
    expect(state).toEqual({ Type: "Task", Resource: "x", End: true, Comment: "" });
    expect(Object.keys(state)[place]).toBe("Comment");
  });

  it("has its caret within the value that is to be written, before the comma", async () => {
    const found = await ask(withLine(1, '"|"'), "json");
    const held = (label: string) => {
      const option = found?.options.find((each) => each.label === label);
      return option && `${option.insert.slice(0, option.caret)}|${option.insert.slice(option.caret)}`;
    };
    expect(held("Comment")).toBe('"Comment": "|",');
    expect(held("TimeoutSeconds")).toBe('"TimeoutSeconds": |,');
  });

  it.each(halfWritten("Com"))("leaves what stands after it in its place: %s", async (line) => {
    const inside = (label: string) => withLine(2, line.replace("|", "")).replace('"End": true', label);
    expect(await at(inside('"Next": "|"'), "json")).toEqual([]);
    expect(await at(inside('"Retry": [{"|"}]'), "json")).toContain("BackoffRate");
  });
});

describe("a new state", () => {
  const json = `{
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Pass",
      "Next": "B"
    }
    |
  }
}`;
  const yaml = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n  |\n";

  it("is offered for each type and for the integrations, after a state", async () => {
    for (const [notation, text] of places(json, yaml)) {
      const found = await at(text, notation);
      expect(found).toEqual(
        expect.arrayContaining([
          "Task",
          "Choice",
          "Map",
          "Parallel",
          "Wait",
          "Pass",
          "Succeed",
          "Fail",
          "Task: HTTP call",
        ]),
      );
    }
    expect(await at(json.replace("    }\n    |", "    }|"), "json")).toContain("Choice");
    expect(await at(yaml.replace("  |", "  Cho|"), "yaml", false)).toContain("Choice");
    expect(await at(`{"States": {|}}`, "json")).toContain("Choice");
    expect(await at("States:\n  |", "yaml")).toContain("Choice");
  });

  it("gets the name that is waited for, else a free one, and leads where the state before does", async () => {
    for (const [notation, text] of places(json, yaml)) {
      const first = parse(await chosen(text, notation, "Wait")) as JsonObject;
      expect(first["States"]).toEqual({
        A: { Type: "Pass", Next: "B" },
        B: { Type: "Wait", Seconds: 5, End: true },
      });
    }
    const between = `{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, | "B": {"Type": "Wait", "Seconds": 1, "End": true}}}`;
    const made = parse(await chosen(between, "json", "Task: HTTP call")) as { States: JsonObject };
    expect(Object.keys(made.States)).toEqual(["A", "HTTP call", "B"]);
    expect(made.States["HTTP call"]).toMatchObject({ Type: "Task", QueryLanguage: "JSONata", Next: "B" });
    const again = parse(
      await chosen(
        "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: Wait\n  |\n  Wait:\n    Type: Wait\n    Seconds: 1\n    End: true\n",
        "yaml",
        "Wait",
      ),
    ) as { States: JsonObject };
    expect(Object.keys(again.States)).toEqual(["A", "Wait 2", "Wait"]);
    expect(again.States["Wait 2"]).toMatchObject({ Next: "Wait" });
  });

  const first = '"A": {\n"Type": "Pass",\n"Next": "B"\n}';
  const last = '"B": {\n"Type": "Succeed"\n}';
  const placed: [string, (line: string) => string, string[]][] = [
    ["first", (line) => `${line}\n${first},\n${last}`, ["Pass", "A", "B"]],
    ["between", (line) => `${first},\n${line}\n${last}`, ["A", "Pass", "B"]],
    ["last", (line) => `${first},\n${last},\n${line}`, ["A", "B", "Pass"]],
  ];
  it.each(
    placed.flatMap(([place, put, names]) =>
      ["", "Pa", "Pass"].flatMap(halfWritten).map((line) => [place, line, put, names] as const),
    ),
  )("written %s in JSON, from %s, doubles none that is there", async (place, line, put, names) => {
    const text = `{"StartAt": "A", "States": {\n${put(line)}\n}}`;
    const { States } = JSON.parse(await chosen(text, "json", "Pass")) as {
      States: Record<string, JsonObject>;
    };
    expect(Object.keys(States)).toEqual(names);
    expect(States["A"]).toEqual({ Type: "Pass", Next: "B" });
    expect(States["B"]).toEqual({ Type: "Succeed" });
    expect(States["Pass"]).toEqual({
      Type: "Pass",
      ...(place === "between" ? { Next: "B" } : { End: true }),
    });
  });

  it.each(halfWritten("Wa"))("that is found by a part of its name leads on too: %s", async (line) => {
    const text = `{"StartAt": "A", "States": {\n${first},\n${line}\n${last}\n}}`;
    const { States } = JSON.parse(await chosen(text, "json", "Wait")) as {
      States: Record<string, JsonObject>;
    };
    expect(Object.keys(States)).toEqual(["A", "Wait", "B"]);
    expect(States["Wait"]).toEqual({ Type: "Wait", Seconds: 5, Next: "B" });
  });

  const palette: Knowledge = {
    ...knowledge,
    states: [
      {
        title: "Choice",
        description: "",
        template: { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "" }], Default: "" },
      },
      {
        title: "Map",
        description: "",
        template: {
          Type: "Map",
          Iterator: {
            StartAt: "A",
            States: {
              A: {
                Type: "Task",
                Resource: HTTP,
                Arguments: {},
                Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }],
                Next: "C",
              },
              C: { Type: "Choice", Choices: [{ Condition: "{% $x %}", Next: "A" }], Default: "B" },
              B: { Type: "Pass", End: true },
            },
          },
        },
      },
    ],
  };

  it("has names inside it that are free, and transitions that lead to them", async () => {
    // "B" is the name that the new state itself gets.
    const made = parse(await chosen(json, "json", "Map", palette)) as { States: Record<string, JsonObject> };
    const { StartAt, States } = made.States["B"]?.["Iterator"] as { StartAt: string; States: JsonObject };
    expect(Object.keys(States)).toEqual(["A 2", "C", "B 2"]);
    expect(StartAt).toBe("A 2");
    expect(States["A 2"]).toMatchObject({ Catch: [{ Next: "B 2" }], Next: "C" });
    expect(States["C"]).toMatchObject({ Choices: [{ Next: "A 2" }], Default: "B 2" });
  });

  it("in JSONPath is marked where it speaks JSONata, and what is inside it by itself", async () => {
    const made = parse(await chosen(json, "json", "Map", palette)) as { States: Record<string, JsonObject> };
    expect(made.States["B"]).not.toHaveProperty("QueryLanguage");
    const { States } = made.States["B"]?.["Iterator"] as { States: Record<string, JsonObject> };
    expect(States["A 2"]).toHaveProperty("QueryLanguage", "JSONata");
    expect(States["B 2"]).not.toHaveProperty("QueryLanguage");
    const chose = parse(await chosen(json, "json", "Choice", palette)) as { States: JsonObject };
    expect(chose.States["B"]).toEqual({
      Type: "Choice",
      Choices: [{ Variable: "$.value", NumericEquals: 1, Next: "A" }],
      Default: "A",
    });
  });

  it.each(["Task", "Choice", "Map", "Parallel", "Wait", "Pass", "Succeed", "Fail"])(
    "of type %s can be read in both",
    async (label) => {
      for (const [notation, text] of places(json, yaml)) {
        const made = parse(await chosen(text, notation, label)) as { States: Record<string, JsonObject> };
        expect(made.States["B"]?.["Type"]).toBe(label);
      }
    },
  );
});

describe("help under the pointer, in JSON and in YAML", () => {
  const help = (marked: string, notation: Notation) => {
    const { source, offset } = markedSource(marked, notation);
    return helpAt(source, offset, knowledge);
  };

  it.each([
    ...inTask(`"Time|outSeconds": 3`, "    Time|outSeconds: 3").map(
      (each) => [...each, "Time limit", /\w+/] as const,
    ),
    ...inTask(`"Arguments": {"Met|hod": "GET"}`, "    Arguments:\n      Met|hod: GET").map(
      (each) => [...each, "Method", /^/] as const,
    ),
    ...places(
      `{"States": {"A": {"Type": "Task", "Resource": "${HTTP.replace("in", "in|")}"}}}`,
      `States:\n  A:\n    Type: Task\n    Resource: ${HTTP.replace("in", "in|")}\n`,
    ).map((each) => [...each, "HTTP call", /http/] as const),
    ...inTask(`"Next": "|B"`, "    Next: |B").map((each) => [...each, "B", /Succeed/] as const),
    ...inTask(`"Output": "{% $upper|case('a') %}"`, `    Output: "{% $upper|case('a') %}"`).map(
      (each) => [...each, "$uppercase(text)", /capitals/] as const,
    ),
  ])("%s says what %s is", (notation, text, title, words) => {
    const found = help(text, notation);
    if (title !== "Time limit") expect(found?.title).toBe(title);
    expect(found?.text).toMatch(words);
  });

  it.each([...inTask(`"Odd|": 3`, "    Odd|: 3"), ...inTask(`"Comment": "wo|rds"`, "    Comment: wo|rds")])(
    "%s says nothing of what it does not know: %s",
    (notation, text) => {
      expect(help(text, notation)).toBeNull();
    },
  );
});
