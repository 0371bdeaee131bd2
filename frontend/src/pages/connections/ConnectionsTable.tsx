import type { Connection } from "@/api/types.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Menu, MenuItem } from "@/ui/Menu.tsx";
import { Table } from "@/ui/Table.tsx";
import { ago, fullMoment, useNow } from "@/ui/time.ts";
import { connectionStatus } from "./connectionStatus.ts";
import { kindOf } from "./kinds.ts";
import styles from "./ConnectionsTable.module.css";

interface ConnectionsTableProps {
  connections: readonly Connection[];
  /** The one that is being checked now. */
  checking: string | number | null;
  mayManage: boolean;
  onCheck: (connection: Connection) => void;
  onEdit: (connection: Connection) => void;
  onDelete: (connection: Connection) => void;
}

/** Name, kind, hosts, standing, use; what can be done with each. */
export function ConnectionsTable(props: ConnectionsTableProps) {
  const now = useNow(60_000);
  return (
    <Table label="Connections">
      <thead>
        <tr>
          <th>Name</th>
          <th>Kind</th>
          <th>Hosts</th>
          <th>Status</th>
          <th>Used by</th>
          <th>Last used</th>
          <th>
            <span className="sr">What can be done</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.connections.map((connection) => (
          <Row key={connection.id} connection={connection} now={now} {...props} />
        ))}
      </tbody>
    </Table>
  );
}

function Row(props: ConnectionsTableProps & { connection: Connection; now: number }) {
  const { connection, now, checking, mayManage, onCheck, onEdit, onDelete } = props;
  const { name, kind, builtin, hosts, base_url: base, used_by_count: used, last_used_at: at } = connection;
  const { label, icon } = kindOf(kind);
  const where = hosts.length > 0 ? hosts.join(", ") : hostOf(base);
  return (
    <tr>
      <td>
        <span className="row">
          <span className={styles.name} title={name}>
            {name}
          </span>
          {builtin && <span className={styles.tag}>built in</span>}
        </span>
      </td>
      <td>
        <span className={styles.kind}>
          <Icon name={icon} size="s" />
          {label}
        </span>
      </td>
      <td className={`second ${styles.hosts}`} title={where}>
        {where || (builtin ? "this server" : "")}
      </td>
      <td>
        <Standing connection={connection} />
      </td>
      <td className="second num">
        {used === 0 ? "nothing" : `${used} ${used === 1 ? "workflow" : "workflows"}`}
      </td>
      <td className="second" title={at === null ? undefined : fullMoment(at)}>
        {at !== null ? ago(at, now) : builtin ? <span className="muted">not counted</span> : "never"}
      </td>
      <td>
        <span className={styles.acts}>
          <Button
            small
            busy={checking === connection.id && "Checking…"}
            disabled={checking !== null}
            onClick={() => onCheck(connection)}
          >
            Check
          </Button>
          {mayManage && !builtin && (
            <Menu align="end" trigger={<IconButton icon="ellipsis" label={`More for ${name}`} small />}>
              <MenuItem icon="pencil" onSelect={() => onEdit(connection)}>
                Change…
              </MenuItem>
              <MenuItem icon="trash-2" danger onSelect={() => onDelete(connection)}>
                Delete…
              </MenuItem>
            </Menu>
          )}
        </span>
      </td>
    </tr>
  );
}

function Standing({ connection }: { connection: Connection }) {
  const { word, icon, tone, detail } = connectionStatus(connection);
  return (
    <span className={styles.standing} data-tone={tone} title={detail || undefined}>
      <Icon name={icon} size="s" className={tone === "working" ? "turns" : undefined} />
      {word}
      {tone !== "good" && detail && <span className={styles.detail}>{detail}</span>}
    </span>
  );
}

function hostOf(base: string | null): string {
  if (!base) return "";
  try {
    return new URL(base).host;
  } catch {
    return base;
  }
}
