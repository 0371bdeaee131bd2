import { isObject, toPointer, type Json, type JsonObject, type Path } from "@/asl/types.ts";
import { typeOf } from "@/asl/walk.ts";
import { carried, commentsIn, NO_COMMENTS, withCommentsIn } from "@/document/comments.ts";
import { inLayout, withEdits, withLayout, type Layout, type WorkflowDocument } from "@/document/document.ts";
import { insideWithFreeNames } from "@/document/freeNames.ts";
import {
  mainTarget,
  nameOf,
  outermost,
  scopeOfState,
  scopeStates,
  stateAt,
  takenNames,
} from "@/document/places.ts";

/** The disabled state as it was, or null. A state that is no Pass any more was written over by hand and is enabled. */
export function disabledOriginal(
  layout: Pick<Layout, "disabled">,
  name: string,
  state: JsonObject | null | undefined,
): JsonObject | null {
  const disabled = layout.disabled?.[name];
  return disabled && state && typeOf(state) === "Pass" ? disabled.state : null;
}

/** Null when the state may be disabled, else why not. */
export function mayDisable(definition: JsonObject, path: Path): string | null {
  const state = stateAt(definition, path);
  if (!state) return "There is no such state.";
  const type = typeOf(state);
  if (type === "Succeed" || type === "Fail")
    return `${nameOf(path)} ends the execution: there is nothing to go on to without it.`;
  return null;
}

/**
 * Passes by states without taking them away: each becomes a Pass state with its name and its way on, so that
 * the definition stays plain ASL; what it was is kept in the layout.
 */
export function disable(document: WorkflowDocument, paths: readonly Path[], since: string): WorkflowDocument {
  return outermost(paths).reduce((edited, path) => {
    const state = stateAt(edited.definition, path);
    const name = nameOf(path);
    if (!state || mayDisable(edited.definition, path) !== null) return edited;
    if (disabledOriginal(edited.layout, name, state)) return edited;
    const target = mainTarget(state);
    const known = target !== null && target in scopeStates(edited.definition, scopeOfState(path));
    const bypass: JsonObject = {
      Type: "Pass",
      ...(typeof state["Comment"] === "string" ? { Comment: state["Comment"] } : {}),
      ...(known ? { Next: target } : { End: true }),
    };
    const comments = commentsIn(edited.layout.comments ?? NO_COMMENTS, toPointer(path));
    const kept = Object.keys(comments).length ? { state, since, comments } : { state, since };
    const replaced = withEdits(edited, [{ op: "set", path, value: bypass }]);
    return inLayout(
      replaced,
      withLayout(replaced.layout, { disabled: { ...replaced.layout.disabled, [name]: kept } }),
    );
  }, document);
}

/** Brings disabled states back, with the way on that they have now. */
export function enable(document: WorkflowDocument, paths: readonly Path[]): WorkflowDocument {
  return paths.reduce((edited, path) => {
    const name = nameOf(path);
    const bypass = stateAt(edited.definition, path);
    const original = disabledOriginal(edited.layout, name, bypass);
    if (!bypass || !original) return edited;
    const siblings = scopeStates(edited.definition, scopeOfState(path));
    const state = insideWithFreeNames(takenNames(edited.definition), joined(original, bypass, siblings));
    const { [name]: back, ...disabled } = edited.layout.disabled ?? {};
    const restored = withEdits(edited, [{ op: "set", path, value: state }]);
    const comments = withCommentsIn(
      restored.layout.comments ?? NO_COMMENTS,
      toPointer(path),
      carried(back?.comments ?? NO_COMMENTS, original, state),
    );
    return inLayout(restored, withLayout(restored.layout, { disabled, comments }));
  }, document);
}

/** The original with transitions that still lead somewhere, going on where its stand-in went on. */
function joined(original: JsonObject, bypass: JsonObject, siblings: JsonObject): JsonObject {
  const there = (target: Json | undefined): target is string =>
    typeof target === "string" && target in siblings;
  const onward = there(bypass["Next"]) ? bypass["Next"] : null;
  const result: JsonObject = { ...original };
  if (Array.isArray(original["Catch"])) {
    const kept = original["Catch"].filter((item) => isObject(item) && there(item["Next"]));
    if (kept.length) result["Catch"] = kept;
    else delete result["Catch"];
  }
  if (typeOf(original) === "Choice") {
    if (Array.isArray(original["Choices"]))
      result["Choices"] = original["Choices"].flatMap((rule): Json[] => {
        if (!isObject(rule) || there(rule["Next"])) return [rule];
        return onward === null ? [] : [{ ...rule, Next: onward }];
      });
    if (!there(original["Default"])) {
      delete result["Default"];
      if (onward !== null) result["Default"] = onward;
    } else if (onward !== null && mainTarget(original) !== onward) result["Default"] = onward;
    return result;
  }
  if (onward !== null) {
    if (result["Next"] !== onward) {
      delete result["End"];
      result["Next"] = onward;
    }
  } else {
    delete result["Next"];
    result["End"] = true;
  }
  return result;
}
