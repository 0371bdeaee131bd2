import { Icon, type IconName } from "./icons.tsx";
import styles from "./Segmented.module.css";

interface Segment<T extends string> {
  value: T;
  label: string;
  icon?: IconName;
  disabled?: boolean;
  title?: string;
  count?: number;
}

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  segments: readonly Segment<T>[];
  /** 20 px high, for the kinds of a field. */
  tiny?: boolean;
}

/** Two or three ways to see one thing, of which one is held. */
export function Segmented<T extends string>({ label, value, onChange, segments, tiny }: SegmentedProps<T>) {
  return (
    <span
      className={tiny ? `${styles.seg} ${styles.tiny}` : styles.seg}
      role="group"
      aria-label={label}
      data-segmented
    >
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          aria-pressed={segment.value === value}
          aria-disabled={segment.disabled || undefined}
          title={segment.title}
          onClick={() => {
            if (!segment.disabled && segment.value !== value) onChange(segment.value);
          }}
        >
          {segment.icon && <Icon name={segment.icon} size="s" />}
          {segment.label}
          {segment.count !== undefined && <span className={styles.count}>{segment.count}</span>}
        </button>
      ))}
    </span>
  );
}
