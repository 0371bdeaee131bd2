import { useState } from "react";

import { isSame, workOf, type Stage } from "@/inspector/stages.ts";
import { useInspector } from "@/inspector/context.ts";
import { Button } from "@/ui/Button.tsx";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Icon } from "@/ui/icons.tsx";
import styles from "./DataFlow.module.css";

/** What a state makes of its data, stage after stage, from the input at the top to the output at the foot. */
export function DataFlow({ stages }: { stages: readonly Stage[] }) {
  const [large, setLarge] = useState(false);
  const { state } = useInspector();
  return (
    <section className={styles.flow} aria-label="Data flow" data-testid="data-flow">
      <header className={styles.top}>
        <h3 className="grow">Data flow</h3>
        <Button kind="quiet" small icon="maximize-2" onClick={() => setLarge(true)}>
          Before and after
        </Button>
      </header>
      <ol>
        {stages.map((stage, index) => {
          const worked = stage.part === "work" && index > 0;
          return (
            <li key={stage.key} data-part={stage.part}>
              {index > 0 && (
                <span className={styles.way}>
                  <Icon name="arrow-down" size="s" />
                  <span className="clip" title={madeBy(stage) ?? undefined}>
                    {worked ? workOf(state) : (madeBy(stage) ?? "as it is")}
                  </span>
                </span>
              )}
              <StageBox stage={stage} />
            </li>
          );
        })}
      </ol>
      {large && <BeforeAndAfter stages={stages} onClose={() => setLarge(false)} />}
    </section>
  );
}

function StageBox({ stage }: { stage: Stage }) {
  const same = isSame(stage);
  const [open, setOpen] = useState(!same);
  return (
    <div className={styles.box} data-stage={stage.key}>
      <button type="button" className={styles.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? "chevron-down" : "chevron-right"} size="s" />
        <strong className="grow">{stage.title}</strong>
        {same && <span className="small muted">unchanged</span>}
      </button>
      {open && <CodeValue value={JSON.stringify(stage.value)} maxHeight="180px" />}
    </div>
  );
}

/** Each stage with what came in beside what it made. */
function BeforeAndAfter({ stages, onClose }: { stages: readonly Stage[]; onClose: () => void }) {
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Data flow, before and after each stage"
      actions={
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      {stages.slice(1).map((stage) => (
        <section key={stage.key} className={styles.pair} aria-label={stage.title}>
          <h3>
            {stage.title}
            <code className="clip">{madeBy(stage)}</code>
          </h3>
          <CodeValue label="Before" value={JSON.stringify(stage.before)} maxHeight="220px" />
          <CodeValue label="After" value={JSON.stringify(stage.value)} maxHeight="220px" />
        </section>
      ))}
    </Dialog>
  );
}

function madeBy({ field, made }: Stage): string | null {
  if (field === null || made === undefined) return null;
  return `${field} ${typeof made === "string" ? made : JSON.stringify(made)}`;
}
