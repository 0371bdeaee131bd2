import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { statuses } from "./status.ts";

/* WCAG AA: 4.5 for text, 3 for lines and icons. */
const TEXT = 4.5;
const GRAPHIC = 3;

const src = join(process.cwd(), "src");
const sheetsOfTokens = ["ui/tokens.css", "ui/studio.tokens.css"].map((name) =>
  readFileSync(join(src, name), "utf8").replace(/\/\*[\s\S]*?\*\//g, ""),
);

type Values = Record<string, string>;

function block(selector: string): Values {
  const bodies = sheetsOfTokens.map((css) => {
    const start = css.indexOf(`${selector} {`);
    return css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  });
  return Object.fromEntries(
    [...bodies.join("\n").matchAll(/--([\w-]+)\s*:\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
}

const light = block(":root");
const bySystem = block(':root:not([data-theme="light"])');
const byChoice = block(':root[data-theme="dark"]');

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(values: Values, fore: string, back: string): number {
  const [one, other] = [fore, back].map((name) => {
    const value = values[name];
    if (value === undefined || !/^#[0-9a-f]{6}$/.test(value)) throw new Error(`no colour: ${name}`);
    return luminance(value);
  }) as [number, number];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

type Pair = [fore: string, back: string, least: number];

function pairs(): Pair[] {
  const grounds = ["-page", "-canvas", "", "-raised", "-sunken", "-hover", "-selected"].map(
    (part) => `surface${part}`,
  );
  const each = (fores: string[], backs: string[], least: number): Pair[] =>
    fores.flatMap((fore) => backs.map((back): Pair => [fore, back, least]));
  const sides = ["surface", "surface-canvas", "surface-page", "surface-raised"];
  return [
    ...each(["text", "text-secondary", "text-muted", "text-link"], grounds, TEXT),
    ...each(["accent", "edge"], grounds, GRAPHIC),
    ...each(["border-control"], ["surface", "surface-page", "surface-raised", "surface-sunken"], GRAPHIC),
    ...each(
      ["text-danger", "text-warning"],
      ["surface", "surface-page", "surface-raised", "surface-sunken"],
      TEXT,
    ),
    ["text-inverse", "surface-inverse", TEXT],
    ...each(["text-danger", "text"], ["danger-soft"], TEXT),
    ...each(["text-warning", "text"], ["warning-soft"], TEXT),
    ["accent-strong", "accent-soft", TEXT],
    ...each(["text", "text-secondary"], ["note-plain", "note-petrol", "note-sand"], TEXT),
    ...each(["on-ink"], ["ink", "ink-hover"], TEXT),
    ...each(["on-accent"], ["accent", "accent-strong"], TEXT),
    ...each(["on-danger"], ["danger", "danger-hover"], TEXT),
    ...each(
      ["key", "string", "number", "keyword", "muted"].map((part) => `code-${part}`),
      ["surface", "surface-sunken"],
      TEXT,
    ),
    ...statuses.flatMap((status): Pair[] => {
      const [ink, ground, line] = ["fg", "bg", "border"].map((part) => `status-${status}-${part}`) as [
        string,
        string,
        string,
      ];
      return [
        ...each([ink, "text", "text-link", "text-secondary"], [ground], TEXT),
        ...each([ink], sides, TEXT),
        ...each([line], [...sides, ground], GRAPHIC),
      ];
    }),
    ...each(
      ["status-retry-ring"],
      ["surface", "surface-canvas", "surface-page", "status-retrying-bg"],
      GRAPHIC,
    ),
    ...["added", "removed", "changed"].flatMap((kind) =>
      each(
        [`diff-${kind}-fg`],
        [`diff-${kind}-bg`, "surface", "surface-canvas", "surface-sunken"],
        TEXT,
      ).concat(each(["text", "text-muted"], [`diff-${kind}-bg`], TEXT)),
    ),
    ...each(["brand-amber", "brand-green"], ["brand-box"], GRAPHIC),
  ];
}

describe("the colours", () => {
  it("are the same dark whether the system or the reader chose it", () => {
    expect(byChoice).toEqual(bySystem);
  });

  it.each([
    ["light", light],
    ["dark", { ...light, ...byChoice }],
  ])("can be told apart by everybody in %s", (_theme, values) => {
    const weak = pairs().filter(([fore, back, least]) => ratio(values, fore, back) < least);
    expect(weak).toEqual([]);
  });
});

describe("the style sheets", () => {
  const sheets = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".css") && !name.endsWith("tokens.css"))
    .map((name) => ({ name, text: readFileSync(join(src, name), "utf8") }));

  it("hold no colour of their own", () => {
    const own = sheets.flatMap(({ name, text }) =>
      [...text.matchAll(/(?<!&)#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\([^)]*\)/gi)].map(
        ([colour]) => `${name}: ${colour}`,
      ),
    );
    expect(own).toEqual([]);
  });

  it("let what scrolls hold what is placed in it: else a word for screen readers alone would scroll the page", () => {
    const loose = sheets.flatMap(({ name, text }) =>
      [...text.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/([^{};]+)\{([^{}]*)\}/g)]
        .filter(([, , rule = ""]) => /overflow(-y)?: auto/.test(rule) && !rule.includes("position:"))
        .map(([, selector = ""]) => `${name}: ${selector.trim()}`),
    );
    expect(loose).toEqual([]);
  });

  it("use no token that there is not", () => {
    const everything = [...sheetsOfTokens, ...sheets.map(({ text }) => text)].join("\n");
    const scripts = readdirSync(src, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".tsx"))
      .map((name) => readFileSync(join(src, name), "utf8"))
      .join("\n");
    const declared = new Set(
      [...everything.matchAll(/--([\w-]+)\s*:/g), ...scripts.matchAll(/["'`]--([\w-]+)["'`]/g)].map(
        ([, name]) => name,
      ),
    );
    const missing = sheets.flatMap(({ name, text }) =>
      [...text.matchAll(/var\(--([\w-]+)/g)]
        .filter(
          ([, token]) => !declared.has(token) && !token?.startsWith("radix-") && !token?.startsWith("xy-"),
        )
        .map(([, token]) => `${name}: --${token}`),
    );
    expect(missing).toEqual([]);
  });
});
