import { useState } from "react";

import { asProblem } from "@/api/problem.ts";
import type { Version, Workflow } from "@/api/types.ts";
import { useEveryVersion, useNoteVersion } from "@/api/versions.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Input } from "@/ui/Field.tsx";
import { Menu, MenuItem, MenuRule } from "@/ui/Menu.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Pager } from "@/ui/Pager.tsx";
import { SearchField } from "@/ui/SearchField.tsx";
import { Select } from "@/ui/Select.tsx";
import { Table } from "@/ui/Table.tsx";
import { fullMoment, moment, useNow } from "@/ui/time.ts";
import { toast } from "@/ui/Toast.tsx";
import { Arn } from "./Arn.tsx";
import { CloneDialog } from "./CloneDialog.tsx";
import type { Side } from "./sides.ts";
import styles from "./Versions.module.css";

const ON_A_PAGE = 25;

interface VersionsGroupProps {
  workflow: Workflow;
  mayEdit: boolean;
  mayPublish: boolean;
  onPublish: () => void;
  onCompare: (before: Side, after: Side) => void;
  onRestore: (version: number) => void;
  /** The version whose note is to be written at once. */
  noting: number | null;
}

/** All versions, the newest first: who made each and why; compared, restored into the draft, cloned. */
export function VersionsGroup(props: VersionsGroupProps) {
  const { workflow, mayEdit, mayPublish, onCompare, onRestore } = props;
  const versions = useEveryVersion(workflow.id);
  const now = useNow(60_000);
  const [author, setAuthor] = useState("");
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(1);
  const [cloning, setCloning] = useState<number | null>(null);
  const all = versions.data ?? [];
  const authors = [...new Set(all.map(({ created_by }) => nameOf(created_by)))].filter(Boolean);
  const found = all.filter((version) => isWanted(version, author) && isNamed(version, search));
  const shown = found.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE);
  const narrow = (change: () => void) => {
    change();
    setPage(1);
  };
  if (versions.isPending) return <p className="muted">Reading the versions</p>;
  if (versions.isError)
    return (
      <ErrorPanel
        title="The versions could not be read"
        text={asProblem(versions.error).sentence}
        onRetry={() => void versions.refetch()}
      />
    );
  if (all.length === 0)
    return (
      <div className={styles.none}>
        <p className="muted">
          Nothing is published yet, so only the draft can be run. Publishing makes version 1.
        </p>
        {mayPublish && (
          <Button icon="upload" onClick={props.onPublish}>
            Publish version 1
          </Button>
        )}
      </div>
    );
  return (
    <>
      <p className="small muted">
        What a version runs never changes. The newest is what starts run unless they name another.
      </p>
      {all.length > 1 && (
        <div className={styles.bar}>
          <SearchField
            label="Find by note or number"
            value={search}
            onChange={(value) => narrow(() => setSearch(value))}
          />
          <Select
            aria-label="Versions shown"
            value={author}
            onChange={(event) => narrow(() => setAuthor(event.target.value))}
            options={[
              { value: "", label: "All versions" },
              { value: "noted", label: "With a note" },
              ...authors.map((each) => ({ value: `=${each}`, label: `By ${each}` })),
            ]}
          />
        </div>
      )}
      <Table label="Versions" data-testid="versions">
        <thead>
          <tr>
            <th>Version</th>
            <th>Note</th>
            <th>Published</th>
            <th>By</th>
            <th>ARN</th>
            <th aria-label="Acts" />
          </tr>
        </thead>
        <tbody>
          {workflow.has_unpublished_changes && page === 1 && (
            <tr>
              <td className="strong">Draft</td>
              <td className="second">Not published</td>
              <td title={fullMoment(workflow.draft_saved_at)}>{moment(workflow.draft_saved_at, now)}</td>
              <td>{workflow.draft_saved_by_name}</td>
              <td className="second">None</td>
              <td className={styles.acts}>
                {all[0] && (
                  <Button
                    kind="quiet"
                    small
                    icon="git-compare-arrows"
                    onClick={() => onCompare(all[0]?.number ?? 1, "draft")}
                  >
                    Compare
                  </Button>
                )}
                {mayPublish && (
                  <Button kind="quiet" small icon="upload" onClick={props.onPublish}>
                    Publish
                  </Button>
                )}
              </td>
            </tr>
          )}
          {shown.map((version) => {
            const before = all.find(({ number }) => number < version.number);
            return (
              <tr key={version.number} data-testid={`version-${version.number}`}>
                <td className="num strong">{version.number}</td>
                <td>
                  <Note
                    key={`${version.number} ${props.noting === version.number}`}
                    id={workflow.id}
                    version={version}
                    mayNote={mayPublish}
                    open={props.noting === version.number}
                  />
                </td>
                <td title={fullMoment(version.created_at)}>{moment(version.created_at, now)}</td>
                <td className="clip" title={nameOf(version.created_by)}>
                  {nameOf(version.created_by)}
                </td>
                <td>
                  <Arn
                    arn={`${workflow.arn}:${version.number}`}
                    of={`version ${version.number}`}
                    after={workflow.arn}
                  />
                </td>
                <td className={styles.acts}>
                  <Menu
                    align="end"
                    trigger={<IconButton icon="ellipsis" small label={`Acts on version ${version.number}`} />}
                  >
                    <MenuItem icon="git-compare-arrows" onSelect={() => onCompare(version.number, "draft")}>
                      Compare with the draft
                    </MenuItem>
                    {before && (
                      <MenuItem
                        icon="git-compare-arrows"
                        onSelect={() => onCompare(before.number, version.number)}
                      >
                        Compare with version {before.number}
                      </MenuItem>
                    )}
                    {mayEdit && (
                      <>
                        <MenuRule />
                        <MenuItem icon="archive-restore" onSelect={() => onRestore(version.number)}>
                          Restore into the draft
                        </MenuItem>
                        <MenuItem icon="copy" onSelect={() => setCloning(version.number)}>
                          Clone to a new workflow
                        </MenuItem>
                      </>
                    )}
                  </Menu>
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {found.length === 0 && (
        <p className="muted">
          No version matches.{" "}
          <Button
            kind="quiet"
            small
            onClick={() =>
              narrow(() => {
                setSearch("");
                setAuthor("");
              })
            }
          >
            Show all versions
          </Button>
        </p>
      )}
      <Pager
        page={page}
        count={found.length}
        shown={shown.length}
        more={page * ON_A_PAGE < found.length}
        onChange={setPage}
      />
      {cloning !== null && (
        <CloneDialog workflow={workflow} version={cloning} onClose={() => setCloning(null)} />
      )}
    </>
  );
}

function isWanted(version: Version, author: string): boolean {
  if (author === "noted") return version.description !== "";
  return author === "" || nameOf(version.created_by) === author.slice(1);
}

/** Whether a note holds the words, or the number is the one. */
function isNamed({ number, description }: Version, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return wanted === "" || String(number) === wanted || description.toLowerCase().includes(wanted);
}

/** What people call a version: read in the row, written in the row. */
function Note(props: { id: string; version: Version; mayNote: boolean; open: boolean }) {
  const { id, version, mayNote } = props;
  const [typed, setTyped] = useState<string | null>(props.open ? version.description : null);
  const save = useNoteVersion(id);
  if (typed === null)
    return (
      <span className={styles.note}>
        <span className="clip grow" title={version.description}>
          {version.description || <span className="muted">No note</span>}
        </span>
        {mayNote && (
          <IconButton
            icon="pencil"
            small
            label={`Write a note on version ${version.number}`}
            onClick={() => setTyped(version.description)}
          />
        )}
      </span>
    );
  const write = () => {
    if (typed.trim() === version.description) setTyped(null);
    else
      save.mutate(
        { number: version.number, description: typed.trim() },
        {
          onSuccess: () => setTyped(null),
          onError: (error) =>
            toast({ title: "The note was not saved", text: asProblem(error).sentence, tone: "error" }),
        },
      );
  };
  return (
    <Input
      autoFocus
      aria-label={`Note on version ${version.number}`}
      maxLength={256}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={write}
      onKeyDown={(event) => {
        if (event.key === "Enter") write();
        if (event.key === "Escape") setTyped(null);
      }}
    />
  );
}

function nameOf(person: Version["created_by"]): string {
  return typeof person === "string" ? person : (person?.name ?? "");
}
