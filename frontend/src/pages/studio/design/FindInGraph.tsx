import { useMemo, useState, type KeyboardEvent } from "react";

import { cardText } from "@/asl/card.ts";
import { NOTE } from "@/canvas/editing.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { IconButton } from "@/ui/Button.tsx";
import { Input } from "@/ui/Field.tsx";
import styles from "./FindInGraph.module.css";

interface FindInGraphProps {
  graph: PlacedGraph;
  onShow: (id: string) => void;
  onClose: () => void;
}

interface Found {
  readonly id: string;
  readonly name: string;
  readonly line: string;
}

const MOST_SHOWN = 8;

/** Finds states by name, resource or anything in their definition, and notes by their words. */
export function FindInGraph({ graph, onShow, onClose }: FindInGraphProps) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => find(graph, words), [graph, words]);
  const chosen = found[Math.min(at, found.length - 1)];
  const go = (by: number) => {
    if (found.length === 0) return;
    const next = (at + by + found.length) % found.length;
    setAt(next);
    const target = found[next];
    if (target) onShow(target.id);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (event.shiftKey) go(-1);
      else if (at < 0 || !chosen) go(1);
      else onShow(chosen.id);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      go(event.key === "ArrowDown" ? 1 : -1);
    }
  };
  const first = Math.max(0, Math.min(at - 3, found.length - MOST_SHOWN));
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the field inside bubble to here
    <div className={styles.find} onKeyDown={keys} data-testid="find-in-graph">
      <div className={styles.bar}>
        <Input
          icon="search"
          aria-label="Find in the graph"
          placeholder="Find in the graph"
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          autoFocus
        />
        <span className="small second num" role="status">
          {words.trim() === ""
            ? ""
            : found.length === 0
              ? "None"
              : `${Math.min(at, found.length - 1) + 1} of ${found.length}`}
        </span>
        <IconButton icon="x" label="Close" small onClick={onClose} />
      </div>
      {found.length > 0 && (
        <ul>
          {found.slice(first, first + MOST_SHOWN).map((each) => (
            <li key={each.id}>
              <button
                type="button"
                aria-current={each === chosen || undefined}
                onClick={() => {
                  setAt(found.indexOf(each));
                  onShow(each.id);
                }}
              >
                <strong className="clip">{each.name}</strong>
                <span className="clip small second">{each.line}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Those whose name has the words first, then those that have them anywhere. */
function find(graph: PlacedGraph, typed: string): Found[] {
  const words = typed.trim().toLowerCase();
  if (words === "") return [];
  const named: Found[] = [];
  const others: Found[] = [];
  for (const node of graph.nodes.values()) {
    if (!node.state) continue;
    const line = cardText(node.state).line;
    const one = { id: node.id, name: node.name, line };
    if (node.name.toLowerCase().includes(words)) named.push(one);
    else if (
      line.toLowerCase().includes(words) ||
      (node.inner.length === 0 && JSON.stringify(node.state).toLowerCase().includes(words))
    )
      others.push(one);
  }
  for (const note of graph.notes)
    if (note.text.toLowerCase().includes(words))
      others.push({
        id: NOTE + note.id,
        name: (note.text.split("\n")[0] ?? "").replace(/^#+ /, ""),
        line: "Note",
      });
  return [...named, ...others];
}
