import { useMemo, useRef, useState, type RefObject } from "react";

import { asProblem } from "@/api/problem.ts";
import type { Workflow } from "@/api/types.ts";
import { readVersion } from "@/api/versions.ts";
import { findWorkflow, readWorkflow } from "@/api/workflows.ts";
import type { Path } from "@/asl/types.ts";
import type { CanvasHandle } from "@/canvas/Canvas.tsx";
import { NOTE } from "@/canvas/editing.ts";
import { bringIn, type Published } from "@/document/commands/nested/bringIn.ts";
import type { Brought } from "@/document/commands/nested/brought.ts";
import { isObstacle, type Obstacle } from "@/document/commands/nested/passage.ts";
import { startsWorkflow, startTaskOf, type StartTask } from "@/document/commands/nested/startTask.ts";
import { readLayout, withLayout } from "@/document/document.ts";
import { nameOf, stateAt } from "@/document/places.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { toast } from "@/ui/Toast.tsx";
import { undoAct } from "../undoAct.ts";
import type { Selection } from "../useSelection.ts";
import type { Editor } from "../useEditor.ts";
import { movedIn } from "./standing.ts";

/** What is asked to become a workflow of its own. */
export interface ExtractWanted {
  readonly paths: readonly Path[];
  readonly notes: readonly string[];
}

/** States that move to a workflow of their own, and a workflow's states that come here. */
export interface Nesting {
  /** How many states are selected. */
  readonly count: number;
  /** Whether the one selected state is a Task that starts a workflow. */
  readonly starts: boolean;
  readonly extract: () => void;
  readonly bringIn: () => Promise<void>;
  /** What the dialog asks about, or null where it is closed. */
  readonly asked: ExtractWanted | null;
  readonly close: () => void;
  /** Shows what is in the way on the canvas. */
  readonly show: (obstacle: Obstacle) => void;
  /** Holds the Task that stands in the states' place. */
  readonly hold: (task: string) => void;
}

interface NestingProps {
  editor: Editor;
  graph: PlacedGraph;
  selection: Selection;
  canvas: RefObject<CanvasHandle | null>;
}

export function useNesting({ editor, graph, selection, canvas }: NestingProps): Nesting {
  const { current, edit, undoOfLast } = editor;
  const busy = useRef(false);
  const [asked, setAsked] = useState<ExtractWanted | null>(null);
  return useMemo(() => {
    const paths = selection.nodes.flatMap((id) => {
      const node = graph.nodes.get(id);
      return node?.state ? [node.path] : [];
    });
    const [only] = paths;
    const starts =
      paths.length === 1 && only !== undefined && startsWorkflow(stateAt(current().definition, only));
    const refuse = (text: string) =>
      toast({ title: "Its states were not brought here", text, tone: "error" });

    const hold = (states: readonly string[]) => {
      selection.select(states);
      const [first] = states;
      // What an edit made is drawn after it.
      if (first !== undefined)
        requestAnimationFrame(() => requestAnimationFrame(() => canvas.current?.focus(first)));
    };

    const fetched = async (path: Path): Promise<void> => {
      const start = startTaskOf(current().definition, path);
      if (isObstacle(start)) return refuse(start.reason);
      const published = await publishedOf(start);
      if (typeof published === "string") return refuse(published);
      const first = bringIn(current(), path, published);
      if (isObstacle(first)) return refuse(first.reason);
      const brought = bringIn(current(), path, published, movedIn(graph, path, published, first));
      if (isObstacle(brought)) return refuse(brought.reason);
      edit(`bring the states of ${start.workflow} here`, () => brought.document);
      hold(brought.states.map(nameOf));
      toast({
        title: `The states of ${start.workflow} are here`,
        text: told(brought),
        act: undoAct({ undoOfLast }),
      });
    };
    return {
      asked,
      close: () => setAsked(null),
      show: ({ from, to }) => {
        setAsked(null);
        const source = [...graph.nodes.values()].find((node) => node.state && node.name === from);
        if (!source) return;
        const way = graph.edges.find(
          (each) => each.from === source.id && graph.nodes.get(each.to ?? "")?.name === to,
        );
        if (way) selection.selectEdge(way.id);
        else selection.select([source.id]);
        requestAnimationFrame(() => canvas.current?.center(source.id));
      },
      hold: (task) => {
        setAsked(null);
        hold([task]);
      },
      count: paths.length,
      starts,
      extract: () => {
        if (paths.length === 0)
          toast({
            title: "Select states first",
            text: "They become a workflow of their own.",
            tone: "error",
          });
        else
          setAsked({
            paths,
            notes: selection.nodes.flatMap((id) => (id.startsWith(NOTE) ? [id.slice(NOTE.length)] : [])),
          });
      },
      bringIn: async () => {
        if (!starts || !only) return refuse("Select one Task that starts a workflow.");
        if (busy.current) return;
        busy.current = true;
        try {
          await fetched(only);
        } catch (error) {
          refuse(asProblem(error).sentence);
        } finally {
          busy.current = false;
        }
      },
    };
  }, [current, edit, undoOfLast, graph, selection, canvas, asked]);
}

/** What a start would run now, with the outputs that are pinned in its draft; or why that is not known. */
async function publishedOf({ arn, workflow, version }: StartTask): Promise<Published | string> {
  const found = await findWorkflow(workflow);
  if (found?.arn !== arn) return `There is no workflow here with the ARN ${arn}.`;
  const whole: Workflow = await readWorkflow(found.id);
  const drawn = readLayout(whole.layout);
  // The draft is what runs where nothing was changed since; a revision without a version is known by it alone.
  if (version === null && !whole.has_unpublished_changes) return { text: whole.definition, layout: drawn };
  const number = version ?? whole.published_version;
  if (number === null) return `Nothing of “${workflow}” is published yet.`;
  const { definition, layout } = await readVersion(found.id, number);
  return { text: definition, layout: withLayout(readLayout(layout), { pins: drawn.pins }) };
}

function told({ boxed, renamed }: Brought): string {
  const where = boxed
    ? "They stand in a Parallel state, which keeps the Task’s input, output, Retry and Catch."
    : "They stand in the Task’s place. The workflow itself stays.";
  const names = [...renamed].map(([old, name]) => `${old} is called ${name}`);
  return names.length ? `${where} ${names.join(", ")} here.` : where;
}
