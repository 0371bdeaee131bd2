import type { Json } from "@/asl/types.ts";
import { asksGroup } from "@/inspector/fields/approval.ts";
import { Stepper } from "@/ui/Stepper.tsx";
import styles from "./Inspector.module.css";

interface VotesInputProps {
  label: string;
  value: Json | undefined;
  /** The people who are asked, as they stand beside it; they may be computed. */
  approvers: Json | undefined;
  disabled: boolean;
  onChange: (votes: number | undefined) => void;
}

/** How many of those who are asked have to agree; one where nothing is written. */
export function VotesInput({ label, value, approvers, disabled, onChange }: VotesInputProps) {
  const asked = Array.isArray(approvers) ? approvers : null;
  const groups = asked === null || asksGroup(asked);
  const votes = typeof value === "number" ? value : 1;
  return (
    <span className={styles.votes}>
      <Stepper
        label={label}
        value={votes}
        least={1}
        most={groups ? 100 : Math.max(asked?.length ?? 1, votes)}
        disabled={disabled}
        onChange={(next) => onChange(next === 1 ? undefined : next)}
      />
      <span className="muted">
        {asked && `of ${asked.length}${groups ? ", a group counting by its people" : ""}`}
      </span>
    </span>
  );
}
