import type { Sample } from "@/api/trying.ts";
import type { Json } from "@/asl/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Menu, MenuItem, MenuRule } from "@/ui/Menu.tsx";
import { toast } from "@/ui/Toast.tsx";
import { pinnable, pinsOf, withoutPin, withPins } from "./pins.ts";
import type { RunWanted } from "./RunDialog.tsx";
import type { Editor } from "./useEditor.ts";

interface StateRunMenuProps {
  editor: Editor;
  name: string;
  sample: Sample | null;
  onRun: (wanted: RunWanted) => void;
  readOnly: boolean;
}

/** A part of the draft run from the state that is held, and its output pinned. */
export function StateRunMenu({ editor, name, sample, onRun, readOnly }: StateRunMenuProps) {
  const { document } = editor;
  const pins = pinsOf(document.layout);
  const isPinned = name in pins;
  const output = sample?.output as Json | undefined;
  const mayPin = pinnable(document).includes(name);
  const pin = () => {
    editor.edit(isPinned ? `unpin ${name}` : `pin the output of ${name}`, (now) =>
      withPins(
        now,
        isPinned ? withoutPin(pinsOf(now.layout), name) : { ...pinsOf(now.layout), [name]: output ?? null },
      ),
    );
    toast(
      isPinned
        ? { title: `The output of ${name} is no longer pinned` }
        : {
            title: `The output of ${name} is pinned`,
            text: "Trials of the draft use it; what is published never does.",
          },
    );
  };
  return (
    <Menu
      trigger={
        <Button small icon="play" iconAfter="chevron-down" data-testid="state-run">
          Run
        </Button>
      }
    >
      <MenuItem icon="play" onSelect={() => onRun({ until: name })}>
        Run to here
      </MenuItem>
      <MenuItem
        icon="step-forward"
        onSelect={() =>
          onRun({ from: name, ...(sample?.input === undefined ? {} : { input: sample.input }) })
        }
      >
        {sample?.input === undefined ? "Run from here" : "Run from here with the last run’s data"}
      </MenuItem>
      {mayPin && !readOnly && (
        <>
          <MenuRule />
          <MenuItem
            icon={isPinned ? "pin-off" : "pin"}
            disabled={!isPinned && output === undefined}
            title={!isPinned && output === undefined ? "It has no output of a last run" : undefined}
            onSelect={pin}
          >
            {isPinned ? "Unpin its output" : "Pin its output of the last run"}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
