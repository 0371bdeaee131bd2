import { useRef, useState } from "react";
import { useFetchDefinition } from "@/api/imports.ts";
import { asProblem } from "@/api/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input, TextArea } from "@/ui/Field.tsx";
import { ImportReview } from "./ImportReview.tsx";
import { readImport } from "./importText.ts";
import { asName, NAME_RULE, nameProblem } from "./names.ts";
import { TypeField, type WorkflowType } from "./TypeField.tsx";
import { useMake } from "./useMake.ts";
import styles from "./ImportDialog.module.css";

/** Takes a definition from a file, the clipboard or an address, and says what it would use; nothing in it is run. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { make, busy, error } = useMake();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [type, setType] = useState<WorkflowType>("STANDARD");
  const [asked, setAsked] = useState(false);
  const fetching = useFetchDefinition();
  const fetchProblem = fetching.error ? asProblem(fetching.error) : null;
  const problem = error === null ? null : asProblem(error);
  const result = readImport(text);
  const nameError = (asked && nameProblem(name.trim())) || problem?.field("name") || null;

  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    setText(await chosen.text());
    if (name === "") setName(asName(chosen.name));
  };

  const fetchText = () =>
    fetching.mutate(address.trim(), {
      onSuccess: (found) => {
        setText(found.text);
        if (name === "") setName(asName(found.name));
      },
    });

  const submit = () => {
    setAsked(true);
    if (!result.ok || nameProblem(name.trim()) !== null) return;
    const { definition, comment, comments } = result.imported;
    const layout = Object.keys(comments).length ? { layout: { positions: {}, comments } } : {};
    make({ name: name.trim(), description: comment.slice(0, 200), type, definition, ...layout });
  };

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Import a definition"
      text="Amazon States Language as JSON or YAML, as Step Functions exports it."
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy && "Importing…"}>
            Import definition
          </Button>
        </>
      }
    >
      <div className={styles.halves}>
        <div className={styles.half}>
          <Field
            label="From an address"
            optional
            error={fetchProblem ? (fetchProblem.field("url") ?? fetchProblem.sentence) : null}
            hint="The server fetches it; addresses inside its network are refused."
          >
            {(control) => (
              <span className={styles.address}>
                <Input
                  {...control}
                  type="url"
                  placeholder="https://"
                  value={address}
                  onChange={(event) => setAddress(event.target.value)}
                  onKeyDown={(event) => {
                    if (event.key !== "Enter") return;
                    event.preventDefault();
                    if (address.trim() !== "") fetchText();
                  }}
                />
                <Button
                  icon="download"
                  disabled={address.trim() === ""}
                  busy={fetching.isPending && "Fetching"}
                  onClick={fetchText}
                >
                  Fetch it
                </Button>
              </span>
            )}
          </Field>
          <Field
            label="Definition"
            hint={
              result.ok
                ? "It can be read; what it would use is told beside it."
                : "Paste it, or drop a file here."
            }
            error={result.ok || (text === "" && !asked) ? problem?.field("definition") : result.reason}
            aside={
              <Button small icon="upload" onClick={() => file.current?.click()}>
                Choose a file
              </Button>
            }
          >
            {(control) => (
              <TextArea
                {...control}
                code
                rows={10}
                value={text}
                onChange={(event) => setText(event.target.value)}
                onDragOver={(event) => event.preventDefault()}
                onDrop={(event) => {
                  event.preventDefault();
                  void take(event.dataTransfer.files[0]);
                }}
                autoFocus
              />
            )}
          </Field>
          <input
            ref={file}
            type="file"
            accept=".json,.yaml,.yml,.asl"
            className={styles.file}
            aria-label="File with a definition"
            tabIndex={-1}
            onChange={(event) => void take(event.target.files?.[0])}
          />
          <TypeField value={type} onChange={setType} />
          <Field label="Name" hint={`Letters, digits and hyphens. ${NAME_RULE}`} error={nameError}>
            {(control) => (
              <Input
                {...control}
                value={name}
                onChange={(event) => setName(event.target.value)}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        </div>
        {result.ok ? (
          <ImportReview definition={result.imported.definition} type={type} onFill={setText} />
        ) : (
          <div className={styles.empty}>
            <p>
              What the definition would use is told here before anything is made: hosts, connections, AWS
              actions, functions.
            </p>
          </div>
        )}
      </div>
      {problem && !nameError && !problem.field("definition") && (
        <ErrorPanel title={problem.title} text={problem.sentence} />
      )}
    </Dialog>
  );
}
