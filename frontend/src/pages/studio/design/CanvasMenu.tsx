import { ContextMenu } from "radix-ui";
import { useRef, type ReactElement, type ReactNode } from "react";

import { Icon, type IconName } from "@/ui/icons.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import menu from "@/ui/Menu.module.css";
import { canvasActs, type ActedOn } from "./canvasActs.ts";
import { nestingItems } from "../nested/nestingItems.ts";
import type { Nesting } from "../nested/useNesting.ts";
import { trialItems } from "../trials/trialItems.ts";
import type { Trials } from "../trials/useTrials.ts";

/** One line of the menu; a group of them stands between two rules. */
export interface CanvasAct {
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  /** It takes the focus somewhere: the card does not get it back. */
  readonly leads?: boolean;
}

interface CanvasMenuProps {
  /** What is selected, and what can be done to it or to the canvas. */
  actedOn: ActedOn;
  /** Null where this reader may not try the draft. */
  trials: Trials | null;
  /** Null where nothing may be edited. Without anything to do the browser's own menu opens. */
  nesting: Nesting | null;
  /** The node under the pointer, before the menu opens; null for the canvas itself. */
  onPoint: (id: string | null) => void;
  /** The menu has gone: the keyboard goes on from the card. */
  onClosed: () => void;
  children: ReactElement;
}

/** The menu of the secondary button, or of the menu key, on the canvas: all that can be done to a state, with its keys. */
export function CanvasMenu({ actedOn, trials, nesting, onPoint, onClosed, children }: CanvasMenuProps) {
  const chosen = useRef<CanvasAct | null>(null);
  const all = [
    ...canvasActs(actedOn),
    nesting ? nestingItems(nesting) : [],
    ...(trials ? trialItems(trials) : []),
  ].filter((group) => group.length > 0);
  if (all.length === 0) return children;
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenuCapture={(event) => {
          const target = event.target as HTMLElement;
          const found = target.closest("[data-node]")?.getAttribute("data-node") ?? null;
          // The menu key speaks of what is selected, wherever the focus is.
          if (found !== null || target.closest(".react-flow__pane")) onPoint(found);
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className={menu.menu}
          collisionPadding={8}
          data-testid="canvas-menu"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const act = chosen.current;
            chosen.current = null;
            if (!act?.leads) onClosed();
            // Only now: the menu would take the focus away again from where this leads.
            act?.onSelect();
          }}
        >
          {all.map((group, index) => (
            <Group key={group[0]?.label} first={index === 0}>
              {group.map((act) => (
                <ContextMenu.Item
                  key={act.label}
                  className={act.danger ? `${menu.item} ${menu.danger}` : menu.item}
                  disabled={act.disabled}
                  onSelect={() => {
                    chosen.current = act;
                  }}
                >
                  <Icon name={act.icon} size="s" />
                  <span className="grow clip">{act.label}</span>
                  {act.keys && <Kbd>{act.keys}</Kbd>}
                </ContextMenu.Item>
              ))}
            </Group>
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Group({ first, children }: { first: boolean; children: ReactNode }) {
  return (
    <>
      {!first && <ContextMenu.Separator className={menu.rule} />}
      {children}
    </>
  );
}
