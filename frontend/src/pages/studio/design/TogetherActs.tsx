import { Button } from "@/ui/Button.tsx";
import { copyText } from "@/ui/clipboard.ts";
import { Kbd } from "@/ui/Kbd.tsx";
import { toast } from "@/ui/Toast.tsx";
import { AlignMenu } from "./Toolbar.tsx";
import type { Acts } from "../useActs.ts";
import styles from "../WorkflowPanel.module.css";

/** What is done to several states at once, with the keys that do the same. */
export function TogetherActs({ acts }: { acts: Acts }) {
  const copy = () => {
    const text = acts.copyText();
    if (text === null) return;
    void copyText(text);
    toast({ title: "Copied", text: "Paste them here, or in another workflow." });
  };
  const disable = () => {
    const reason = acts.toggleDisabled();
    if (reason !== null) toast({ title: "They were not disabled", text: reason, tone: "error" });
  };
  return (
    <ul className={styles.acts} aria-label="For all of them">
      <li>
        <Button small icon="copy-plus" onClick={acts.duplicate}>
          Duplicate
        </Button>
        <Kbd>Ctrl D</Kbd>
      </li>
      <li>
        <Button small icon="copy" onClick={copy}>
          Copy
        </Button>
        <Kbd>Ctrl C</Kbd>
      </li>
      <li>
        <Button small icon="power-off" onClick={disable}>
          Disable or enable
        </Button>
        <Kbd>D</Kbd>
      </li>
      <li>
        <AlignMenu acts={acts} disabled={false} words="Align" />
      </li>
      <li>
        <Button small kind="danger" icon="trash-2" onClick={acts.remove}>
          Delete
        </Button>
        <Kbd>Del</Kbd>
      </li>
    </ul>
  );
}
