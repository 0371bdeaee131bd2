import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import type { CatalogItem } from "@/api/types.ts";
import type { JsonObject } from "@/asl/types.ts";
import { InspectedState, written } from "@/inspector/testing.tsx";

const ITEM: CatalogItem = {
  id: "ask",
  title: "Ask",
  description: "",
  icon: "user-check",
  resource: "arn:x",
  type: "Task",
  template: {},
  arguments_schema: {
    type: "object",
    required: ["Question"],
    properties: {
      Question: { type: "string" },
      Details: { type: ["string", "object"] },
      MaxTokens: { type: "integer", default: 256 },
      To: { type: "array", items: { type: "string" } },
      Comment: { type: "string", enum: ["none", "optional"] },
    },
  },
};

const PROBLEMS = [
  { field: ["Arguments", "Question"], message: "Ask something.", severity: "ERROR" },
] as const;

const Form = (props: { state: JsonObject; language?: "JSONata" | "JSONPath" }) => (
  <InspectedState item={ITEM} problems={PROBLEMS} {...props} />
);
const task = (args: JsonObject): JsonObject => ({
  Type: "Task",
  Resource: "arn:x",
  Arguments: args,
  End: true,
});

it("writes each kind of argument as its kind, and takes an emptied one away", async () => {
  const user = userEvent.setup();
  render(<Form state={task({ Question: "" })} />);
  await user.type(screen.getByLabelText(/^Question/), "Which?");
  await user.type(screen.getByLabelText(/^Max tokens/), "12");
  await user.selectOptions(screen.getAllByLabelText(/^Comment/)[0] as HTMLElement, "optional");
  expect(written("Arguments")).toEqual({ Question: "Which?", MaxTokens: 12, Comment: "optional" });
  await user.clear(screen.getByLabelText(/^Max tokens/));
  expect(written("Arguments")).toEqual({ Question: "Which?", Comment: "optional" });
});

it("shows what is wrong below the field that it is about", () => {
  render(<Form state={task({ Question: "" })} />);
  expect(screen.getByLabelText(/^Question/)).toHaveAccessibleDescription("Ask something.");
});

it("switches a text to JSONata and back", async () => {
  const user = userEvent.setup();
  render(<Form state={task({ Question: "Which?" })} />);
  const kind = screen.getByRole("group", { name: "Kind of value of Question" });
  await user.click(kind.querySelectorAll("button")[1] as HTMLElement);
  expect(written("Arguments", "Question")).toBe('{% "Which?" %}');
  await user.click(kind.querySelectorAll("button")[0] as HTMLElement);
  expect(written("Arguments", "Question")).toBe("Which?");
});

it("an object where a text may stand stays an object", async () => {
  const user = userEvent.setup();
  render(<Form state={task({ Question: "?", Details: { a: "b" } })} />);
  const details = screen.getByLabelText(/^Details/);
  await user.clear(details);
  await user.type(details, '{{"a": "c"}');
  expect(written("Arguments", "Details")).toEqual({ a: "c" });
});

it("in JSONPath an expression stands in the field that ends in .$", async () => {
  const user = userEvent.setup();
  render(
    <Form
      language="JSONPath"
      state={{ Type: "Task", Resource: "arn:x", Parameters: { Question: "x" }, End: true }}
    />,
  );
  const kind = screen.getByRole("group", { name: "Kind of value of Question" });
  await user.click(kind.querySelectorAll("button")[1] as HTMLElement);
  expect(written("Parameters")).toEqual({ "Question.$": "$." });
});

it("a chosen next state replaces the end", async () => {
  const user = userEvent.setup();
  render(<Form state={task({ Question: "?" })} />);
  await user.selectOptions(screen.getByLabelText(/^Next state/), "N");
  expect([written("Next"), written("End")]).toEqual(["N", undefined]);
});

it("a name that is taken is refused with the reason", async () => {
  const user = userEvent.setup();
  render(<Form state={task({ Question: "?" })} />);
  await user.clear(screen.getByLabelText("Name"));
  await user.type(screen.getByLabelText("Name"), "N{Enter}");
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription("Another state is called that.");
});

it("JSON stays as it was typed when its field is left, so that nothing below it moves", async () => {
  const user = userEvent.setup();
  render(<Form state={task({ Question: "?", Details: { a: "b" } })} />);
  const details = screen.getByLabelText(/^Details/);
  await user.clear(details);
  await user.paste('{"a": [1, 2]}');
  await user.tab();
  expect(details).toHaveValue('{"a": [1, 2]}');
  expect(written("Arguments", "Details")).toEqual({ a: [1, 2] });
});

it("tells a warning from an error at every field, and for the state as a whole", () => {
  const warned = (field: string[]) =>
    ({ field, message: `Look at ${field.join("/")}.`, severity: "WARNING" }) as const;
  render(
    <InspectedState
      state={{ Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "N" }] }}
      problems={[
        warned([]),
        warned(["Choices"]),
        warned(["Choices", "0", "Next"]),
        { field: ["Choices", "0", "Next"], message: "It leads nowhere.", severity: "ERROR" },
        warned(["Default"]),
      ]}
    />,
  );
  expect(screen.getByLabelText("Go on with")).toHaveAccessibleDescription("It leads nowhere.");
  expect(screen.getByLabelText("Go on with")).toBeInvalid();
  expect(screen.getByLabelText("Otherwise")).toHaveAccessibleDescription("Look at Default.");
  expect(screen.getByLabelText("Otherwise")).toBeValid();
  expect(screen.getByText("Look at Choices.")).toBeVisible();
  expect(screen.getByText("Look at .")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});
