import { useRef, type KeyboardEvent, type ReactNode } from "react";
import styles from "./Tabs.module.css";

interface Tab<T extends string> {
  value: T;
  label: string;
  count?: number;
  /** The count is one of errors. */
  bad?: boolean;
  /** What it holds, where the label is short. */
  title?: string;
}

interface TabsProps<T extends string> {
  label: string;
  /** Prefix of the ids that join a tab to its panel. */
  id: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  /** At the right end of the row. */
  aside?: ReactNode;
}

/** A row of tabs; arrows move, Home and End go to the ends. Put the content into TabPanel. */
export function Tabs<T extends string>({ label, id, value, onChange, tabs, aside }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);

  const walk = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChange(next.value);
    list.current?.querySelector<HTMLElement>(`[id="${id}-tab-${next.value}"]`)?.focus();
  };

  return (
    <div className={styles.bar}>
      {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus -- the focus is on the tabs */}
      <div role="tablist" aria-label={label} className={styles.tabs} ref={list} onKeyDown={walk}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.value}`}
            title={tab.title}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
            {tab.count ? (
              <span className={styles.count} data-bad={tab.bad ? "" : undefined}>
                {tab.count}
              </span>
            ) : null}
          </button>
        ))}
      </div>
      {aside}
    </div>
  );
}

interface TabPanelProps {
  id: string;
  value: string;
  className?: string;
  children: ReactNode;
}

/** What the chosen tab shows; id and value are those of Tabs. */
export function TabPanel({ id, value, className, children }: TabPanelProps) {
  return (
    <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${value}`} className={className}>
      {children}
    </div>
  );
}
