import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";

import { openDocument, withText } from "@/document/document.ts";
import { useEditor } from "./useEditor.ts";

it("takes back the step that a message tells of, and no other that came after it", () => {
  const { result } = renderHook(() => useEditor("undone-once", () => openDocument("{}")));
  const write = (text: string) =>
    result.current.edit(`write ${text}`, (document) => withText(document, text));
  act(() => write('{"a": 1}'));
  const first = result.current.undoOfLast();
  act(() => write('{"b": 1}'));
  const second = result.current.undoOfLast();
  act(() => expect(first()).toBe(false));
  expect(result.current.document.text).toBe('{"b": 1}');
  act(() => expect(second()).toBe(true));
  expect(result.current.document.text).toBe('{"a": 1}');
  act(() => expect(second()).toBe(false));
  act(() => expect(first()).toBe(true));
  expect(result.current.document.text).toBe("{}");
});
