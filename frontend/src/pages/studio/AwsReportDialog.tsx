import { asProblem } from "@/api/problem.ts";
import { useReview } from "@/api/imports.ts";
import { fromPointer } from "@/asl/types.ts";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Icon } from "@/ui/icons.tsx";
import { useCopied } from "@/ui/useCopied.ts";
import styles from "./AwsReportDialog.module.css";

interface AwsReportDialogProps {
  name: string;
  type: "STANDARD" | "EXPRESS";
  text: string;
  onClose: () => void;
  onShow: (location: string) => void;
}

/** What somebody must know who takes the definition to AWS Step Functions; each line leads to its place. */
export function AwsReportDialog({ name, type, text, onClose, onShow }: AwsReportDialogProps) {
  const { copied, copy } = useCopied();
  const review = useReview(text, type);
  const found = review.data?.aws ?? [];
  const errors = found.filter(({ severity }) => severity === "ERROR").length;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`${name} on AWS Step Functions`}
      text={
        review.error
          ? asProblem(review.error).sentence
          : !review.data
            ? "Reading the definition"
            : errors > 0
              ? `It would not run there as it stands: ${errors} ${errors === 1 ? "thing keeps" : "things keep"} it from running.`
              : found.length > 0
                ? "It would run there, with the differences below."
                : "Nothing in it is known to be refused there. Roles and their rights are AWS's own matter."
      }
      actions={
        <>
          {found.length > 0 && (
            <Button
              icon={copied ? "check" : "copy"}
              onClick={() =>
                void copy(
                  found.map((each) => `${each.severity} ${each.location || "/"}: ${each.message}`).join("\n"),
                )
              }
            >
              {copied ? "Copied" : "Copy report"}
            </Button>
          )}
          <Button kind="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <ul className={styles.list} data-testid="aws-report">
        {found.map((each) => {
          const steps = fromPointer(each.location);
          const state = steps[steps.lastIndexOf("States") + 1];
          return (
            <li key={`${each.location} ${each.code} ${each.message}`}>
              <button type="button" disabled={!state} onClick={() => onShow(each.location)}>
                <span data-severity={each.severity}>
                  <Icon
                    name={each.severity === "ERROR" ? "circle-x" : "triangle-alert"}
                    size="s"
                    label={each.severity === "ERROR" ? "Would not run" : "Differs"}
                  />
                </span>
                <span>
                  <strong>{steps.includes("States") ? state : "Workflow"}</strong>
                  <span className="second">{each.message}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
