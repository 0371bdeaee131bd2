/** The tokens that a picture needs, by value: it is looked at where no style sheet of ours is. */
export const THEMES = {
  light: {
    "surface-canvas": "#f1f1ee",
    surface: "#ffffff",
    "surface-sunken": "#f7f7f5",
    text: "#1b1d1f",
    "text-secondary": "#50555c",
    "text-muted": "#62676e",
    "card-border": "#d3d4cf",
    "border-control": "#85898f",
    edge: "#777c83",
    "note-plain": "#e9e9e5",
    "note-petrol": "#ddecee",
    "note-sand": "#f3ecda",
  },
  dark: {
    "surface-canvas": "#0f1012",
    surface: "#1a1c1f",
    "surface-sunken": "#141618",
    text: "#ecedee",
    "text-secondary": "#b3b8be",
    "text-muted": "#979da5",
    "card-border": "#363a3f",
    "border-control": "#7b828a",
    edge: "#7f868e",
    "note-plain": "#2b2e31",
    "note-petrol": "#18343a",
    "note-sand": "#35301f",
  },
} as const;

export type Theme = Readonly<Record<keyof (typeof THEMES)["light"], string>>;
