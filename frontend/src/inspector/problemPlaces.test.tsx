import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import type { CatalogItem } from "@/api/types.ts";
import type { JsonObject } from "@/asl/types.ts";
import type { FieldProblem } from "@/inspector/context.ts";
import { InspectedState } from "@/inspector/testing.tsx";

const error = (field: string, message: string): FieldProblem => ({
  field: field === "" ? [] : field.split("/"),
  message,
  severity: "ERROR",
});

/** Where a message is shown: the field that its place has, or "" where it is of the state. */
function placesOf(message: string): string[] {
  return screen
    .queryAllByText((text) => text.includes(message))
    .map((each) => each.closest("[data-field]")?.getAttribute("data-field") ?? "");
}

const item = (properties: JsonObject): CatalogItem => ({
  id: "x",
  title: "X",
  description: "",
  icon: "cloud",
  resource: "arn:x",
  type: "Task",
  template: {},
  arguments_schema: { type: "object", properties },
});
const task = (args: JsonObject, more: JsonObject = {}): JsonObject => ({
  Type: "Task",
  Resource: "arn:x",
  Arguments: args,
  ...more,
  End: true,
});

it("a field that shows a whole value shows what is wrong inside it, and says where", () => {
  render(
    <InspectedState
      item={item({
        Details: { type: ["string", "object"] },
        To: { type: "array", items: { type: "string" } },
      })}
      state={task({ Details: { a: "{% ( %}", b: ["x"] }, To: ["x", "y"] })}
      problems={[
        error("Arguments/Details/b/0", "It is no number."),
        error("Arguments/Details/a", "A bracket is open."),
        error("Arguments/To/1", "It is no address."),
      ]}
    />,
  );
  expect(screen.getByLabelText(/^Details/)).toHaveAccessibleDescription(
    "at b, item 1: It is no number; at a: A bracket is open.",
  );
  expect(screen.getByText("item 2: It is no address.")).toBeVisible();
  expect(placesOf("It is no address")).toEqual(["Arguments/To"]);
});

it("of many problems inside one field the first are said, and the others counted", () => {
  render(
    <InspectedState
      state={{ Type: "Succeed", Output: { a: 1 } }}
      problems={["a", "b", "c", "d", "e"].map((name) => error(`Output/${name}`, "Wrong."))}
    />,
  );
  expect(screen.getByLabelText("Output")).toHaveAccessibleDescription(
    "at a: Wrong; at b: Wrong; at c: Wrong; and 2 more",
  );
});

it("a field that an item lacks says so, and an item says what no field of it can", async () => {
  const user = userEvent.setup();
  render(
    <InspectedState
      state={task({}, { Catch: [{ ErrorEquals: ["States.ALL"] }] })}
      problems={[
        error("Catch/0", "These fields are required: [Next]"),
        error("Catch/0/Whatever", "There is no such field."),
      ]}
    />,
  );
  expect(screen.queryByText(/These fields are required/)).toBeNull();
  await user.click(screen.getByRole("tab", { name: /^Errors/ }));
  expect(screen.getByLabelText("Go on with")).toHaveAccessibleDescription(
    "These fields are required: [Next]",
  );
  expect(placesOf("These fields are required")).toEqual(["Catch/0/Next"]);
  expect(placesOf("at Whatever: There is no such field.")).toEqual(["Catch/0"]);
});

it("a group shows what is wrong with it as a whole, and leaves to its fields what is wrong with them", () => {
  render(
    <InspectedState
      item={item({
        Image: { type: "object", properties: { Bucket: { type: "string" }, Name: { type: "string" } } },
      })}
      state={task({ Image: { Bucket: "", Name: "" } })}
      problems={[
        error("Arguments/Image", "Image is empty: the call needs it."),
        error("Arguments/Image/Name", "It has no name."),
      ]}
    />,
  );
  expect(placesOf("Image is empty")).toEqual(["Arguments/Image"]);
  expect(placesOf("It has no name.")).toEqual(["Arguments/Image/Name"]);
});

it("a rule in JSONPath shows what is wrong at the test it is about", () => {
  render(
    <InspectedState
      language="JSONPath"
      state={{
        Type: "Choice",
        Choices: [{ Or: [{ Variable: "x", IsPresent: true }, { Not: {} }], Next: "N" }],
      }}
      problems={[
        error("Choices/0/Or/0/Variable", "It is no JSONPath."),
        error("Choices/0/Or/1/Not", "It compares nothing."),
        error("Choices/0/Comment", "It is no text."),
      ]}
    />,
  );
  expect(screen.getByLabelText("Rule 1, part 1: variable")).toHaveAccessibleDescription("It is no JSONPath.");
  expect(screen.getByLabelText("Rule 1, part 1: variable")).toBeInvalid();
  const second = screen.getByRole("group", { name: "Rule 1, part 2, not" });
  expect(within(second).getByText("It compares nothing.")).toBeVisible();
  // Its own field is folded away, so that the rule says it.
  expect(screen.getByText("at Comment: It is no text.")).toBeVisible();
});

it("an answer's problem stands at the list until the answer's own field is open", async () => {
  const user = userEvent.setup();
  render(
    <InspectedState
      item={item({
        Choices: {
          type: "array",
          items: { type: "object", properties: { Value: { type: "string" }, Label: { type: "string" } } },
        },
      })}
      state={task(
        { Choices: [{ Value: "yes", Label: "" }] },
        { Resource: "arn:cuelight:states:::approval:request" },
      )}
      problems={[error("Arguments/Choices/0/Label", "It is empty.")]}
    />,
  );
  expect(placesOf("item 1, Label: It is empty.")).toEqual(["Arguments/Choices"]);
  await user.click(screen.getByRole("button", { name: /^yes/ }));
  expect(screen.getByLabelText(/^Label/)).toHaveAccessibleDescription("It is empty.");
  expect(placesOf("It is empty.")).toEqual(["Arguments/Choices/0/Label"]);
});

it("what no field on the tab shows stands below the tab's fields", () => {
  render(
    <InspectedState
      state={{ Type: "Wait", Seconds: 1, Next: "N", Typo: 1, Retry: [] }}
      problems={[error("Typo", "There is no such field."), error("Retry", "A Wait state has none.")]}
    />,
  );
  expect(placesOf("at Typo: There is no such field.")).toEqual([""]);
  expect(placesOf("at Retry: A Wait state has none.")).toEqual([""]);
});
