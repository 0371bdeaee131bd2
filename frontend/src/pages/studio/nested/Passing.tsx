import type { Extraction } from "@/document/commands/nested/extract.ts";
import { Icon } from "@/ui/icons.tsx";
import styles from "./Passing.module.css";

/** What goes into states that are extracted, what comes out of them, and what becomes of their errors. */
export function Passing({ extraction }: { extraction: Extraction }) {
  const { start, target, given, returned, fails } = extraction;
  return (
    <section aria-label="In and out" className={styles.passing}>
      <dl>
        <div>
          <dt>Goes in</dt>
          <dd>
            the input of <b>{start}</b>
            <Variables names={given} />
          </dd>
        </div>
        <div>
          <dt>Comes out</dt>
          <dd>
            the output, {target === null ? "with which it ends here" : "which goes on to "}
            {target !== null && <b>{target}</b>}
            <Variables names={returned} />
          </dd>
        </div>
      </dl>
      <p className={styles.note}>
        <Icon name="info" size="s" />
        <span>
          What fails in it arrives as States.TaskFailed; its own error stands in the Cause.
          {fails.length > 0 && ` So does the error of ${fails.map((name) => `“${name}”`).join(", ")}.`}
        </span>
      </p>
    </section>
  );
}

function Variables({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      {", and "}
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 && ", "}
          <code>${name}</code>
        </span>
      ))}
    </>
  );
}
