import { useState, type ReactNode } from "react";
import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import { asProblem } from "@/api/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Confirm } from "@/ui/Dialog.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { toast } from "@/ui/Toast.tsx";
import { Group } from "./Group.tsx";
import styles from "./Tokens.module.css";

interface CredentialGroupProps<Credential extends { name: string }, Id> {
  title: string;
  text: ReactNode;
  /** What they are called in a sentence: "tokens". */
  many: string;
  create: string;
  empty: { title: string; text: string };
  list: UseQueryResult<Credential[]>;
  table: (rows: readonly Credential[], onRevoke: (row: Credential) => void) => ReactNode;
  dialog: (onClose: () => void) => ReactNode;
  revoke: UseMutationResult<undefined, Error, Id>;
  idOf: (row: Credential) => Id;
  /** What becomes of programs that use a revoked one. */
  warning: string;
  children?: ReactNode;
}

/** Credentials of programs: listed, made in a dialog, revoked after a question. */
export function CredentialGroup<Credential extends { name: string }, Id>(
  props: CredentialGroupProps<Credential, Id>,
) {
  const { list, revoke } = props;
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Credential | null>(null);
  return (
    <Group
      title={props.title}
      text={props.text}
      action={
        <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
          {props.create}
        </Button>
      }
    >
      {list.isPending ? (
        <Loading what={`Loading the ${props.many}`}>
          <Block height="104px" radius="var(--radius-3)" />
        </Loading>
      ) : list.isError ? (
        <ErrorPanel
          title={`The ${props.many} could not be loaded`}
          text={asProblem(list.error).sentence}
          onRetry={() => void list.refetch()}
        />
      ) : list.data.length === 0 ? (
        <div className={styles.none}>
          <Empty small {...props.empty} />
        </div>
      ) : (
        props.table(list.data, setRevoking)
      )}
      {props.children}
      {making && props.dialog(() => setMaking(false))}
      {revoking && (
        <Confirm
          open
          onClose={() => setRevoking(null)}
          title={`Revoke ${revoking.name}?`}
          text={props.warning}
          act={`Revoke ${revoking.name}`}
          keep="Keep it"
          busy={revoke.isPending && "Revoking…"}
          error={revoke.error && asProblem(revoke.error).sentence}
          onConfirm={() =>
            revoke.mutate(props.idOf(revoking), {
              onSuccess: () => {
                toast({ title: `${revoking.name} revoked` });
                setRevoking(null);
              },
            })
          }
        />
      )}
    </Group>
  );
}
