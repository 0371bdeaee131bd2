import type { Overlay } from "@/canvas/overlay.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { overlap, type Rect } from "@/graph/measures.ts";

/** The colours of the page's theme, read from its tokens when a picture of the graph is painted; another theme has another palette. */
export class Palette {
  private readonly known = new Map<string, string>();
  constructor(private readonly element: Element) {}

  of(token: string): string {
    let colour = this.known.get(token);
    if (colour === undefined) {
      colour = getComputedStyle(this.element).getPropertyValue(token).trim() || "#888";
      this.known.set(token, colour);
    }
    return colour;
  }
}

interface Painted {
  readonly graph: PlacedGraph;
  readonly overlay: Overlay | null;
  readonly selected: ReadonlySet<string>;
  /** The part of the graph that is in view. */
  readonly view: Rect;
  /** How many pixels of the picture one of the graph takes, and where the graph's corner lies in it. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly lines: boolean;
}

/** Paints states as blocks in the colour of their status, and transitions as plain lines. */
export function paintBlocks(to: CanvasRenderingContext2D, palette: Palette, painted: Painted): void {
  const { graph, overlay, selected, view, scale, x, y } = painted;
  to.setTransform(scale, 0, 0, scale, x, y);
  for (const note of graph.notes) {
    if (!overlap(note, view)) continue;
    to.fillStyle = palette.of(`--note-${note.tone}`);
    to.fillRect(note.x, note.y, note.width, note.height);
  }
  const cards: [string, Rect][] = [];
  to.lineWidth = Math.max(1.5, 1 / scale);
  to.strokeStyle = palette.of("--border-control");
  for (const [id, rect] of graph.rects) {
    if (!overlap(rect, view)) continue;
    const node = graph.nodes.get(id);
    if (node && node.inner.length > 0 && !graph.folded.has(id)) {
      const status = overlay?.states.get(id)?.status;
      to.strokeStyle = palette.of(
        status && status !== "not-started" ? `--status-${status}-border` : "--border-control",
      );
      to.strokeRect(rect.x, rect.y, rect.width, rect.height);
    } else cards.push([id, rect]);
  }
  if (painted.lines) {
    to.strokeStyle = palette.of("--edge");
    to.beginPath();
    for (const { way } of graph.edges) {
      const [first, ...rest] = way;
      if (!first || !someIn(way, view)) continue;
      to.moveTo(first.x, first.y);
      for (const point of rest) to.lineTo(point.x, point.y);
    }
    to.stroke();
  }
  // One fill for all of a colour: a thousand changes of colour would cost more than a thousand blocks.
  const byColour = new Map<string, Rect[]>();
  for (const [id, rect] of cards) {
    const status = overlay?.states.get(id)?.status;
    const token = selected.has(id)
      ? "--accent"
      : status && status !== "not-started"
        ? `--status-${status}-border`
        : "--border-control";
    const found = byColour.get(token);
    if (found) found.push(rect);
    else byColour.set(token, [rect]);
  }
  for (const [token, rects] of byColour) {
    to.fillStyle = palette.of(token);
    to.globalAlpha = token === "--border-control" ? 0.45 : 1;
    to.beginPath();
    for (const rect of rects) to.rect(rect.x, rect.y, rect.width, rect.height);
    to.fill();
  }
  to.globalAlpha = 1;
  to.setTransform(1, 0, 0, 1, 0, 0);
}

function someIn(way: readonly { readonly x: number; readonly y: number }[], view: Rect): boolean {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of way) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return left < view.x + view.width && right > view.x && top < view.y + view.height && bottom > view.y;
}
