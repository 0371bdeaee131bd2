import { Dialog } from "radix-ui";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useExecutions } from "@/api/executions.ts";
import { useSession } from "@/api/session.ts";
import { useWorkflows } from "@/api/workflows.ts";
import { useCommands } from "@/ui/commands.ts";
import { Icon } from "@/ui/icons.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import { StatusIcon } from "@/ui/StatusBadge.tsx";
import { useDebounced } from "@/ui/useDebounced.ts";
import { destinations, type Destination } from "./destinations.ts";
import styles from "./GoTo.module.css";

/** "Go to anything": pages, workflows and executions by name; arrows choose, Enter goes. */
export function GoTo({ onClose }: { onClose: () => void }) {
  const id = useId();
  const rights = useSession().data?.rights ?? [];
  const navigate = useNavigate();
  const [letters, setLetters] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const search = useDebounced(letters.trim(), 150);
  const workflows = useWorkflows({ search }, false);
  const executions = useExecutions({ search });
  const found = destinations(
    letters,
    rights,
    workflows.data?.results ?? [],
    executions.data?.results ?? [],
    useCommands(),
  );
  const held = Math.min(at, found.length - 1);

  const go = (destination: Destination | undefined) => {
    if (!destination) return;
    onClose();
    // The field is gone first, so that what is done may take the focus.
    if (destination.act) requestAnimationFrame(destination.act);
    else void navigate(destination.to);
  };

  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const next = (held + step + found.length) % found.length;
      setAt(next);
      list.current?.querySelector(`[id="${id}-${next}"]`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(found[held]);
    }
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.scrim} />
        <Dialog.Content className={styles.panel} aria-describedby={undefined}>
          <Dialog.Title className="sr">Go to anything</Dialog.Title>
          <div className={styles.field}>
            <Icon name="search" />
            <input
              value={letters}
              onChange={(event) => {
                setLetters(event.target.value);
                setAt(0);
              }}
              onKeyDown={press}
              placeholder="A page, a workflow, an execution, something to do"
              aria-label="Go to"
              role="combobox"
              aria-expanded
              aria-controls={`${id}-list`}
              aria-activedescendant={held >= 0 ? `${id}-${held}` : undefined}
              autoComplete="off"
              spellCheck={false}
            />
          </div>
          <ul id={`${id}-list`} role="listbox" aria-label="Places" className={styles.list} ref={list}>
            {found.map((place, index) => (
              <Row
                key={place.to}
                place={place}
                id={`${id}-${index}`}
                first={found[index - 1]?.group !== place.group}
                held={index === held}
                onPoint={() => setAt(index)}
                onGo={() => go(place)}
              />
            ))}
          </ul>
          {found.length === 0 && <p className={styles.none}>Nothing is called “{letters.trim()}”.</p>}
          <p className={styles.foot}>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose <Kbd>Enter</Kbd> go <Kbd>Esc</Kbd> close
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface RowProps {
  place: Destination;
  id: string;
  first: boolean;
  held: boolean;
  onPoint: () => void;
  onGo: () => void;
}

function Row({ place, id, first, held, onPoint, onGo }: RowProps) {
  return (
    <>
      {first && (
        <li role="presentation" className={styles.group}>
          {place.group}
        </li>
      )}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field holds the keyboard */}
      <li
        id={id}
        role="option"
        aria-selected={held}
        className={styles.row}
        onPointerMove={onPoint}
        onClick={onGo}
      >
        {place.status ? (
          <StatusIcon status={place.status} />
        ) : (
          place.icon && <Icon name={place.icon} size="s" />
        )}
        <span className="clip" title={place.label}>
          {place.label}
        </span>
        <span className={`clip grow ${styles.detail}`}>{place.detail}</span>
      </li>
    </>
  );
}
