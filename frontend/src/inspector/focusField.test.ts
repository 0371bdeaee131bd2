import { beforeEach, expect, it, vi } from "vitest";
import { focusField } from "./focusField.ts";

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
});

const SWITCH = `<span data-segmented role="group"><button>List</button><button>JSONata</button></span>`;
const INFO = `<button data-info>i</button>`;

function focused(html: string, ...field: string[]): string | null {
  document.body.innerHTML = html;
  focusField(document.body, field);
  return document.activeElement?.id ?? null;
}

it("goes to what is typed into, past the switch of the kind and the way to the help", () => {
  const html = `<div data-field="Arguments/To">${INFO}${SWITCH}<input id="to" /></div>`;
  expect(focused(html, "Arguments", "To")).toBe("to");
});

it("goes to the button that adds one, where a list is empty", () => {
  const html = `<div data-field="Arguments/To">${INFO}${SWITCH}<button id="add">Person</button></div>`;
  expect(focused(html, "Arguments", "To")).toBe("add");
});

it("finds the expression of a field that stands under another name", () => {
  const html = `<div data-field="Seconds" data-expression="SecondsPath">${SWITCH}<textarea id="path"></textarea></div>`;
  expect(focused(html, "SecondsPath")).toBe("path");
});

it("goes to the innermost place that there is", () => {
  const html = `<div data-field="Retry"><div data-field="Retry/1"><input id="second" /></div></div>`;
  expect(focused(html, "Retry", "1", "MaxAttempts")).toBe("second");
});
