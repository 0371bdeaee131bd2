import { isObject, type Json } from "@/asl/types.ts";
import { addBranch, removeBranch } from "@/document/commands/addBranch.ts";
import { mayRemoveBranch } from "@/document/rules.ts";
import { useInspector } from "@/inspector/context.ts";
import { FieldInfo } from "@/inspector/FieldInfo.tsx";
import { PlaceMessage } from "@/inspector/Placed.tsx";
import { moved, SortableRows } from "@/inspector/SortableRows.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import styles from "@/inspector/Inspector.module.css";

/** The branches of a Parallel state by what they hold; the result has their outputs in this order. */
export function Branches() {
  const { state, path, edit, set, readOnly } = useInspector();
  const branches: Json[] = Array.isArray(state["Branches"]) ? state["Branches"] : [];
  return (
    <div className={styles.objects} data-field="Branches">
      <span className={styles.legend}>
        Branches
        <FieldInfo path={["Branches"]} label="Branches" />
      </span>
      <SortableRows
        count={branches.length}
        item="Branch"
        disabled={readOnly}
        onMove={(from, to) => set([[["Branches"], moved(branches, from, to)]])}
        row={(index, handle) => {
          const branch = branches[index];
          const names = isObject(branch) && isObject(branch["States"]) ? Object.keys(branch["States"]) : [];
          return (
            <div className={styles.branch}>
              {handle}
              <span className="strong">{index + 1}</span>
              <span className="grow clip second" title={names.join(", ")}>
                {names.join(", ") || "Empty"}
              </span>
              {!readOnly && branches.length > 1 && (
                <IconButton
                  icon="x"
                  small
                  label={`Remove branch ${index + 1}`}
                  onClick={() =>
                    edit(`remove branch ${index + 1}`, (document) =>
                      mayRemoveBranch(document.definition, path) === null
                        ? removeBranch(document, [...path, "Branches", index])
                        : document,
                    )
                  }
                />
              )}
            </div>
          );
        }}
      />
      <PlaceMessage at={["Branches"]} />
      {!readOnly && (
        <Button
          kind="quiet"
          small
          icon="plus"
          onClick={() => edit("add a branch", (document) => addBranch(document, path))}
        >
          Branch
        </Button>
      )}
    </div>
  );
}
