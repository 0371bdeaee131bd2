import { cardText } from "@/asl/card.ts";
import { disabledOriginal } from "@/document/commands/disable.ts";
import type { GraphNode } from "@/graph/derive.ts";
import { heldIn, type PlacedEdge, type PlacedGraph } from "@/graph/layout.ts";
import { labelBox, LANE_GAP, type Rect } from "@/graph/measures.ts";
import { pathOf, tipOf } from "@/graph/path.ts";
import { THEMES, type Theme } from "@/graph/pictureThemes.ts";
import { noteText } from "@/graph/pictureNotes.ts";
import { cut, element, escaped, text, type Face } from "@/graph/svg.ts";

export interface PictureOptions {
  readonly theme?: "light" | "dark";
  /** What the picture is of; read out, and shown by viewers. */
  readonly title?: string;
}

const MARGIN = 24;
const FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
const NAME: Face = { size: 13, weight: 600 };
const LINE: Face = { size: 12, weight: 400 };
const SMALL: Face = { size: 11, weight: 400 };

/** The graph as one SVG document: shapes and text, nothing that runs and nothing from elsewhere. */
export function pictureOf(graph: PlacedGraph, options: PictureOptions = {}): string {
  const theme = THEMES[options.theme ?? "light"];
  const width = Math.ceil(graph.width + 2 * MARGIN);
  const height = Math.ceil(graph.height + 2 * MARGIN);
  const nodes = [...graph.rects].flatMap(([id, rect]) => {
    const node = graph.nodes.get(id);
    return node ? [{ node, rect }] : [];
  });
  const isBox = ({ node }: { node: GraphNode }) => node.inner.length > 0 && !graph.folded.has(node.id);
  const parts = [
    element("title", {}, escaped(options.title ?? "Workflow")),
    element("rect", { width, height, fill: theme["surface-canvas"] }),
    element("g", { transform: `translate(${MARGIN} ${MARGIN})` }, [
      ...graph.notes.map((note) => noteText(note, theme)),
      ...nodes.filter(isBox).map(({ node, rect }) => box(graph, node, rect, theme)),
      ...graph.edges.map((edge) => line(edge, theme)),
      ...nodes.filter((each) => !isBox(each)).map(({ node, rect }) => shape(graph, node, rect, theme)),
      ...graph.edges.map((edge) => label(edge, theme)),
    ]),
  ];
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "font-family": FONT,
    },
    parts,
  );
}

/** The most pixels that browsers can hold in one picture, with some to spare. */
const MOST_PIXELS = 120_000_000;
const LONGEST_SIDE = 16_000;

/** An SVG of `pictureOf` as a PNG, `scale` pixels for each of its units; fewer where a browser could not hold it. */
export async function pngOf(svg: string, scale = 2): Promise<Blob> {
  const [, width = 1, height = 1] = (/width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
  const most = Math.min(LONGEST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
  const used = Math.min(scale, most);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * used));
  canvas.height = Math.max(1, Math.round(height * used));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("The picture is too large for this browser."));
    }, "image/png"),
  );
}

function shape(graph: PlacedGraph, node: GraphNode, rect: Rect, theme: Theme): string {
  if (node.kind === "empty" || node.kind === "open") return "";
  if (node.state === null || node.kind === "pill") return pill(node, rect, theme);
  const original = disabledOriginal(graph, node.name, node.state);
  const held = heldIn(graph, node.id);
  const words = cardText(original ?? node.state);
  const foot = original
    ? "Disabled"
    : [
        held && `${held.length} ${held.length === 1 ? "state" : "states"}`,
        ...words.foot.map((part) => part.text),
      ]
        .filter(Boolean)
        .join(" · ");
  const { x, y, width, height } = rect;
  const room = width - 24;
  const border = {
    stroke: original ? theme["border-control"] : theme["card-border"],
    "stroke-dasharray": original ? "4 3" : undefined,
  };
  return element("g", {}, [
    element("title", {}, escaped([node.name, words.line, foot].filter(Boolean).join(", "))),
    held &&
      element("rect", {
        x: x + 4,
        y: y + 4,
        width,
        height,
        rx: 8,
        fill: theme["surface-canvas"],
        stroke: theme["card-border"],
      }),
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: width - 1,
      height: height - 1,
      rx: 8,
      fill: original ? theme["surface-sunken"] : theme.surface,
      ...border,
    }),
    text(cut(node.name, NAME, room), x + 12, y + 23, NAME, original ? theme["text-secondary"] : theme.text, {
      "text-decoration": original ? "line-through" : undefined,
    }),
    text(cut(words.line, LINE, room), x + 12, y + 39, LINE, theme["text-secondary"]),
    foot && text(cut(foot, SMALL, room), x + 12, y + 56, SMALL, theme["text-muted"]),
  ]);
}

function pill(node: GraphNode, { x, y, width, height }: Rect, theme: Theme): string {
  return element("g", {}, [
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: width - 1,
      height: height - 1,
      rx: height / 2,
      fill: theme.surface,
      stroke: theme["card-border"],
    }),
    text(cut(node.name, LINE, width - 20), x + width / 2, y + height / 2 + 4, LINE, theme["text-secondary"], {
      "text-anchor": "middle",
    }),
  ]);
}

function box(graph: PlacedGraph, node: GraphNode, { x, y, width, height }: Rect, theme: Theme): string {
  if (!node.state) return "";
  const line = cardText(node.state).line;
  const name = cut(node.name, NAME, width * 0.6);
  const dividers = node.inner.slice(0, -1).flatMap((id) => {
    const lane = graph.lanes.get(id);
    if (!lane || node.kind !== "parallel") return [];
    const across = graph.direction === "down";
    const at = across ? lane.x + lane.width + LANE_GAP / 2 : lane.y + lane.height + LANE_GAP / 2;
    const ends = across
      ? { x1: at, x2: at, y1: y + 38, y2: y + height - 10 }
      : { x1: x + 12, x2: x + width - 12, y1: at, y2: at };
    return [element("line", { ...ends, stroke: theme["card-border"], "stroke-dasharray": "4 3" })];
  });
  return element("g", {}, [
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: width - 1,
      height: height - 1,
      rx: 12,
      fill: theme.surface,
      "fill-opacity": 0.62,
      stroke: theme["card-border"],
    }),
    text(name, x + 14, y + 21, NAME, theme.text),
    text(cut(line, LINE, width * 0.35), x + width - 14, y + 21, LINE, theme["text-muted"], {
      "text-anchor": "end",
    }),
    ...dividers,
  ]);
}

function line(edge: PlacedEdge, theme: Theme): string {
  if (edge.way.length < 2) return "";
  return element("g", {}, [
    element("path", {
      d: pathOf(edge.way, 7, edge.gaps),
      fill: "none",
      stroke: theme.edge,
      "stroke-width": 1.5,
      "stroke-dasharray": edge.kind === "catch" ? "5 4" : undefined,
    }),
    element("path", { d: tipOf(edge.way), fill: theme.edge }),
  ]);
}

function label(edge: PlacedEdge, theme: Theme): string {
  if (!edge.labelAt || !edge.label) return "";
  const { x, y, width, height } = labelBox(edge, edge.labelAt);
  return element("g", {}, [
    element("title", {}, escaped(edge.title ?? edge.label)),
    element("rect", { x, y, width, height, rx: 4, fill: theme["surface-canvas"] }),
    text(edge.label, edge.labelAt.x, edge.labelAt.y + 4, { size: 11, weight: 500 }, theme["text-secondary"], {
      "text-anchor": "middle",
    }),
  ]);
}
