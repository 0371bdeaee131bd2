import { useState } from "react";
import { asProblem } from "@/api/problem.ts";
import { useRevokeToken, useTokens } from "@/api/tokens.ts";
import type { Token } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Confirm } from "@/ui/Dialog.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { Table } from "@/ui/Table.tsx";
import { ago, fullMoment, left, useNow } from "@/ui/time.ts";
import { toast } from "@/ui/Toast.tsx";
import { Group } from "./Group.tsx";
import { NewTokenDialog } from "./NewTokenDialog.tsx";
import { rightsInWords } from "./tokenRights.ts";
import styles from "./Tokens.module.css";

/** The API tokens of programs: made, shown once, revoked. */
export function Tokens() {
  const list = useTokens();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const make = () => setMaking(true);
  return (
    <Group
      title="API tokens"
      text={
        <>
          A program sends one as <code className="mono">Authorization: Bearer …</code>. Cuelight keeps only a
          hash of it, so it is shown once.
        </>
      }
      action={
        <Button kind="primary" icon="plus" onClick={make}>
          Create a token
        </Button>
      }
    >
      {list.isPending ? (
        <Loading what="Loading the tokens">
          <Block height="104px" radius="var(--radius-3)" />
        </Loading>
      ) : list.isError ? (
        <ErrorPanel
          title="The tokens could not be loaded"
          text={asProblem(list.error).sentence}
          onRetry={() => void list.refetch()}
        />
      ) : list.data.length === 0 ? (
        <div className={styles.none}>
          <Empty
            small
            title="Create a token for your program"
            text="With it a program starts executions and reads what came of them. Give it only the rights it needs."
          />
        </div>
      ) : (
        <TokenTable tokens={list.data} onRevoke={setRevoking} />
      )}
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
      {revoking && <RevokeToken token={revoking} onClose={() => setRevoking(null)} />}
    </Group>
  );
}

function TokenTable({ tokens, onRevoke }: { tokens: readonly Token[]; onRevoke: (token: Token) => void }) {
  const now = useNow(60_000);
  return (
    <Table label="API tokens" className={styles.table}>
      <thead>
        <tr>
          <th>Name</th>
          <th>May</th>
          <th>Last used</th>
          <th>Ends</th>
          <th>
            <span className="sr">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => {
          const rights = rightsInWords(token.rights);
          return (
            <tr key={token.id}>
              <td
                className={styles.name}
                title={token.hint ? `${token.name}, begins with ${token.hint}` : token.name}
              >
                {token.name}
              </td>
              <td className={`second ${styles.rights}`} title={rights}>
                {rights}
              </td>
              <td
                className="second"
                title={token.last_used_at === null ? undefined : fullMoment(token.last_used_at)}
              >
                {token.last_used_at === null ? "never" : ago(token.last_used_at, now)}
              </td>
              <td
                className="second"
                title={token.expires_at === null ? undefined : fullMoment(token.expires_at)}
              >
                {token.expires_at === null
                  ? "never"
                  : new Date(token.expires_at).getTime() < now
                    ? "ended"
                    : left(token.expires_at, now).replace(/ \d+ hours?$/, "")}
              </td>
              <td>
                <Button small kind="danger" onClick={() => onRevoke(token)}>
                  Revoke…
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function RevokeToken({ token, onClose }: { token: Token; onClose: () => void }) {
  const revoke = useRevokeToken();
  return (
    <Confirm
      open
      onClose={onClose}
      title={`Revoke ${token.name}?`}
      text="Programs that use it are refused from then on. A revoked token does not come back."
      act={`Revoke ${token.name}`}
      keep="Keep it"
      busy={revoke.isPending && "Revoking…"}
      error={revoke.error && asProblem(revoke.error).sentence}
      onConfirm={() =>
        revoke.mutate(token.id, {
          onSuccess: () => {
            toast({ title: `${token.name} revoked` });
            onClose();
          },
        })
      }
    />
  );
}
