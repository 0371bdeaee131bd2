import { useState } from "react";
import { useNavigate } from "react-router";

import { useRight } from "@/api/session.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { useOfferCommands } from "@/ui/commands.ts";
import { Menu, MenuItem, MenuLabel, MenuRule } from "@/ui/Menu.tsx";
import { toast } from "@/ui/Toast.tsx";
import { AwsReportDialog } from "./AwsReportDialog.tsx";
import { exportAs, type ExportFormat } from "./exportDefinition.ts";
import type { Nesting } from "./nested/useNesting.ts";
import type { Draft } from "./saving/useDraft.ts";
import type { Editor } from "./useEditor.ts";

interface StudioActionsProps {
  editor: Editor;
  draft: Draft;
  graph: PlacedGraph;
  onRun: () => void;
  /** Saves by hand. */
  onSave: () => void;
  onPins: () => void;
  /** Whether there are placeholders, and they may be filled in. */
  mayFill: boolean;
  onPlaceholders: () => void;
  onPublish: () => void;
  /** Asks for words on the version first. */
  onPublishWithNote: () => void;
  publishing: boolean;
  onVersions: () => void;
  onShow: (location: string) => void;
  /** Null where states cannot be moved. */
  nesting: Nesting | null;
}

const FORMATS: readonly { format: ExportFormat; label: string }[] = [
  { format: "json", label: "Definition as JSON" },
  { format: "yaml", label: "Definition as YAML" },
  { format: "svg", label: "Picture as SVG" },
  { format: "png", label: "Picture as PNG" },
];

/** What can be done with the whole workflow: export it, run it, publish it. */
export function StudioActions(props: StudioActionsProps) {
  const { editor, draft, graph, onRun, onPublish, publishing, nesting } = props;
  const { document } = editor;
  const { workflow } = draft;
  const mayRun = useRight("run");
  const mayPublish = useRight("publish");
  const navigate = useNavigate();
  const [reporting, setReporting] = useState(false);
  const isPublished =
    workflow.published_version !== null && !workflow.has_unpublished_changes && draft.state === "saved";
  const take = (format: ExportFormat) => {
    exportAs(format, workflow.name, document, graph).catch(() =>
      toast({
        title: "The file was not made",
        text: "This browser could not draw the picture.",
        tone: "error",
      }),
    );
  };
  useOfferCommands([
    ...FORMATS.map(({ format, label }) => ({
      label: `Export: ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
      icon: "download" as const,
      onSelect: () => take(format),
    })),
    ...(props.mayFill
      ? [{ label: "Fill in placeholders", icon: "braces" as const, onSelect: props.onPlaceholders }]
      : []),
    { label: "What would not run on AWS", icon: "cloud", onSelect: () => setReporting(true) },
  ]);
  return (
    <>
      <Menu trigger={<IconButton icon="ellipsis" label="More" data-testid="more" />}>
        <MenuItem icon="history" onSelect={() => void navigate(`/executions?workflow=${workflow.id}`)}>
          Executions of this workflow
        </MenuItem>
        <MenuItem icon="git-compare-arrows" onSelect={props.onVersions}>
          Versions and aliases
        </MenuItem>
        <MenuRule />
        <MenuItem icon="save" keys="Ctrl S" disabled={draft.state === "saved"} onSelect={props.onSave}>
          Save the draft now
        </MenuItem>
        <MenuItem
          icon={draft.autosave ? "check" : "power-off"}
          onSelect={() => draft.setAutosave(!draft.autosave)}
        >
          {draft.autosave ? "Drafts are saved by themselves" : "Save drafts by themselves again"}
        </MenuItem>
        {mayRun && (
          <MenuItem icon="pin" onSelect={props.onPins}>
            Pin outputs
          </MenuItem>
        )}
        {nesting && (
          <>
            <MenuRule />
            <MenuItem
              icon="workflow"
              keys="X"
              disabled={nesting.count === 0}
              title={nesting.count === 0 ? "Select states first" : undefined}
              onSelect={nesting.extract}
            >
              Extract the selection to a workflow…
            </MenuItem>
            {nesting.starts && (
              <MenuItem icon="file-input" keys="Shift X" onSelect={() => void nesting.bringIn()}>
                Bring its states here
              </MenuItem>
            )}
          </>
        )}
        {mayPublish && (
          <MenuItem
            icon="upload"
            disabled={document.problem !== null || isPublished}
            onSelect={props.onPublishWithNote}
          >
            Publish with a note
          </MenuItem>
        )}
        {props.mayFill && (
          <MenuItem icon="braces" onSelect={props.onPlaceholders}>
            Fill in placeholders…
          </MenuItem>
        )}
        <MenuRule />
        <MenuLabel>Export</MenuLabel>
        {FORMATS.map(({ format, label }) => (
          <MenuItem
            key={format}
            icon={format === "svg" || format === "png" ? "image" : "download"}
            disabled={format === "yaml" && document.problem !== null}
            onSelect={() => take(format)}
          >
            {label}
          </MenuItem>
        ))}
        <MenuItem icon="cloud" onSelect={() => setReporting(true)}>
          What would not run on AWS
        </MenuItem>
      </Menu>
      {mayRun && (
        <Button icon="play" onClick={onRun} disabled={document.problem !== null} data-testid="run">
          Run draft
        </Button>
      )}
      {mayPublish && (
        <Button
          kind="primary"
          data-testid="publish"
          onClick={onPublish}
          busy={publishing && "Publishing"}
          disabled={document.problem !== null || isPublished}
          title={isPublished ? `Version ${workflow.published_version} is this draft` : undefined}
        >
          {isPublished
            ? `Version ${workflow.published_version} is published`
            : `Publish version ${(workflow.published_version ?? 0) + 1}`}
        </Button>
      )}
      {reporting && (
        <AwsReportDialog
          name={workflow.name}
          type={workflow.type}
          text={document.text}
          onClose={() => setReporting(false)}
          onShow={(location) => {
            setReporting(false);
            props.onShow(location);
          }}
        />
      )}
    </>
  );
}
