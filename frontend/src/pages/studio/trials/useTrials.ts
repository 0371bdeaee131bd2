import { useMemo } from "react";

import { asProblem } from "@/api/problem.ts";
import { readLastRun, readSample } from "@/api/trying.ts";
import type { Json } from "@/asl/types.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { toast } from "@/ui/Toast.tsx";
import { pinnable, pinsOf, withPins, type Pins } from "./pins.ts";
import type { RunWanted } from "../running/RunDialog.tsx";
import { undoAct } from "../undoAct.ts";
import type { Editor } from "../useEditor.ts";

interface TrialsProps {
  workflow: string;
  editor: Editor;
  graph: PlacedGraph;
  /** The nodes that are selected. */
  held: readonly string[];
  onRun: (wanted: RunWanted) => void;
  /** Asks which outputs to pin. */
  onChoose: () => void;
}

/** What can be tried of a draft from where one is in it, and the outputs that trials are given. */
export interface Trials {
  /** The selected states. */
  readonly states: readonly string[];
  readonly pinned: ReadonlySet<string>;
  readonly mayPin: (name: string) => boolean;
  readonly runTo: (name?: string) => void;
  /** With what the last run gave the state, or the box around it. */
  readonly runFrom: (name?: string) => Promise<void>;
  /** Pins what these states made in the last run; without names, what all outside of boxes made. */
  readonly pinLastRun: (names?: readonly string[]) => Promise<void>;
  readonly pin: (name: string, value: Json, mark?: string) => void;
  readonly unpin: (names?: readonly string[]) => void;
  /** Unpins the selection where all of it is pinned, else pins what it made in the last run. */
  readonly togglePins: () => void;
  readonly choose: () => void;
}

export function useTrials({ workflow, editor, graph, held, onRun, onChoose }: TrialsProps): Trials {
  const { edit, current, undoOfLast } = editor;
  const pins = pinsOf(editor.document.layout);
  return useMemo(() => {
    const states = held.flatMap((id) => {
      const node = graph.nodes.get(id);
      return node?.state ? [node.name] : [];
    });
    const one = (name: string | undefined): string | null => {
      const found = name ?? (states.length === 1 ? states[0] : undefined);
      if (found === undefined)
        toast({ title: "Select one state first", text: "A trial runs up to it, or from it.", tone: "error" });
      return found ?? null;
    };
    const outermost = (name: string): string => {
      const path = [...graph.nodes.values()].find((node) => node.state && node.name === name)?.path;
      return String(path?.[1] ?? name);
    };
    const put = (label: string, next: (before: Pins) => Pins, mark?: string) =>
      edit(label, (now) => withPins(now, next(pinsOf(now.layout))), mark);
    const unpin = (names?: readonly string[]) => {
      const gone = names ?? Object.keys(pinsOf(current().layout));
      put(names?.length === 1 ? `unpin ${names[0] ?? ""}` : `unpin ${words(gone.length)}`, (before) =>
        Object.fromEntries(Object.entries(before).filter(([name]) => !gone.includes(name))),
      );
    };
    const pinLastRun = async (names?: readonly string[]) => {
      try {
        const { execution, states: visited } = await readLastRun(workflow, names ?? []);
        const works = new Set(pinnable(current()));
        const made = Object.fromEntries(
          visited
            .filter(({ state, output }) => output !== undefined && works.has(state))
            .filter(({ state }) => names !== undefined || outermost(state) === state)
            .map(({ state, output }): [string, Json] => [state, output as Json]),
        );
        const count = Object.keys(made).length;
        const large = visited.filter((each) => each.too_large.includes("output")).length;
        if (count === 0) {
          toast({
            title: "Nothing was pinned",
            text:
              execution === null
                ? "Run the workflow once; the outputs of that run can then be pinned."
                : large > 0
                  ? "What the last run made is too large to be pinned."
                  : "The last run left none of these states, or they do no work that an output could stand for.",
            tone: "error",
          });
          return;
        }
        put(`pin ${words(count)}`, (before) => ({ ...before, ...made }));
        toast({
          title: `${words(count)} pinned`,
          text: `${count === 1 ? "It is" : "They are"} used in trials only.${large > 0 ? ` ${words(large)} ${large === 1 ? "is" : "are"} too large to be pinned.` : ""}`,
          act: undoAct({ undoOfLast }),
        });
      } catch (error) {
        toast({ title: "Nothing was pinned", text: asProblem(error).sentence, tone: "error" });
      }
    };
    return {
      states,
      pinned: new Set(Object.keys(pins)),
      mayPin: (name) => pinnable(current()).includes(name),
      runTo: (name) => {
        const until = one(name);
        if (until !== null) onRun({ until });
      },
      runFrom: async (name) => {
        const from = one(name);
        if (from === null) return;
        const around = outermost(from);
        const said = around === from ? {} : { inputOf: around };
        try {
          const { input, variables } = await readSample(workflow, around);
          onRun({ from, ...said, variables, ...(input === undefined ? {} : { input }) });
        } catch {
          // Without the last run's data it is run with what is typed.
          onRun({ from, ...said });
        }
      },
      pinLastRun,
      pin: (name, value, mark) =>
        put(`pin the output of ${name}`, (before) => ({ ...before, [name]: value }), mark),
      unpin,
      togglePins: () => {
        const some = states.filter((name) => pinnable(current()).includes(name));
        if (some.length > 0 && some.every((name) => name in pinsOf(current().layout))) unpin(some);
        else if (states.length > 0) void pinLastRun(states);
      },
      choose: onChoose,
    };
  }, [workflow, edit, current, undoOfLast, graph, held, pins, onRun, onChoose]);
}

function words(count: number): string {
  return `${count} ${count === 1 ? "output" : "outputs"}`;
}
