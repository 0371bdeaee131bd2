import { useRight } from "@/api/session.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { useOfferCommands, type Command } from "@/ui/commands.ts";
import { stateIcon } from "@/ui/stateIcons.ts";
import type { Editor } from "./useEditor.ts";
import type { Publishing } from "./versions/usePublishing.ts";
import type { Side } from "./versions/sides.ts";

interface StudioCommands {
  editor: Editor;
  graph: PlacedGraph;
  publishing: Publishing;
  /** The newest version; null before the first. */
  published: number | null;
  onMode: (mode: "design" | "code" | "config") => void;
  onRun: () => void;
  onProblems: () => void;
  onPins: () => void;
  onCompare: (before: Side, after: Side) => void;
  onState: (id: string) => void;
}

/** What the studio offers under "Go to anything": its acts, and the states of the workflow that is open. */
export function useStudioCommands(asked: StudioCommands): void {
  const { editor, graph, publishing, onMode } = asked;
  const mayPublish = useRight("publish");
  const mayRun = useRight("run");
  const acts: Command[] = [
    { label: "Design: draw the graph", icon: "workflow", onSelect: () => onMode("design") },
    { label: "Code: read the definition", icon: "braces", onSelect: () => onMode("code") },
    {
      label: "Config: logging, versions, aliases, tags",
      icon: "sliders-horizontal",
      onSelect: () => onMode("config"),
    },
  ];
  if (mayRun) acts.push({ label: "Run the draft", icon: "play", onSelect: asked.onRun });
  if (mayPublish)
    acts.push(
      { label: "Publish the draft", icon: "upload", onSelect: () => void publishing.publish() },
      { label: "Publish the draft with a note", icon: "upload", onSelect: publishing.ask },
    );
  acts.push(
    { label: "Save the draft", icon: "save", keys: "Ctrl S", onSelect: () => void publishing.save() },
    { label: "Show the problems", icon: "triangle-alert", onSelect: asked.onProblems },
    { label: "Pin outputs of the last run", icon: "pin", onSelect: asked.onPins },
    {
      label: "Compare the draft with what is published",
      icon: "git-compare-arrows",
      onSelect: () => asked.onCompare(asked.published ?? "draft", "draft"),
    },
  );
  if (editor.undoLabel !== null)
    acts.push({
      label: `Undo: ${editor.undoLabel}`,
      icon: "undo-2",
      keys: "Ctrl Z",
      onSelect: editor.undo,
    });
  const states = [...graph.nodes.values()].flatMap(({ id, name, type, state }): Command[] => {
    if (state === null || type === null) return [];
    const resource = state["Resource"];
    return [
      {
        label: name,
        group: "States",
        icon: stateIcon(type, typeof resource === "string" ? resource : null),
        onSelect: () => asked.onState(id),
      },
    ];
  });
  useOfferCommands([...acts, ...states]);
}
