import { ContextMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

import { Icon, type IconName } from "@/ui/icons.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import menu from "@/ui/Menu.module.css";
import type { Trials } from "./useTrials.ts";

interface TrialMenuProps {
  /** Null where this reader may not try the draft: the browser's own menu opens. */
  trials: Trials | null;
  /** The node under the pointer, before the menu opens. */
  onPoint: (id: string) => void;
  children: ReactElement;
}

/** The menu of the secondary button on the canvas: runs a part of the draft, and pins outputs. */
export function TrialMenu({ trials, onPoint, children }: TrialMenuProps) {
  if (trials === null) return children;
  const { states, pinned } = trials;
  const one = states.length === 1;
  const able = states.filter(trials.mayPin);
  const some = able.filter((name) => pinned.has(name));
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenuCapture={(event) => {
          const found = (event.target as HTMLElement).closest("[data-node]")?.getAttribute("data-node");
          if (found) onPoint(found);
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={menu.menu} collisionPadding={8} data-testid="trial-menu">
          <Item icon="play" keys="T" disabled={!one} onSelect={() => trials.runTo()}>
            Run to here
          </Item>
          <Item icon="step-forward" keys="Shift T" disabled={!one} onSelect={() => void trials.runFrom()}>
            Run from here…
          </Item>
          <ContextMenu.Separator className={menu.rule} />
          {able.length > 0 && some.length < able.length && (
            <Item icon="pin" keys="P" onSelect={() => void trials.pinLastRun(able)}>
              {able.length === 1 ? "Pin its output of the last run" : "Pin their outputs of the last run"}
            </Item>
          )}
          {some.length > 0 && (
            <Item
              icon="pin-off"
              keys={some.length === able.length ? "P" : undefined}
              onSelect={() => trials.unpin(some)}
            >
              {some.length === 1 ? "Unpin its output" : `Unpin these ${some.length} outputs`}
            </Item>
          )}
          <Item icon="pin" onSelect={() => void trials.pinLastRun()}>
            Pin all outputs of the last run
          </Item>
          <Item icon="pin" onSelect={trials.choose}>
            Choose outputs to pin
          </Item>
          <Item icon="pin-off" disabled={pinned.size === 0} onSelect={() => trials.unpin()}>
            Unpin all
          </Item>
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

interface ItemProps {
  icon: IconName;
  keys?: string | undefined;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

function Item({ icon, keys, disabled, onSelect, children }: ItemProps) {
  return (
    <ContextMenu.Item className={menu.item} disabled={disabled} onSelect={onSelect}>
      <Icon name={icon} size="s" />
      <span className="grow clip">{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </ContextMenu.Item>
  );
}
