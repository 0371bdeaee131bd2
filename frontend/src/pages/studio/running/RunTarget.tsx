import type { Version, Workflow } from "@/api/types.ts";
import { useAliases, useEveryVersion, type Alias } from "@/api/versions.ts";
import { Field } from "@/ui/Field.tsx";
import { Segmented } from "@/ui/Segmented.tsx";
import { Select } from "@/ui/Select.tsx";
import { aliasInWords, versionInWords } from "../versions/words.ts";

/** What a run is made of: the draft, the newest version, one that is named, or whichever an alias chooses. */
export type RunTarget =
  { source: "draft" } | { source: "published" } | { version: number } | { alias: string };

interface RunTargetFieldProps {
  workflow: Workflow;
  value: RunTarget;
  onChange: (value: RunTarget) => void;
  error: string | null;
}

/** The draft and the newest version are one click away; older versions and aliases stand in a list. */
export function RunTargetField({ workflow, value, onChange, error }: RunTargetFieldProps) {
  const newest = workflow.published_version;
  const versions = useEveryVersion(workflow.id, newest !== null).data ?? [];
  const aliases = useAliases(workflow.id, newest !== null).data ?? [];
  const others = optionsOf(aliases, versions, newest);
  const [first] = others;
  const kind = "source" in value ? value.source : "other";
  return (
    <>
      <Segmented
        label="What is run"
        value={kind}
        onChange={(next) => {
          if (next !== "other") onChange({ source: next });
          else if (first) onChange(read(first.value));
        }}
        segments={[
          { value: "draft", label: "Draft" },
          {
            value: "published",
            label: newest === null ? "Published" : `Version ${newest}`,
            disabled: newest === null,
            title: newest === null ? "Nothing is published yet" : "The newest version",
          },
          {
            value: "other",
            label: "Other",
            disabled: first === undefined,
            title: first === undefined ? "No other version, and no alias" : "Another version, or an alias",
          },
        ]}
      />
      {kind === "other" && (
        <Field label="Version or alias" error={error} tight>
          {(control) => (
            <Select
              {...control}
              value={written(value)}
              options={others}
              onChange={(event) => onChange(read(event.target.value))}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** What the button says that starts it. */
export function runInWords(target: RunTarget, newest: number | null): string {
  if ("alias" in target) return `Run by ${target.alias}`;
  if ("version" in target) return `Run version ${target.version}`;
  return target.source === "draft" ? "Run draft" : `Run version ${newest ?? ""}`;
}

function optionsOf(aliases: readonly Alias[], versions: readonly Version[], newest: number | null) {
  return [
    ...aliases.map((alias) => ({
      value: `alias ${alias.name}`,
      label: aliasInWords(alias),
      group: "Aliases",
    })),
    ...versions
      .filter(({ number }) => number !== newest)
      .map((version) => ({
        value: `version ${version.number}`,
        label: versionInWords(version),
        group: "Versions",
      })),
  ];
}

function written(target: RunTarget): string {
  if ("alias" in target) return `alias ${target.alias}`;
  return "version" in target ? `version ${target.version}` : "";
}

function read(value: string): RunTarget {
  const [kind, name = ""] = value.split(" ");
  return kind === "alias" ? { alias: name } : { version: Number(name) };
}
