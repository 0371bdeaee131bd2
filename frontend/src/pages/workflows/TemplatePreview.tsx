import { Fragment } from "react";
import type { Template } from "@/api/types.ts";
import type { NoteSpan } from "@/graph/noteText.ts";
import { CodeValue } from "@/ui/CodeValue.tsx";
import { ImportReview } from "./ImportReview.tsx";
import { storyOf, type StoryPart } from "./story.ts";
import { Thumbnail } from "./Thumbnail.tsx";
import styles from "./TemplatePreview.module.css";

/** What a template does and what it would use, before anything is made of it. */
export function TemplatePreview({ template }: { template: Template }) {
  return (
    <div className={styles.halves} data-testid="template-preview">
      <div className={styles.half}>
        <span className={styles.picture}>
          <Thumbnail definition={template.definition} layout={template.layout} />
        </span>
        <Story parts={storyOf(template.details)} />
      </div>
      <div className={styles.half}>
        <ImportReview definition={template.definition} act="Making your copy" />
        <CodeValue label="Sample input" value={template.input} maxHeight="180px" />
      </div>
    </div>
  );
}

function Story({ parts }: { parts: readonly StoryPart[] }) {
  const steps = parts.filter(({ kind }) => kind === "step");
  const first = parts.findIndex(({ kind }) => kind === "step");
  return (
    <div className={styles.story}>
      {parts.map((part, index) =>
        part.kind === "plain" ? (
          <p key={index}>
            <Spans spans={part.spans} />
          </p>
        ) : index === first ? (
          <ol key={index}>
            {steps.map((step, at) => (
              <li key={at}>
                <Spans spans={step.spans} />
              </li>
            ))}
          </ol>
        ) : null,
      )}
    </div>
  );
}

function Spans({ spans }: { spans: readonly NoteSpan[] }) {
  return spans.map(({ kind, text }, index) =>
    kind === "strong" ? (
      <strong key={index}>{text}</strong>
    ) : kind === "code" ? (
      <code key={index}>{text}</code>
    ) : (
      <Fragment key={index}>{text}</Fragment>
    ),
  );
}
