import { Popover } from "radix-ui";
import { useRef, useState } from "react";
import { Icon } from "./icons.tsx";
import styles from "./Info.module.css";

interface InfoProps {
  /** What it is about: "Longest wait". */
  about: string;
  /** What the field does. */
  children: string;
  /** How it may look, as it is typed. */
  example?: string | null;
  /** The field's name where it has another in the definition. */
  name?: string | null;
}

const GAP = 8;

/** The way from a field to what it does, beside the panel, so that it covers nothing that is filled in. */
export function Info({ about, children, example, name }: InfoProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [offset, setOffset] = useState(GAP);
  const place = () => {
    const [button, panel] = [trigger.current, trigger.current?.closest("aside")];
    if (button && panel)
      setOffset(button.getBoundingClientRect().left - panel.getBoundingClientRect().left + GAP);
  };
  return (
    <Popover.Root onOpenChange={(open) => open && place()}>
      <Popover.Trigger ref={trigger} className={styles.trigger} title={`About ${about}`} data-info>
        <Icon name="info" size="s" />
        <span className="sr">About {about}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.card}
          side="left"
          sideOffset={offset}
          collisionPadding={8}
          aria-label={`About ${about}`}
        >
          <h3>
            {about}
            {name && name !== about && <code>{name}</code>}
          </h3>
          <p>{children}</p>
          {example && (
            <>
              <p className={styles.word}>Example</p>
              <pre>{example}</pre>
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
