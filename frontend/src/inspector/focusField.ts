/* The switch of a field's kind and the way to its help stand before it, and are not what was meant. */
const BESIDE = "[data-segmented] *, [data-info], [data-handle]";
const TYPED = "input, textarea, select";

/** Brings the field at a path into view and into focus, or the innermost that there is around it. */
export function focusField(root: ParentNode, field: readonly string[]): void {
  const place = innermost(root, field);
  if (!place) return;
  place.scrollIntoView({ block: "center" });
  controlIn(place)?.focus();
}

/**
 * Brings the field at a path, or the innermost that there is around it, into view and marks it; the focus stays
 * where it is. Returns what takes the mark away again.
 */
export function pointAtField(root: ParentNode, field: readonly string[]): () => void {
  const place = innermost(root, field);
  place?.scrollIntoView({ block: "nearest" });
  place?.setAttribute("data-pointed", "");
  return () => place?.removeAttribute("data-pointed");
}

/** Where the field at a path stands, or what there is around it. */
function innermost(root: ParentNode, field: readonly string[]): HTMLElement | null {
  for (let length = field.length; length > 0; length--) {
    const path = CSS.escape(field.slice(0, length).join("/"));
    // An expression stands in a field of its own name: SecondsPath, Prompt.$.
    const place = root.querySelector<HTMLElement>(`[data-field="${path}"], [data-expression="${path}"]`);
    if (place) return place;
  }
  return null;
}

/** What is filled in here: what is typed into first, then a button that changes something. */
function controlIn(place: HTMLElement): HTMLElement | null {
  const buttons = [...place.querySelectorAll<HTMLElement>("button")].filter((each) => !each.matches(BESIDE));
  return place.querySelector<HTMLElement>(TYPED) ?? buttons[0] ?? place.querySelector<HTMLElement>("button");
}
