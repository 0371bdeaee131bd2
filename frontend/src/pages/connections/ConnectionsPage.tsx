import { useState } from "react";
import { useSearchParams } from "react-router";
import { useCheckConnection, useConnections, useDeleteConnection } from "@/api/connections.ts";
import { asProblem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import type { Connection } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Confirm } from "@/ui/Dialog.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Page } from "@/ui/Page.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { toast } from "@/ui/Toast.tsx";
import { ConnectionDialog } from "./ConnectionDialog.tsx";
import { ConnectionsTable } from "./ConnectionsTable.tsx";
import styles from "./ConnectionsPage.module.css";

type Opened = { kind: "add" } | { kind: "edit" | "delete"; connection: Connection } | null;

/** What states may call, and with which credentials; a secret is written here and never shown again. */
export function ConnectionsPage() {
  const list = useConnections();
  const check = useCheckConnection();
  const mayManage = useRight("manage");
  const connections = list.data ?? [];
  const [parameters, setParameters] = useSearchParams();
  const [chosen, setOpened] = useState<Opened>(null);
  // One that was asked for by its address opens when it is there.
  const asked = connections.find(
    ({ id, builtin }) => !builtin && String(id) === parameters.get("connection"),
  );
  const opened: Opened = chosen ?? (asked && mayManage ? { kind: "edit", connection: asked } : null);
  const onlyBuiltin = connections.every(({ builtin }) => builtin);
  const close = () => {
    setOpened(null);
    if (parameters.has("connection")) setParameters({}, { replace: true });
  };

  const tryNow = (connection: Connection) =>
    check.mutate(connection.id, {
      onSuccess: ({ status, detail }) =>
        toast({
          title: status === "failed" ? `${connection.name} does not work` : `${connection.name} works`,
          text: detail,
          tone: status === "failed" ? "error" : "done",
        }),
      onError: (error) =>
        toast({
          title: `${connection.name} was not checked`,
          text: asProblem(error).sentence,
          tone: "error",
        }),
    });

  return (
    <Page
      title="Connections"
      count={list.data?.length}
      actions={
        mayManage && (
          <Button kind="primary" icon="plus" onClick={() => setOpened({ kind: "add" })}>
            Add a connection
          </Button>
        )
      }
    >
      <p className={styles.lead}>
        A connection holds credentials and the hosts they may be used against. States name it; the secret
        never stands in a definition.
      </p>
      {list.isPending ? (
        <Loading what="Loading the connections">
          <div className={styles.shapes}>
            {[1, 2, 3].map((n) => (
              <Block key={n} height="28px" />
            ))}
          </div>
        </Loading>
      ) : list.isError ? (
        <ErrorPanel
          title="The connections could not be loaded"
          text={asProblem(list.error).sentence}
          onRetry={() => void list.refetch()}
        />
      ) : (
        <>
          <ConnectionsTable
            connections={connections}
            checking={check.isPending ? (check.variables ?? null) : null}
            mayManage={mayManage}
            onCheck={tryNow}
            onEdit={(connection) => setOpened({ kind: "edit", connection })}
            onDelete={(connection) => setOpened({ kind: "delete", connection })}
          />
          {onlyBuiltin && mayManage && (
            <Empty
              title="Add what your workflows call"
              text="The built-in ones need nothing. For a larger model, a web service of your own or AWS, add a connection and name it in a state."
            >
              <Button icon="plus" onClick={() => setOpened({ kind: "add" })}>
                Add a connection
              </Button>
            </Empty>
          )}
        </>
      )}
      {opened?.kind === "add" && <ConnectionDialog connection={null} onClose={close} />}
      {opened?.kind === "edit" && <ConnectionDialog connection={opened.connection} onClose={close} />}
      {opened?.kind === "delete" && <DeleteConnection connection={opened.connection} onClose={close} />}
    </Page>
  );
}

function DeleteConnection({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const remove = useDeleteConnection();
  const used = connection.used_by_count;
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Delete ${connection.name}?`}
      text={
        used > 0
          ? `${used} ${used === 1 ? "workflow names" : "workflows name"} it; their states will fail. Its secret is gone for good.`
          : "Its secret is gone for good."
      }
      act={`Delete ${connection.name}`}
      keep="Keep it"
      busy={remove.isPending && "Deleting…"}
      error={remove.error && asProblem(remove.error).sentence}
      onConfirm={() =>
        remove.mutate(connection.id, {
          onSuccess: () => {
            toast({ title: `${connection.name} deleted` });
            onClose();
          },
        })
      }
    />
  );
}
