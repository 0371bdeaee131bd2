import { useAccessKeys, useRevokeAccessKey } from "@/api/accessKeys.ts";
import type { AccessKey } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { Table } from "@/ui/Table.tsx";
import { ago, fullMoment, useNow } from "@/ui/time.ts";
import { CredentialGroup } from "./CredentialGroup.tsx";
import { NewAccessKeyDialog } from "./NewAccessKeyDialog.tsx";
import { rightsInWords } from "./tokenRights.ts";
import styles from "./Tokens.module.css";

/** The access key pairs of programs that speak the AWS API: made, shown once, revoked. */
export function AccessKeys() {
  return (
    <CredentialGroup
      title="Access keys"
      text="AWS SDKs and the AWS CLI sign their requests to this server with a pair. Its secret is kept encrypted and shown once."
      many="access keys"
      create="Create an access key"
      empty={{
        title: "Create an access key for your tools",
        text: "Whatever speaks to AWS Step Functions speaks to Cuelight as well: point it here and give it a key.",
      }}
      list={useAccessKeys()}
      table={(keys, onRevoke) => <AccessKeyTable keys={keys} onRevoke={onRevoke} />}
      dialog={(onClose) => <NewAccessKeyDialog onClose={onClose} />}
      revoke={useRevokeAccessKey()}
      idOf={(key) => key.access_key_id}
      warning="Requests signed with it are refused from then on. A revoked key does not come back."
    >
      <Usage />
    </CredentialGroup>
  );
}

function AccessKeyTable({
  keys,
  onRevoke,
}: {
  keys: readonly AccessKey[];
  onRevoke: (key: AccessKey) => void;
}) {
  const now = useNow(60_000);
  return (
    <Table label="Access keys" className={styles.table}>
      <thead>
        <tr>
          <th>Name</th>
          <th>Access key id</th>
          <th>May</th>
          <th>Last used</th>
          <th>
            <span className="sr">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const rights = rightsInWords(key.rights);
          return (
            <tr key={key.access_key_id}>
              <td className={styles.name} title={key.name}>
                {key.name}
              </td>
              <td className="mono">{key.access_key_id}</td>
              <td className={`second ${styles.rights}`} title={rights}>
                {rights}
              </td>
              <td
                className="second"
                title={key.last_used_at === null ? undefined : fullMoment(key.last_used_at)}
              >
                {key.last_used_at === null ? "never" : ago(key.last_used_at, now)}
              </td>
              <td>
                <Button small kind="danger" onClick={() => onRevoke(key)}>
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

/** How a tool is pointed here; the addresses are this server's own. */
function Usage() {
  const environment = [
    `export AWS_ENDPOINT_URL_SFN=${window.location.origin}`,
    "export AWS_DEFAULT_REGION=us-east-1",
    "export AWS_ACCESS_KEY_ID=…",
    "export AWS_SECRET_ACCESS_KEY=…",
    "# StartSyncExecution and TestState would else be sent to the host “sync-…”",
    "export AWS_DISABLE_HOST_PREFIX_INJECTION=true",
    "aws stepfunctions list-state-machines",
  ].join("\n");
  return <CodeValue label="In a shell" value={environment} plain />;
}
