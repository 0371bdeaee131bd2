import { useState } from "react";
import { useSaveConnection, type ConnectionChange } from "@/api/connections.ts";
import { asProblem, type Problem } from "@/api/problem.ts";
import type { Connection } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import { toast } from "@/ui/Toast.tsx";
import { authTypes, kinds, readHosts, type AuthType } from "./kinds.ts";

interface Draft {
  kind: string;
  name: string;
  baseUrl: string;
  hosts: string;
  model: string;
  region: string;
  tokenUrl: string;
  scope: string;
  auth: AuthType;
  secret: Record<string, string>;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

function draftOf(connection: Connection | null): Draft {
  const kind = connection?.kind ?? "openai";
  return {
    kind,
    name: connection?.name ?? "",
    baseUrl: connection?.base_url ?? "",
    hosts: connection?.hosts.join(", ") ?? "",
    model: text(connection?.settings["model"]),
    region: text(connection?.settings["region"]),
    tokenUrl: text(connection?.settings["token_url"]),
    scope: text(connection?.settings["scope"]),
    auth: (connection?.auth_type as AuthType | undefined) ?? "bearer",
    secret: {},
  };
}

/** What to send: a secret only where one was typed, so that the stored one stays. */
function changeOf(draft: Draft, connection: Connection | null): ConnectionChange {
  const oauth = draft.auth === "oauth";
  const shown = {
    model: draft.kind === "http" ? "" : draft.model,
    region: draft.kind === "aws" ? draft.region : "",
    token_url: oauth ? draft.tokenUrl : "",
    scope: oauth ? draft.scope : "",
  };
  const kept = Object.entries(connection?.settings ?? {}).filter(([name]) => !(name in shown));
  const filled = Object.entries(shown).flatMap(([name, value]) =>
    value.trim() ? [[name, value.trim()]] : [],
  );
  const typed = Object.entries(draft.secret).filter(([, value]) => value !== "");
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    base_url: draft.kind === "aws" ? "" : draft.baseUrl.trim(),
    hosts: readHosts(draft.hosts),
    settings: Object.fromEntries([...kept, ...filled]),
    auth_type: draft.auth,
    ...(typed.length > 0 && { secret: Object.fromEntries(typed) }),
  };
}

/** Adds a connection or changes one, asking only for what its kind needs. */
export function ConnectionDialog({
  connection,
  onClose,
}: {
  connection: Connection | null;
  onClose: () => void;
}) {
  const save = useSaveConnection(connection?.id ?? null);
  const [draft, setDraft] = useState(() => draftOf(connection));
  const [asked, setAsked] = useState(false);
  const problem = save.error === null ? null : asProblem(save.error);
  const kind = kinds.find(({ value }) => value === draft.kind);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });

  const errors = {
    name: !/^[A-Za-z0-9_-]{1,80}$/.test(draft.name.trim())
      ? "Use letters, digits, hyphens and underscores."
      : null,
    baseUrl:
      draft.kind !== "aws" && !/^https?:\/\/\S+$/.test(draft.baseUrl.trim())
        ? "Write the whole address, beginning with https:// or http://."
        : null,
  };
  const shown = (name: keyof typeof errors, field: string) =>
    (asked ? errors[name] : null) ?? problem?.field(field) ?? null;

  const submit = () => {
    setAsked(true);
    if (errors.name !== null || errors.baseUrl !== null) return;
    save.mutate(changeOf(draft, connection), {
      onSuccess: ({ name }) => {
        toast({
          title: connection ? `${name} changed` : `${name} added`,
          text: "Check it to see that it works.",
        });
        onClose();
      },
    });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={connection ? `Change ${connection.name}` : "Add a connection"}
      text={kind?.purpose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={save.isPending && "Saving…"}>
            {connection ? "Save the changes" : "Add connection"}
          </Button>
        </>
      }
    >
      <Field label="Kind" tight>
        {(control) => (
          <Select
            {...control}
            value={draft.kind}
            disabled={connection !== null}
            options={kinds}
            onChange={(event) => {
              const next = kinds.find(({ value }) => value === event.target.value);
              change({ kind: event.target.value, auth: next?.auth[0] ?? "none", secret: {} });
            }}
          />
        )}
      </Field>
      <Field label="Name" hint="States name it so." error={shown("name", "name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            disabled={connection !== null}
            onChange={(event) => change({ name: event.target.value })}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      {draft.kind === "aws" ? (
        <Field label="Region" optional hint="As in eu-central-1." error={problem?.field("settings.region")}>
          {(control) => (
            <Input
              {...control}
              value={draft.region}
              onChange={(event) => change({ region: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <Field
          label="Base URL"
          hint={draft.kind === "openai" ? "Below it /models is found, as in http://host:8001/v1." : undefined}
          error={shown("baseUrl", "base_url")}
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              value={draft.baseUrl}
              onChange={(event) => change({ baseUrl: event.target.value })}
              spellCheck={false}
            />
          )}
        </Field>
      )}
      {draft.kind !== "http" && (
        <Field
          label="Model"
          optional
          hint="Used where a state names none."
          error={problem?.field("settings.model")}
        >
          {(control) => (
            <Input
              {...control}
              value={draft.model}
              onChange={(event) => change({ model: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field
        label="Further hosts"
        optional
        hint="host:port, parted by commas. Without them, the base URL's own host alone."
        error={problem?.field("hosts")}
      >
        {(control) => (
          <Input
            {...control}
            value={draft.hosts}
            onChange={(event) => change({ hosts: event.target.value })}
            spellCheck={false}
          />
        )}
      </Field>
      <Secret draft={draft} stored={connection?.has_secret ?? false} problem={problem} change={change} />
      {problem && problem.errors.length === 0 && <ErrorPanel title={problem.title} text={problem.sentence} />}
    </Dialog>
  );
}

interface SecretProps {
  draft: Draft;
  stored: boolean;
  problem: Problem | null;
  change: (part: Partial<Draft>) => void;
}

function Secret({ draft, stored, problem, change }: SecretProps) {
  const kind = kinds.find(({ value }) => value === draft.kind);
  const ways = kind?.auth ?? ["none"];
  const { parts } = authTypes[draft.auth];
  return (
    <>
      {ways.length > 1 && (
        <Field label="Credentials" tight error={problem?.field("auth_type")}>
          {(control) => (
            <Select
              {...control}
              value={draft.auth}
              options={ways.map((way) => ({ value: way, label: authTypes[way].label }))}
              onChange={(event) => change({ auth: event.target.value as AuthType, secret: {} })}
            />
          )}
        </Field>
      )}
      {draft.auth === "oauth" && (
        <>
          <Field label="Token URL" tight error={problem?.field("settings")}>
            {(control) => (
              <Input
                {...control}
                type="url"
                value={draft.tokenUrl}
                onChange={(event) => change({ tokenUrl: event.target.value })}
                spellCheck={false}
              />
            )}
          </Field>
          <Field label="Scope" optional tight>
            {(control) => (
              <Input
                {...control}
                value={draft.scope}
                onChange={(event) => change({ scope: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
      {parts.map((part, at) => (
        <Field
          key={part.name}
          label={part.label}
          optional={part.optional}
          tight={at < parts.length - 1}
          hint={at === parts.length - 1 ? "Kept encrypted and never shown again." : undefined}
          error={
            problem?.field(`secret.${part.name}`) ??
            (at === parts.length - 1 ? problem?.field("secret") : null)
          }
        >
          {(control) => (
            <Input
              {...control}
              type={part.open ? "text" : "password"}
              value={draft.secret[part.name] ?? ""}
              placeholder={stored ? "stored, replace" : undefined}
              onChange={(event) => change({ secret: { ...draft.secret, [part.name]: event.target.value } })}
              autoComplete="new-password"
              spellCheck={false}
            />
          )}
        </Field>
      ))}
    </>
  );
}
