import { asProblem } from "@/api/problem.ts";
import type { Template } from "@/api/types.ts";
import { useTemplates } from "@/api/workflows.ts";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { titleOf } from "./names.ts";
import { needs } from "./needs.ts";
import { Thumbnail } from "./Thumbnail.tsx";
import styles from "./Templates.module.css";

interface TemplatesProps {
  onChoose: (template: Template) => void;
  /** The one that is being copied now. */
  busy: string | null;
}

/** The gallery: each template with its picture, its purpose and what it needs. */
export function Templates({ onChoose, busy }: TemplatesProps) {
  const templates = useTemplates();
  if (templates.isPending) {
    return (
      <Loading what="Loading the templates">
        <div className={styles.grid}>
          {[1, 2, 3].map((n) => (
            <Block key={n} height="268px" radius="var(--radius-4)" />
          ))}
        </div>
      </Loading>
    );
  }
  if (templates.isError) {
    const problem = asProblem(templates.error);
    return (
      <ErrorPanel
        title="The templates could not be loaded"
        text={problem.sentence}
        onRetry={() => void templates.refetch()}
      />
    );
  }
  return (
    <ul className={styles.grid}>
      {templates.data.map((template) => (
        <li key={template.slug}>
          <TemplateCard template={template} busy={busy} onChoose={() => onChoose(template)} />
        </li>
      ))}
    </ul>
  );
}

interface TemplateCardProps {
  template: Template;
  busy: string | null;
  onChoose: () => void;
}

function TemplateCard({ template, busy, onChoose }: TemplateCardProps) {
  const { icons, words } = needs(template.definition);
  return (
    <button type="button" className={styles.card} onClick={onChoose} disabled={busy !== null}>
      <span className={styles.picture}>
        <Thumbnail definition={template.definition} layout={template.layout} />
      </span>
      <span className={styles.body}>
        <span className={styles.name}>{titleOf(template)}</span>
        <span className={styles.purpose}>{template.description}</span>
        <span className={styles.needs}>
          {icons.map((icon) => (
            <Icon key={icon} name={icon} size="s" />
          ))}
          <span className="clip">{busy === template.slug ? "Making your copy…" : words}</span>
        </span>
      </span>
    </button>
  );
}
