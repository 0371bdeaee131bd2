import type { ReactNode } from "react";
import styles from "./Group.module.css";

interface GroupProps {
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** One group of settings with its heading. */
export function Group({ title, text, action, children }: GroupProps) {
  return (
    <section className={styles.group}>
      <header>
        <div className="grow">
          <h2>{title}</h2>
          {text && <p>{text}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
