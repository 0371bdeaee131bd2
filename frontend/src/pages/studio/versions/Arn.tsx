import { CopyButton } from "@/ui/CodeValue.tsx";
import styles from "./Versions.module.css";

interface ArnProps {
  arn: string;
  /** What it names, as in "version 7". */
  of: string;
  /** Shows only what comes after this, where the whole stands nearby. */
  after?: string;
}

/** The name that boto3, the AWS CLI and other programs use, to be copied. */
export function Arn({ arn, of, after = "" }: ArnProps) {
  return (
    <span className={styles.arn}>
      <code title={arn}>{after && arn.startsWith(after) ? `…${arn.slice(after.length)}` : arn}</code>
      <CopyButton text={arn} label={`Copy the ARN of ${of}`} />
    </span>
  );
}
