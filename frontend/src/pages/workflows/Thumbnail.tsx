import { useEffect, useMemo, useState } from "react";
import type { Status } from "@/ui/status.ts";
import type { layoutForThumbnail, ThumbnailNode } from "@/graph/thumbnail.ts";
import { thumbnailFrame } from "./thumbnailFrame.ts";
import styles from "./Thumbnail.module.css";

type Layouter = typeof layoutForThumbnail;

/* The graph's layout comes after the first paint: the page stands before its pictures do. */
let layouter: Promise<Layouter> | null = null;
const loadLayouter = () =>
  (layouter ??= import("@/graph/thumbnail.ts").then((module) => module.layoutForThumbnail));

interface ThumbnailProps {
  definition: string;
  layout?: unknown;
  /** Colours of the states while an execution is live; without them it is grey. */
  statuses?: ReadonlyMap<string, Status>;
}

/** The graph of a definition, small: always the same size, whatever it holds. */
export function Thumbnail({ definition, layout, statuses }: ThumbnailProps) {
  const [layoutOf, setLayoutOf] = useState<Layouter | null>(null);
  useEffect(() => {
    let gone = false;
    void loadLayouter().then((found) => !gone && setLayoutOf(() => found));
    return () => {
      gone = true;
    };
  }, []);
  const drawing = useMemo(() => layoutOf?.(definition, layout) ?? null, [layoutOf, definition, layout]);
  const lit = statuses !== undefined;
  return (
    <svg className={styles.thumb} viewBox="0 0 300 152" aria-hidden="true">
      {drawing && (
        <g transform={thumbnailFrame(drawing, 300, 152)}>
          {drawing.nodes
            .filter((node) => node.kind === "box")
            .map((node) => (
              <rect key={node.id} {...place(node)} rx={12} className={styles.box} />
            ))}
          {drawing.edges.map((edge, at) => (
            <path key={at} d={edge.path} className={styles.line} />
          ))}
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
