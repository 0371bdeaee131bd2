import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/* Who may import whom. Each room lists what it must not reach; everything else in src is open to it. */
const rooms = {
  asl: "document graph canvas palette inspector code execution ui api app pages",
  document: "graph canvas palette inspector code execution ui api app pages",
  graph: "canvas palette inspector code execution ui api app pages",
  ui: "asl document graph canvas palette inspector code execution api app pages",
  api: "asl document graph canvas palette inspector code execution ui app pages",
  canvas: "palette inspector code execution app pages",
  palette: "canvas inspector code execution app pages",
  inspector: "canvas palette code execution app pages",
  code: "canvas palette inspector execution app pages",
  execution: "palette inspector code app pages",
  pages: "app",
};

const zones = Object.entries(rooms).map(([room, closed]) => ({
  files: [`src/${room}/**/*.{ts,tsx}`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: closed.split(" ").map((other) => ({
          regex: `^(@/|(\\.\\./)+)${other}(/|$)`,
          message: `${room} must not import ${other}: pages -> canvas | palette | inspector | code | execution -> document | graph -> asl.`,
        })),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["dist", "coverage", "node_modules", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-console": ["error", { allow: ["error", "warn"] }],
      // Served over plain http from another machine, a page has neither.
      "no-restricted-properties": [
        "error",
        { object: "crypto", property: "randomUUID", message: "Not without https: see api/requestToken.ts." },
        { object: "crypto", property: "subtle", message: "Not without https." },
        { object: "navigator", property: "clipboard", message: "Not without https: see ui/clipboard.ts." },
      ],
      eqeqeq: ["error", "always", { null: "ignore" }],
      // A dialog moves the focus into itself; that is what autofocus is for there.
      "jsx-a11y/no-autofocus": "off",
    },
  },
  {
    files: ["public/**/*.js"],
    languageOptions: { sourceType: "script", globals: { localStorage: "readonly", document: "readonly" } },
  },
  ...zones,
);
