import { Suspense, useState } from "react";
import type { Template } from "@/api/types.ts";
import { Button } from "@/ui/Button.tsx";
import { TemplateDialog } from "./fetchedDialogs.ts";
import { Templates } from "./Templates.tsx";
import styles from "./FirstWorkflow.module.css";

interface FirstWorkflowProps {
  onImport: () => void;
  onNew: () => void;
}

/** Where there is no workflow yet: what to do, and what one can start from. */
export function FirstWorkflow({ onImport, onNew }: FirstWorkflowProps) {
  const [looked, setLooked] = useState<Template | null>(null);
  return (
    <div className={styles.page}>
      <title>Workflows, Cuelight</title>
      <section className={styles.hero}>
        <div>
          <h1>Draw your first workflow</h1>
          <p>
            Put states on a canvas, join them, press Run. Each state lights up as it moves, and a person can
            give the go by e‑mail.
          </p>
        </div>
        <div className={styles.acts}>
          <Button icon="file-input" onClick={onImport}>
            Import a definition
          </Button>
          <Button kind="primary" icon="plus" onClick={onNew}>
            Empty canvas
          </Button>
        </div>
      </section>
      <div className={styles.head}>
        <h2>Templates</h2>
        <span className="muted">
          Each is a copy that you may change; it runs with the sample input it brings along.
        </span>
      </div>
      <Templates onChoose={setLooked} />
      {looked && (
        <Suspense fallback={null}>
          <TemplateDialog template={looked} onBack={() => setLooked(null)} onClose={() => setLooked(null)} />
        </Suspense>
      )}
    </div>
  );
}
