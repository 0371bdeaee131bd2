import { useInspector } from "@/inspector/context.ts";
import styles from "./Inspector.module.css";

/** The variables that this state may read: those the draft assigns, with what they held in the last run. */
export function VariablesSeen() {
  const { trying } = useInspector();
  const held = trying?.sample?.variables ?? {};
  const names = [...new Set([...Object.keys(held), ...(trying?.variables ?? [])])].sort();
  if (names.length === 0) return null;
  return (
    <section className={styles.seen} aria-label="Variables of this workflow">
      <h3>Variables of this workflow</h3>
      <ul>
        {names.map((name) => {
          const text = name in held ? (JSON.stringify(held[name]) ?? "") : "";
          return (
            <li key={name}>
              <code>${name}</code>
              <span className="clip muted" title={text}>
                {text || "not set in the last run"}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="small muted">
        A state sees those that were set before it, in its own scope or around it.
      </p>
    </section>
  );
}
