import { useRevokeToken, useTokens } from "@/api/tokens.ts";
import type { Token } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Table } from "@/ui/Table.tsx";
import { ago, fullMoment, left, useNow } from "@/ui/time.ts";
import { CredentialGroup } from "./CredentialGroup.tsx";
import { NewTokenDialog } from "./NewTokenDialog.tsx";
import { rightsInWords } from "./tokenRights.ts";
import styles from "./Tokens.module.css";

/** The API tokens of programs: made, shown once, revoked. */
export function Tokens() {
  return (
    <CredentialGroup
      title="API tokens"
      text={
        <>
          A program sends one as <code className="mono">Authorization: Bearer …</code>. Cuelight keeps only a
          hash of it, so it is shown once.
        </>
      }
      many="tokens"
      create="Create a token"
      empty={{
        title: "Create a token for your program",
        text: "With it a program starts executions and reads what came of them. Give it only the rights it needs.",
      }}
      list={useTokens()}
      table={(tokens, onRevoke) => <TokenTable tokens={tokens} onRevoke={onRevoke} />}
      dialog={(onClose) => <NewTokenDialog onClose={onClose} />}
      revoke={useRevokeToken()}
      idOf={(token) => token.id}
      warning="Programs that use it are refused from then on. A revoked token does not come back."
    />
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
