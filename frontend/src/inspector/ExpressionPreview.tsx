import { useTried, type Tried } from "@/api/trying.ts";
import type { Json } from "@/asl/types.ts";
import { useInspector, type Trying } from "@/inspector/context.ts";
import { Icon } from "@/ui/icons.tsx";
import { useDebounced } from "@/ui/useDebounced.ts";
import styles from "./ExpressionInput.module.css";

interface ExpressionPreviewProps {
  /** An expression without its marks, or a Choice Rule. */
  value: string | Json;
  field: string;
  root?: "input" | "result";
  kind?: "value" | "rule";
}

/** What an expression gives with the data of the last run, or of the test's input; nothing is run for it. */
export function ExpressionPreview(props: ExpressionPreviewProps) {
  const { trying } = useInspector();
  return trying && <Preview {...props} trying={trying} />;
}

type PreviewProps = ExpressionPreviewProps & { trying: Trying };

function Preview({ value, field, root = "input", kind = "value", trying }: PreviewProps) {
  const { language } = useInspector();
  const typed = useDebounced(value, 300);
  const empty = typeof typed === "string" && typed.trim() === "";
  const evaluation =
    trying.sample && !empty
      ? {
          language,
          kind,
          field,
          root,
          value: language === "JSONata" && typeof typed === "string" ? `{% ${typed} %}` : typed,
        }
      : null;
  const tried = useTried(evaluation, trying.sample);
  if (empty) return null;
  // Before the first run there is nothing to try it with; the same sentence under each field would be noise.
  if (!trying.sample) return null;
  if (!tried.data) return <p className={styles.hint}>{tried.error ? "It cannot be tried now." : " "}</p>;
  const from = trying.sample.execution
    ? `with the data of ${trying.sample.execution.name}`
    : "with the test input";
  return (
    <p
      className={styles.preview}
      data-bad={tried.data.ok ? undefined : ""}
      data-testid="preview"
      title={from}
    >
      <Icon name={tried.data.ok ? "corner-down-right" : "info"} size="s" label={`Preview ${from}`} />
      <span>{said(tried.data, kind)}</span>
    </p>
  );
}

const MOST = 240;

function said(tried: Tried, kind: "value" | "rule"): string {
  if (!tried.ok)
    return tried.cause
      .replace(/^The (?:JSONata expression|JSONPath) '[\s\S]*?' specified for the field '[^']*' /, "It ")
      .slice(0, MOST);
  if (kind === "rule") return tried.value === true ? "holds" : "does not hold";
  const text = JSON.stringify(tried.value) ?? "nothing";
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
