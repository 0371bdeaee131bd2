import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { openDocument, type Layout } from "@/document/document.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph } from "@/graph/layout.ts";
import { pictureOf } from "@/graph/picture.ts";
import { THEMES } from "@/graph/pictureThemes.ts";

const definition = {
  StartAt: "Ask <& tell>",
  States: {
    "Ask <& tell>": {
      Type: "Choice",
      Choices: [{ Condition: "{% $x = 1 %}", Next: "Both" }],
      Default: "Done",
    },
    Both: {
      Type: "Parallel",
      Branches: ["L", "R"].map((name) => ({
        StartAt: name,
        States: { [name]: { Type: "Pass", End: true } },
      })),
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Done" }],
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};
const picture = (layout: Partial<Layout> = {}, theme: "light" | "dark" = "light") =>
  pictureOf(
    placeGraph(deriveGraph(openDocument(JSON.stringify(definition)).definition), {
      positions: {},
      ...layout,
    }),
    { title: "A <workflow>", theme },
  );
const parsed = (svg: string) => new DOMParser().parseFromString(svg, "image/svg+xml");

describe("the picture of a graph", () => {
  it("is one SVG of shapes and words, with every name and label in it", () => {
    const svg = picture();
    const words = [...parsed(svg).querySelectorAll("text")].map((each) => each.textContent);
    expect(words).toEqual(
      expect.arrayContaining(["Start", "Ask <& tell>", "Both", "L", "R", "Done", "x is 1", "any error"]),
    );
    expect(parsed(svg).querySelector("title")?.textContent).toBe("A <workflow>");
    expect(svg).not.toMatch(/<(script|image|foreignObject|style|a)\b|href|url\(/);
  });

  it("has its colours by value, those of the theme that is asked for", () => {
    expect(picture({}, "dark")).toContain(`fill="${THEMES.dark["surface-canvas"]}"`);
    expect(picture({}, "light")).not.toContain("var(");
  });

  it("draws what is folded as a card, what is disabled dashed, and notes with their words", () => {
    const folded = picture({ folded: ["Both"] });
    expect(folded).toContain("2 states");
    expect(folded).not.toContain(">L<");
    const note = {
      id: "n",
      x: 0,
      y: -90,
      width: 200,
      height: 80,
      text: "# Mind\n- this",
      tone: "sand" as const,
    };
    const noted = picture({ notes: [note] });
    expect(noted).toContain(">Mind<");
    expect(noted).toContain(">– this<");
    expect(noted).toContain(THEMES.light["note-sand"]);
  });

  it("has the values that the tokens have", () => {
    const sheets = ["tokens.css", "studio.tokens.css"].map((name) =>
      readFileSync(join(process.cwd(), "src/ui", name), "utf8"),
    );
    const block = (selector: string) =>
      sheets
        .map((css) => css.slice(css.indexOf(`${selector} {`)))
        .map((rest) => rest.slice(0, rest.indexOf("}")))
        .join("\n");
    for (const [theme, selector] of [
      ["light", ":root"],
      ["dark", ':root[data-theme="dark"]'],
    ] as const)
      for (const [token, value] of Object.entries(THEMES[theme]))
        expect(block(selector), `${theme} ${token}`).toContain(`--${token}: ${value};`);
  });
});

const wild = resolve(process.env["CUELIGHT_CONFORMANCE"] ?? "../../shared/conformance", "wild");

describe.runIf(existsSync(wild))("pictures of definitions found in the wild", () => {
  const files = existsSync(wild) ? readdirSync(wild).filter((name) => name.endsWith(".json")) : [];
  it.each(files)("%s has a picture that can be read", (name) => {
    const { definition: found } = JSON.parse(readFileSync(join(wild, name), "utf8")) as {
      definition: object;
    };
    const graph = placeGraph(deriveGraph(openDocument(JSON.stringify(found)).definition));
    const read = parsed(pictureOf(graph));
    expect(read.querySelector("parsererror")).toBeNull();
    expect(read.querySelectorAll("path").length).toBeGreaterThan(0);
  });
});
