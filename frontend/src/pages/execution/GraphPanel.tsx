import { useEffect, useRef, useState } from "react";
import { Canvas, type CanvasHandle } from "@/canvas/Canvas.tsx";
import type { Overlay } from "@/canvas/overlay.ts";
import { useMinimap } from "@/canvas/useMinimap.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { IconButton } from "@/ui/Button.tsx";
import { useKey } from "@/ui/keys.ts";
import { Switch } from "@/ui/Switch.tsx";
import styles from "./ExecutionPage.module.css";

interface GraphPanelProps {
  label: string;
  graph: PlacedGraph;
  overlay: Overlay | null;
  selected: string | null;
  onSelect: (node: string | null) => void;
  onPickItem: (map: string, index: number) => void;
  onFold: (id: string, folded: boolean) => void;
  /** The state that moved last; null when nothing lives. */
  live: string | null;
  follow: boolean;
  running: boolean;
  onFollow: (follow: boolean) => void;
  alone: boolean;
  onAlone: (alone: boolean) => void;
  children?: React.ReactNode;
}

/** The graph with its colours, and what moves the view. */
export function GraphPanel(props: GraphPanelProps) {
  const { graph, overlay, selected, live, follow, alone, onAlone } = props;
  const canvas = useRef<CanvasHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(100);
  // Beside the panels there is little room for it: it comes when it is asked for.
  const [minimap, toggleMinimap] = useMinimap("cuelight.minimap.execution", false);

  useKey("f", () => onAlone(!alone));
  useKey("1", () => canvas.current?.fit());
  useKey("m", toggleMinimap);
  useKey("+", () => canvas.current?.zoomIn());
  useKey("-", () => canvas.current?.zoomOut());

  // The place has another size: show the whole graph in it.
  useEffect(() => {
    const timer = setTimeout(() => canvas.current?.fit(), 50);
    return () => clearTimeout(timer);
  }, [alone]);

  // What moves is brought into view, and only then: a view that shows it already stays where it is.
  useEffect(() => {
    if (!follow || live === null) return;
    const place = frame.current?.getBoundingClientRect();
    const card = canvas.current?.screenOf(live);
    if (!place || (card && isInside(card, place))) return;
    canvas.current?.center(live);
  }, [follow, live]);

  return (
    <section className={styles.graph} aria-label="Graph" data-alone={alone ? "" : undefined}>
      <div className={styles.tools}>
        <IconButton icon="zoom-out" label="Zoom out" keys="-" onClick={() => canvas.current?.zoomOut()} />
        <span className={`${styles.zoom} small second num`}>{zoom}%</span>
        <IconButton icon="zoom-in" label="Zoom in" keys="+" onClick={() => canvas.current?.zoomIn()} />
        <IconButton icon="scan" label="Fit the graph" keys="1" onClick={() => canvas.current?.fit()} />
        <IconButton
          icon="map"
          label={minimap ? "Hide the minimap" : "Show the minimap"}
          keys="M"
          pressed={minimap}
          onClick={toggleMinimap}
        />
        <span className={styles.rule} />
        <IconButton
          icon={alone ? "minimize-2" : "maximize-2"}
          label={alone ? "Leave full screen" : "Full screen"}
          keys="F"
          pressed={alone}
          onClick={() => onAlone(!alone)}
        />
        <span className="grow" />
        <span className="small second">
          <Switch
            inline
            label="Follow what is live"
            checked={follow && props.running}
            disabled={!props.running}
            onChange={props.onFollow}
          />
        </span>
      </div>
      <div className={styles.canvas} ref={frame}>
        <Canvas
          ref={canvas}
          graph={graph}
          label={props.label}
          overlay={overlay}
          selected={selected === null ? [] : [selected]}
          onSelect={(ids) => props.onSelect(ids.find((id) => graph.nodes.get(id)?.state) ?? null)}
          onPickItem={props.onPickItem}
          onFold={props.onFold}
          minimap={minimap}
          onZoom={setZoom}
        />
        {props.children}
      </div>
    </section>
  );
}

function isInside(card: DOMRect, place: DOMRect): boolean {
  return (
    card.left >= place.left &&
    card.right <= place.right &&
    card.top >= place.top &&
    Math.min(card.bottom, card.top + 120) <= place.bottom
  );
}
