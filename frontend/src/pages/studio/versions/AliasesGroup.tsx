import { useState } from "react";

import { asProblem } from "@/api/problem.ts";
import type { Version, Workflow } from "@/api/types.ts";
import { useAliases, useDeleteAlias, useEveryVersion, type Alias } from "@/api/versions.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Confirm } from "@/ui/Dialog.tsx";
import { Menu, MenuItem } from "@/ui/Menu.tsx";
import { Table } from "@/ui/Table.tsx";
import { Arn } from "./Arn.tsx";
import { AliasDialog } from "./AliasDialog.tsx";
import styles from "./Versions.module.css";

const NONE: readonly Version[] = [];

/** Names that stand still while the versions behind them change. */
export function AliasesGroup({ workflow, mayPublish }: { workflow: Workflow; mayPublish: boolean }) {
  const aliases = useAliases(workflow.id);
  const versions = useEveryVersion(workflow.id).data ?? NONE;
  const [editing, setEditing] = useState<Alias | "new" | null>(null);
  const [deleting, setDeleting] = useState<Alias | null>(null);
  const remove = useDeleteAlias(workflow.id);
  const found = aliases.data ?? [];
  return (
    <>
      <p className="small muted">
        An alias is a name for one version, or shares starts out among two. Programs start it by its ARN and
        need not change when you publish.
      </p>
      {found.length > 0 && (
        <Table label="Aliases" data-testid="aliases">
          <thead>
            <tr>
              <th>Alias</th>
              <th>Starts run</th>
              <th>Description</th>
              <th>ARN</th>
              <th aria-label="Acts" />
            </tr>
          </thead>
          <tbody>
            {found.map((alias) => (
              <tr key={alias.name} data-testid={`alias-${alias.name}`}>
                <td className="strong clip" title={alias.name}>
                  {alias.name}
                </td>
                <td>
                  <Shares alias={alias} />
                </td>
                <td className="second clip" title={alias.description}>
                  {alias.description}
                </td>
                <td>
                  <Arn arn={alias.arn} of={`alias ${alias.name}`} after={workflow.arn} />
                </td>
                <td className={styles.acts}>
                  {mayPublish && (
                    <Menu
                      align="end"
                      trigger={<IconButton icon="ellipsis" small label={`Acts on alias ${alias.name}`} />}
                    >
                      <MenuItem icon="sliders-horizontal" onSelect={() => setEditing(alias)}>
                        Change where it points
                      </MenuItem>
                      <MenuItem icon="trash-2" danger onSelect={() => setDeleting(alias)}>
                        Delete alias
                      </MenuItem>
                    </Menu>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {mayPublish && (
        <div>
          <Button
            icon="plus"
            disabled={versions.length === 0}
            title={versions.length === 0 ? "Publish a version first" : undefined}
            onClick={() => setEditing("new")}
          >
            New alias
          </Button>
        </div>
      )}
      {editing !== null && (
        <AliasDialog
          id={workflow.id}
          alias={editing === "new" ? null : editing}
          versions={versions}
          onClose={() => setEditing(null)}
        />
      )}
      <Confirm
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        title={`Delete the alias ${deleting?.name ?? ""}?`}
        text="Programs that start it will be refused. Its versions and what runs of them stay."
        act="Delete alias"
        keep="Keep it"
        busy={remove.isPending && "Deleting"}
        error={remove.error ? asProblem(remove.error).sentence : null}
        onConfirm={() => deleting && remove.mutate(deleting.name, { onSuccess: () => setDeleting(null) })}
      />
    </>
  );
}

/** The shares as a bar with its words: never by the bar alone. */
function Shares({ alias }: { alias: Alias }) {
  return (
    <span className={styles.shares}>
      {alias.routes.map((route) => (
        <span key={route.version} className="num">
          {alias.routes.length > 1 && `${route.weight} % `}version {route.version}
        </span>
      ))}
      {alias.routes.length > 1 && (
        <span className={styles.share} aria-hidden="true">
          <svg viewBox="0 0 100 6" preserveAspectRatio="none">
            <rect width={alias.routes[0]?.weight ?? 0} height="6" />
          </svg>
        </span>
      )}
    </span>
  );
}
