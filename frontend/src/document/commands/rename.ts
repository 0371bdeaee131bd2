import type { Path } from "@/asl/types.ts";
import { inLayout, withEdits, withLayout, type Layout, type WorkflowDocument } from "@/document/document.ts";
import { renameTargets } from "@/document/freeNames.ts";
import { renamedIn } from "@/document/layout.ts";
import { nameOf, scopeOfState, scopeStates } from "@/document/places.ts";
import { retargetAll } from "@/document/commands/disconnect.ts";

/** Gives a state another name, and every transition that leads to it. */
export function rename(document: WorkflowDocument, path: Path, name: string): WorkflowDocument {
  const old = nameOf(path);
  const scope = scopeOfState(path);
  if (old === name) return document;
  const edited = withEdits(retargetAll(document, scope, old, name), [{ op: "rename", path, key: name }]);
  const layout = renamedIn(edited.layout, old, name);
  return inLayout(edited, withLayout(layout, { disabled: retargeted(edited, scope, layout, old, name) }));
}

/** The disabled states of the scope, led to the new name as well: one comes back with its transitions as they are now. */
function retargeted(
  document: WorkflowDocument,
  scope: Path,
  layout: Layout,
  old: string,
  name: string,
): Layout["disabled"] {
  const here = scopeStates(document.definition, scope);
  return (
    layout.disabled &&
    Object.fromEntries(
      Object.entries(layout.disabled).map(([id, each]) => [
        id,
        id in here ? { ...each, state: renameTargets(each.state, new Map([[old, name]])) } : each,
      ]),
    )
  );
}
