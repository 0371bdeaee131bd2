import { useEffect, useState } from "react";
import type { Status } from "@/ui/status.ts";
import type { Thumbnail as Drawing, ThumbnailNode } from "@/graph/thumbnail.ts";
import { THUMBNAIL } from "@/graph/thumbnailFrame.ts";
import { askForThumbnail, keptThumbnail } from "@/graph/thumbnails.ts";
import styles from "./Thumbnail.module.css";

interface ThumbnailProps {
  definition: string;
  layout?: unknown;
  /** Colours of the states while an execution is live; without them it is grey. */
  statuses?: ReadonlyMap<string, Status>;
}

/** The graph of a definition, small: always the same size, whatever it holds. */
export function Thumbnail({ definition, layout, statuses }: ThumbnailProps) {
  const drawing = useDrawing(definition, layout);
  const lit = statuses !== undefined;
  return (
    <svg className={styles.thumb} viewBox={`0 0 ${THUMBNAIL.width} ${THUMBNAIL.height}`} aria-hidden="true">
      {drawing && (
        <g transform={drawing.transform}>
          {drawing.nodes
            .filter((node) => node.kind === "box")
            .map((node) => (
              <rect key={node.id} {...place(node)} rx={12} className={styles.box} />
            ))}
          <path d={drawing.lines} className={styles.line} />
          {drawing.nodes
            .filter((node) => node.kind !== "box")
            .map((node) => (
              <Node key={node.id} node={node} status={lit ? statuses.get(node.name) : undefined} lit={lit} />
            ))}
        </g>
      )}
    </svg>
  );
}

/** The drawing once it has come; what was asked for before is not shown for something else. */
function useDrawing(definition: string, layout: unknown): Drawing | null {
  const [found, setFound] = useState<{ drawing: Drawing | null; definition: string; layout: unknown } | null>(
    null,
  );
  const known = keptThumbnail(definition, layout);
  const missing = known === undefined;
  useEffect(
    () =>
      missing
        ? askForThumbnail(definition, layout, (drawing) => setFound({ drawing, definition, layout }))
        : undefined,
    [missing, definition, layout],
  );
  if (known !== undefined) return known;
  return found?.definition === definition && found.layout === layout ? found.drawing : null;
}

const place = ({ x, y, width, height }: ThumbnailNode) => ({ x, y, width, height });

function Node({ node, status, lit }: { node: ThumbnailNode; status: Status | undefined; lit: boolean }) {
  const isStart = node.kind === "pill" && node.type === null && node.name === "Start";
  const shown = status ?? (lit && isStart ? "succeeded" : undefined);
  const signs =
    shown === undefined || shown === "not-started" ? {} : { "data-status": shown, "data-lit": "" };
  const { x, y, width, height } = node;
  if (node.kind === "pill") {
    return <rect {...place(node)} rx={height / 2} className={styles.card} {...signs} />;
  }
  const round = node.type === "Choice" || node.type === "Wait";
  return (
    <g {...signs} className={styles.node}>
      <rect {...place(node)} rx={14} className={styles.card} />
      <rect
        x={x + 16}
        y={y + height / 2 - 15}
        width={30}
        height={30}
        rx={round ? 15 : 8}
        className={styles.tile}
      />
      <rect
        x={x + 60}
        y={y + height / 2 - 6}
        width={(width - 80) * (round ? 0.6 : 0.9)}
        height={12}
        rx={6}
        className={styles.text}
      />
    </g>
  );
}
