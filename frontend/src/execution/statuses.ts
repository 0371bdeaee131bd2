import { parseDefinition } from "./definition.ts";
import { deriveGraph } from "@/graph/derive.ts";
import type { Status } from "@/ui/status.ts";
import type { Entry } from "./entry.ts";
import { fold } from "./fold.ts";
import { emptyModel } from "./model.ts";
import { pictureOf } from "./picture.ts";

/** The status of each state of a definition after these entries, by the state's name. */
export function foldStatuses(definition: string, entries: readonly Entry[]): ReadonlyMap<string, Status> {
  const root = parseDefinition(definition);
  if (root === null) return new Map();
  const graph = deriveGraph(root);
  const picture = pictureOf(fold(emptyModel(), entries), graph, new Map());
  const found = new Map<string, Status>();
  for (const node of graph.nodes.values())
    if (node.state) found.set(node.name, picture.visits.get(node.id)?.status ?? "not-started");
  return found;
}
