import { useId, useState } from "react";
import { useDecide } from "@/api/approvals.ts";
import { asProblem } from "@/api/problem.ts";
import type { Approval, ApprovalField, Decision } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, FieldMessage, Input, TextArea } from "@/ui/Field.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Select } from "@/ui/Select.tsx";
import { fullMoment } from "@/ui/time.ts";
import { toast } from "@/ui/Toast.tsx";
import { fieldValues, initialValues, readFields } from "./fields.ts";
import { present, type Answer } from "./presentation.ts";
import styles from "./DecideForm.module.css";

/** The answers as large cards, the fields, the comment, and one button; nothing is chosen beforehand. */
export function DecideForm({ approval }: { approval: Approval }) {
  const id = useId();
  const decide = useDecide(String(approval.id));
  const [choice, setChoice] = useState<string | null>(null);
  const [comment, setComment] = useState("");
  const fields = readFields(approval.fields);
  const { answers } = present(approval);
  const [typed, setTyped] = useState(() => initialValues(fields));
  const [asked, setAsked] = useState(false);

  if (!approval.can_decide) {
    return <p className={styles.cannot}>Others are asked; you can see this question, but not answer it.</p>;
  }

  const problem = decide.error === null ? null : asProblem(decide.error);
  const earlier = problem?.extra["decision"] as Decision | undefined;
  const commentMissing = approval.comment === "required" && comment.trim() === "";
  const missing = fields.filter((field) => field.required && isBlank(field, typed[field.name]));

  const submit = () => {
    setAsked(true);
    if (choice === null || commentMissing || missing.length > 0) return;
    const label = approval.choices.find(({ value }) => value === choice)?.label ?? choice;
    decide.mutate(
      {
        choice,
        ...(comment.trim() && { comment: comment.trim() }),
        ...(fields.length > 0 && { fields: fieldValues(fields, typed) }),
      },
      { onSuccess: () => toast({ title: "Answer sent", text: label }) },
    );
  };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset className={styles.choices} aria-describedby={`${id}-choice`}>
        <legend className="sr">Your answer</legend>
        {answers.map((answer) => (
          <AnswerCard
            key={answer.value}
            answer={answer}
            name={`${id}-answer`}
            checked={answer.value === choice}
            onChoose={() => setChoice(answer.value)}
          />
        ))}
        <FieldMessage
          id={`${id}-choice`}
          error={asked && choice === null ? "Choose an answer first." : null}
        />
      </fieldset>
      {fields.map((field) => (
        <FormField
          key={field.name}
          field={field}
          value={typed[field.name] ?? ""}
          error={
            problem?.field(`fields.${field.name}`) ??
            (asked && missing.includes(field) ? `Fill in ${field.label}.` : null)
          }
          onChange={(value) => setTyped({ ...typed, [field.name]: value })}
        />
      ))}
      {approval.comment !== "none" && (
        <Field
          label="Comment"
          optional={approval.comment === "optional"}
          error={
            problem?.field("comment") ??
            (asked && commentMissing ? "Write a comment; this question needs one." : null)
          }
        >
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          )}
        </Field>
      )}
      {problem &&
        (earlier ? (
          <ErrorPanel
            title={`Already decided by ${earlier.by}`}
            text={`${earlier.label}, ${fullMoment(earlier.at)}. Your answer was not counted.`}
          />
        ) : (
          problem.errors.length === 0 && (
            <ErrorPanel title="Your answer was not sent" text={problem.sentence} />
          )
        ))}
      <div className={styles.send}>
        <Button kind="primary" type="submit" busy={decide.isPending && "Sending…"}>
          Send my answer
        </Button>
        <span className="small muted">Your answer cannot be changed, and it is recorded with your name.</span>
      </div>
    </form>
  );
}

/* A tick that is required has to be set; anything else has to be filled in. */
function isBlank({ type }: ApprovalField, value = ""): boolean {
  return type === "boolean" ? value !== "true" : value.trim() === "";
}

interface AnswerCardProps {
  answer: Answer;
  name: string;
  checked: boolean;
  onChoose: () => void;
}

function AnswerCard({ answer, name, checked, onChoose }: AnswerCardProps) {
  return (
    <label className={styles.choice}>
      <input type="radio" name={name} value={answer.value} checked={checked} onChange={onChoose} />
      <span className={styles.dot} />
      <span className="grow">
        {answer.heading && <span className={styles.from}>{answer.heading}</span>}
        <span className={styles.what}>{answer.what}</span>
        {answer.then && (
          <span className={styles.next}>
            <Icon name="arrow-right" size="s" />
            {answer.then}
          </span>
        )}
      </span>
    </label>
  );
}

interface FormFieldProps {
  field: ApprovalField;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

function FormField({ field, value, error, onChange }: FormFieldProps) {
  return (
    <Field label={field.label} optional={!field.required} hint={field.help} error={error}>
      {(control) => {
        switch (field.type) {
          case "textarea":
            return <TextArea {...control} value={value} onChange={(event) => onChange(event.target.value)} />;
          case "choice":
            return (
              <Select
                {...control}
                value={value}
                placeholder="Choose"
                options={(field.options ?? []).map((option) => ({ value: option, label: option }))}
                onChange={(event) => onChange(event.target.value)}
              />
            );
          case "boolean":
            return (
              <input
                {...control}
                type="checkbox"
                className={styles.tick}
                checked={value === "true"}
                onChange={(event) => onChange(String(event.target.checked))}
              />
            );
          default:
            return (
              <Input
                {...control}
                type={field.type === "number" || field.type === "date" ? field.type : "text"}
                value={value}
                onChange={(event) => onChange(event.target.value)}
              />
            );
        }
      }}
    </Field>
  );
}
