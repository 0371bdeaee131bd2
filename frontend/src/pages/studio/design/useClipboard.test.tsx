import { render, renderHook, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { Confirm, Dialog } from "@/ui/Dialog.tsx";
import { useClipboard } from "./useClipboard.ts";

const nothing = () => undefined;

function clipboard() {
  const clip = { copy: vi.fn(() => "{}"), cut: vi.fn(), paste: vi.fn(), pasteWithLinks: vi.fn() };
  renderHook(() => useClipboard(clip, true));
  return clip;
}

function paste() {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => "{}" } });
  document.body.dispatchEvent(event);
}

it("pastes states and cuts them", () => {
  const clip = clipboard();
  paste();
  document.body.dispatchEvent(new Event("cut", { bubbles: true, cancelable: true }));
  expect(clip.paste).toHaveBeenCalledExactlyOnceWith("{}");
  expect(clip.cut).toHaveBeenCalledOnce();
});

it.each([
  ["dialog", <Dialog key="" open title="Run it" actions={null} onClose={nothing} />],
  [
    "alertdialog",
    <Confirm
      key=""
      open
      title="Delete it?"
      text="It is gone then."
      act="Delete"
      keep="Keep it"
      onClose={nothing}
      onConfirm={nothing}
    />,
  ],
])("leaves the graph alone below an open %s", (role, dialog) => {
  const clip = clipboard();
  render(dialog);
  expect(screen.getByRole(role)).toBeVisible();
  paste();
  document.body.dispatchEvent(new Event("cut", { bubbles: true, cancelable: true }));
  expect(clip.paste).not.toHaveBeenCalled();
  expect(clip.cut).not.toHaveBeenCalled();
});
