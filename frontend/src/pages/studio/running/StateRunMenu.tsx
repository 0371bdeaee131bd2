import type { Sample } from "@/api/trying.ts";
import type { Json } from "@/asl/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Menu, MenuItem, MenuRule } from "@/ui/Menu.tsx";
import { toast } from "@/ui/Toast.tsx";
import { pinnable, pinsOf, withoutPin, withPins } from "../trials/pins.ts";
import type { Trials } from "../trials/useTrials.ts";
import type { Editor } from "../useEditor.ts";

interface StateRunMenuProps {
  editor: Editor;
  name: string;
  sample: Sample | null;
  trials: Trials;
  readOnly: boolean;
}

/** A part of the draft run from the state that is held, and its output pinned. */
export function StateRunMenu({ editor, name, sample, trials, readOnly }: StateRunMenuProps) {
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
      <MenuItem icon="play" keys="T" onSelect={() => trials.runTo(name)}>
        Run to here
      </MenuItem>
      <MenuItem icon="step-forward" keys="Shift T" onSelect={() => void trials.runFrom(name)}>
        {sample?.input === undefined ? "Run from here" : "Run from here with the last run’s data"}
      </MenuItem>
      {mayPin && !readOnly && (
        <>
          <MenuRule />
          <MenuItem
            icon={isPinned ? "pin-off" : "pin"}
            keys="P"
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
