import { useState } from "react";
import { asProblem } from "@/api/problem.ts";
import type { Template } from "@/api/types.ts";
import { useTemplates } from "@/api/workflows.ts";
import { Button } from "@/ui/Button.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Filter } from "@/ui/Filter.tsx";
import { Icon } from "@/ui/icons.tsx";
import { SearchField } from "@/ui/SearchField.tsx";
import { Block, Loading } from "@/ui/Skeleton.tsx";
import { titleOf } from "./names.ts";
import { needs, type Need } from "./needs.ts";
import { Thumbnail } from "./Thumbnail.tsx";
import styles from "./Templates.module.css";

const NEEDS: readonly { value: Need | ""; label: string }[] = [
  { value: "", label: "anything" },
  { value: "nothing", label: "nothing" },
  { value: "connection", label: "an HTTP connection" },
  { value: "aws", label: "AWS credentials" },
];

/** The gallery: each template with its picture, its purpose and what it needs; one that is chosen is looked at first. */
export function Templates({ onChoose }: { onChoose: (template: Template) => void }) {
  const templates = useTemplates();
  const [search, setSearch] = useState("");
  const [need, setNeed] = useState<Need | "">("");
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
  const shown = templates.data.filter(
    (template) => has(template, search) && (need === "" || needs(template.definition).need === need),
  );
  return (
    <div className={styles.gallery}>
      <div className={styles.filters}>
        <SearchField label="Find by words or integration" value={search} onChange={setSearch} />
        <Filter label="Needs" value={need} onChange={setNeed} options={NEEDS} />
      </div>
      {shown.length === 0 && (
        <p className={styles.none} role="status">
          No template matches.
          <Button
            small
            onClick={() => {
              setSearch("");
              setNeed("");
            }}
          >
            Show all templates
          </Button>
        </p>
      )}
      <ul className={styles.grid}>
        {shown.map((template) => (
          <li key={template.slug}>
            <TemplateCard template={template} onChoose={() => onChoose(template)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether each word is in what is said of a template, or in what its states call. */
function has(template: Template, search: string): boolean {
  const resources = template.definition.match(/"(?:Resource|Type)"\s*:\s*"[^"]*"/g) ?? [];
  const said = [titleOf(template), template.description, template.details, ...resources]
    .join(" ")
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

function TemplateCard({ template, onChoose }: { template: Template; onChoose: () => void }) {
  const { icons, words } = needs(template.definition);
  return (
    <button type="button" className={styles.card} onClick={onChoose}>
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
          <span className="clip">{words}</span>
        </span>
      </span>
    </button>
  );
}
