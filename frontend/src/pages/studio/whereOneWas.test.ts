import { expect, test } from "vitest";

import { openDocument, readLayout } from "@/document/document.ts";
import { commit, startHistory, undo } from "@/document/history.ts";
import { historyOf, keepHistory, keepSelected, keepView, selectedIn, viewIn } from "./whereOneWas.ts";

const opened = () =>
  openDocument('{"StartAt": "A"}', readLayout({ positions: { A: { x: 1, y: 2 }, B: { x: 3, y: 4 } } }));

test("who comes back to the draft they left can still undo, whatever order the server's fields have", () => {
  const edited = commit(startHistory(openDocument("{}", readLayout({}))), opened(), "add A");
  keepHistory("left", edited);
  keepSelected("left", ["A"]);
  keepView("left", { start: { x: 5, y: 6 }, zoom: 0.5 });
  const again = openDocument(
    '{"StartAt": "A"}',
    readLayout({ positions: { B: { y: 4, x: 3 }, A: { y: 2, x: 1 } } }),
  );
  expect(undo(historyOf("left", again)).present.text).toBe("{}");
  expect(selectedIn("left")).toEqual(["A"]);
  expect(viewIn("left")).toEqual({ start: { x: 5, y: 6 }, zoom: 0.5 });
});

test("a draft that was changed elsewhere starts anew", () => {
  keepHistory("changed", commit(startHistory(openDocument("{}", readLayout({}))), opened(), "add A"));
  const elsewhere = openDocument('{"StartAt": "B"}', readLayout({}));
  expect(historyOf("changed", elsewhere).past).toEqual([]);
});

test("only the workflows that were drawn last are kept", () => {
  for (let number = 0; number < 20; number += 1) {
    keepHistory(`many ${number}`, startHistory(opened()));
    keepSelected(`many ${number}`, ["A"]);
  }
  expect(selectedIn("many 0")).toEqual([]);
  expect(selectedIn("many 19")).toEqual(["A"]);
});
