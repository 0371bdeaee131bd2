import { useState, type RefObject } from "react";

import { EDITOR_COMMANDS, type EditorCommand } from "@/code/keys.ts";
import type { CodeEditorHandle } from "@/code/CodeEditor.tsx";
import type { PlacedGraph } from "@/graph/layout.ts";
import { QuickList, type QuickItem } from "@/ui/QuickList.tsx";

interface CodeCommandsProps {
  shows: "commands" | "states";
  graph: PlacedGraph;
  editor: RefObject<CodeEditorHandle | null>;
  inYaml: boolean;
  mayEdit: boolean;
  /** What Code mode does besides what its editor does. */
  own: readonly (Omit<EditorCommand, "id"> & { run: () => void })[];
  onState: (id: string) => void;
  onClose: () => void;
}

/** What can be done with the text, each with its keys; or the states of the definition, to go to one. */
export function CodeCommands(props: CodeCommandsProps) {
  const [letters, setLetters] = useState("");
  const items = props.shows === "commands" ? commandItems(props) : stateItems(props);
  const words = letters.trim().toLowerCase().split(/\s+/);
  const found = items.filter(({ label, detail = "", keys = "" }) =>
    words.every((word) => `${label} ${detail} ${keys}`.toLowerCase().includes(word)),
  );
  return (
    <QuickList
      title={props.shows === "commands" ? "Commands" : "States"}
      label={props.shows === "commands" ? "Command" : "State"}
      placeholder={props.shows === "commands" ? "What is to be done" : "The name or type of a state"}
      act={props.shows === "commands" ? "do it" : "go there"}
      items={found}
      letters={letters}
      onLetters={setLetters}
      onClose={props.onClose}
    />
  );
}

function commandItems({ own, editor, inYaml, mayEdit }: CodeCommandsProps): QuickItem[] {
  const commands: readonly (EditorCommand & { run: () => void })[] = [
    // Where somebody was when they asked for the list, they are again.
    ...own.map((each) => ({
      ...each,
      id: each.label,
      run: () => {
        editor.current?.run();
        each.run();
      },
    })),
    ...EDITOR_COMMANDS.map((each) => ({ ...each, run: () => editor.current?.run(each.id) })),
  ];
  return commands
    .filter(({ edits, only }) => (mayEdit || !edits) && (only !== "yaml" || inYaml))
    .map(({ id, label, keys, run }) => ({ id, label, keys: keys || undefined, onChoose: run }));
}

function stateItems({ graph, onState }: CodeCommandsProps): QuickItem[] {
  return [...graph.nodes.values()].flatMap(({ id, name, state }) => {
    if (!state) return [];
    const type = typeof state["Type"] === "string" ? state["Type"] : "";
    return [{ id, label: name, detail: type, onChoose: () => onState(id) }];
  });
}
