import { duration } from "@/ui/time.ts";
import type { Bar } from "./rows.ts";
import styles from "./Timeline.module.css";

export interface Scale {
  /** When the execution started. */
  start: number;
  step: number;
  end: number;
}

interface TimelineProps {
  bars: readonly Bar[];
  scale: Scale;
  now: number;
  /** While the execution runs: a line at the present. */
  live: boolean;
}

/** A row's bars: attempts, back-off between them, or one whole stay. */
export function Timeline({ bars, scale, now, live }: TimelineProps) {
  const place = (at: number) => Math.min(100, Math.max(0, ((at - scale.start) / scale.end) * 100));
  return (
    <div className={styles.lane}>
      {bars.map((bar, index) => {
        const from = place(bar.from);
        const style = { left: `${from}%`, width: `${place(bar.until ?? now) - from}%` };
        if (bar.look === "back-off")
          return <i key={index} className={styles.backOff} style={style} title={bar.title} />;
        return (
          <i
            key={index}
            className={bar.thin ? `${styles.bar} ${styles.thin}` : styles.bar}
            data-status={bar.look}
            style={style}
            title={bar.title || undefined}
          />
        );
      })}
      {live && <i className={styles.now} style={{ left: `${place(now)}%` }} />}
    </div>
  );
}

/** The marks above the bars. */
export function Axis({ scale }: { scale: Scale }) {
  const marks = [0, 1, 2, 3];
  return (
    <div className={styles.axis} aria-hidden="true">
      {marks.map((mark) => (
        <span key={mark} style={{ left: `${((mark * scale.step) / scale.end) * 100}%` }}>
          {mark === 0 ? "0 s" : duration(mark * scale.step).replace(/\.0 s$/, " s")}
        </span>
      ))}
    </div>
  );
}
