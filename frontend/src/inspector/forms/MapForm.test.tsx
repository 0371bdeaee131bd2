import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";

import { InspectedState, written } from "@/inspector/testing.tsx";

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
});

const INNER = { StartAt: "A", States: { A: { Type: "Pass", End: true } } };

it("finds the mode of a Map whose processor stands under the older name", async () => {
  const user = userEvent.setup();
  const mode = ["Iterator", "ProcessorConfig", "Mode"];
  render(
    <InspectedState
      language="JSONPath"
      state={{ Type: "Map", Iterator: INNER, End: true }}
      problems={[{ field: mode, message: "Not in Express.", severity: "ERROR" }]}
      focus={{ field: mode, request: 1 }}
    />,
  );
  const group = screen.getByRole("group", { name: "Iterations" });
  expect(group).toContainElement(document.activeElement as HTMLElement);
  expect(group.closest("[data-field]")).toHaveAttribute("data-field", "Iterator/ProcessorConfig/Mode");
  expect(screen.getByText("Not in Express.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Distributed" }));
  expect(written("Iterator", "ProcessorConfig", "Mode")).toBe("DISTRIBUTED");
  expect(written("ItemProcessor")).toBeUndefined();
});

it("shows the items by the field in which they stand, also where it is the other language's", () => {
  const map = { Type: "Map", ItemProcessor: INNER, End: true };
  const { unmount } = render(<InspectedState language="JSONPath" state={{ ...map, Items: [1, 2] }} />);
  expect(screen.getByLabelText(/^The list/)).toHaveValue("[\n  1,\n  2\n]");
  unmount();
  render(<InspectedState language="JSONata" state={{ ...map, ItemsPath: "$.orders" }} />);
  expect(screen.getByLabelText(/^The path/)).toHaveValue("$.orders");
});
