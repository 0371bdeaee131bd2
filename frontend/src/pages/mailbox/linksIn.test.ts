import { expect, it } from "vitest";
import { linksIn } from "./linksIn.ts";

it("finds the links of a plain mail without the full stop behind them", () => {
  expect(linksIn("Go to http://127.0.0.1:8000/r/abc_1. Thanks")).toEqual([
    { text: "Go to ", href: null },
    { text: "http://127.0.0.1:8000/r/abc_1", href: "http://127.0.0.1:8000/r/abc_1" },
    { text: ". Thanks", href: null },
  ]);
  expect(linksIn("no link, javascript:alert(1)")).toEqual([
    { text: "no link, javascript:alert(1)", href: null },
  ]);
});
