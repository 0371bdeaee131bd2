import type { Trial } from "@/api/types.ts";
import { Icon } from "@/ui/icons.tsx";
import badge from "@/ui/StatusBadge.module.css";
import { trialInWords } from "./trial.ts";

/** Says that an execution was a trial: what it did is no proof of the whole. It is no status, and has no colour. */
export function TrialBadge({ trial }: { trial: Trial }) {
  return (
    <span
      className={`${badge.badge} ${badge.neutral}`}
      title={`A trial of the draft: ${trialInWords(trial)}`}
    >
      <Icon name="flask-conical" size="s" />
      Trial
    </span>
  );
}
