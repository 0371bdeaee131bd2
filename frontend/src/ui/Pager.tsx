import { Button } from "./Button.tsx";
import styles from "./Pager.module.css";

interface PagerProps {
  page: number;
  count: number;
  /** How many this page shows. */
  shown: number;
  more: boolean;
  onChange: (page: number) => void;
}

/** Earlier and later pages of a list; nothing when one page holds it all. */
export function Pager({ page, count, shown, more, onChange }: PagerProps) {
  if (page === 1 && !more) return null;
  return (
    <nav aria-label="Pages of the list" className={styles.pager}>
      <span className="muted num">
        {shown} of {count}, page {page}
      </span>
      <Button small icon="chevron-left" disabled={page === 1} onClick={() => onChange(page - 1)}>
        Previous
      </Button>
      <Button small iconAfter="chevron-right" disabled={!more} onClick={() => onChange(page + 1)}>
        Next
      </Button>
    </nav>
  );
}
