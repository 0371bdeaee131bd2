import type { ReactNode } from "react";
import { Icon } from "@/ui/icons.tsx";
import { statusSigns, type Status } from "@/ui/status.ts";
import styles from "./Notice.module.css";

interface NoticeProps {
  status: Status;
  title: string;
  /** The whole cause; it is never cut, only scrolled. */
  text: string | null;
  children?: ReactNode;
}

/** What went wrong, in the colours of its status. */
export function Notice({ status, title, text, children }: NoticeProps) {
  return (
    <div className={styles.notice} data-status={status} role="note">
      <Icon name={statusSigns[status].icon} label={statusSigns[status].word} />
      <div className="grow">
        <p className={styles.title}>{title}</p>
        {text && <p className={styles.cause}>{text}</p>}
      </div>
      {children && <div className={styles.act}>{children}</div>}
    </div>
  );
}
