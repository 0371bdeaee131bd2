import { visibleAt } from "@/asl/variableFlow.ts";
import { useInspector } from "@/inspector/context.ts";
import styles from "@/inspector/Inspector.module.css";

/** The variables that this state may read, who sets them, and what they held in the last run. */
export function VariablesSeen() {
  const { definition, path, trying } = useInspector();
  const held = trying?.sample?.variables ?? {};
  const found = visibleAt(definition, path);
  return (
    <section className={styles.seen} aria-label="Variables that are visible here">
      <h3>Visible here</h3>
      {found.length === 0 ? (
        <p className="small muted">
          No state before this one sets a variable. What is set above is read by the states after it.
        </p>
      ) : (
        <ul>
          {found.map(({ name, from }) => {
            const text = name in held ? (JSON.stringify(held[name]) ?? "") : "";
            const setters = from.join(", ");
            return (
              <li key={name}>
                <code>${name}</code>
                <span className="clip second" title={`Set by ${setters}`}>
                  set by {setters}
                </span>
                {trying?.sample && (
                  <span className={styles.held} title={text}>
                    {text || "not set in the last run"}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
