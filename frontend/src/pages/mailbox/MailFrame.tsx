import { useState } from "react";
import type { Mail } from "@/api/types.ts";
import { Tabs, TabPanel } from "@/ui/Tabs.tsx";
import { linksIn } from "./linksIn.ts";
import styles from "./MailFrame.module.css";

type Shape = "html" | "text";

/** The mail as its reader sees it: in a frame that runs no script; links open in a new tab. */
export function MailFrame({ mail }: { mail: Mail }) {
  const [shape, setShape] = useState<Shape>(mail.html ? "html" : "text");
  return (
    <div className={styles.frame}>
      <Tabs
        id="mail"
        label="Show the mail as"
        value={shape}
        onChange={setShape}
        tabs={[
          ...(mail.html ? [{ value: "html" as const, label: "As sent" }] : []),
          { value: "text" as const, label: "Plain text" },
        ]}
      />
      <TabPanel id="mail" value={shape} className={styles.panel}>
        {shape === "html" ? (
          <iframe
            title={mail.subject}
            className={styles.html}
            // No script, no forms, no access to this page; only a link may open a tab of its own.
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            srcDoc={withBase(mail.html)}
          />
        ) : (
          <pre className={styles.text}>
            {linksIn(mail.text).map((piece, at) =>
              piece.href === null ? (
                piece.text
              ) : (
                <a key={at} href={piece.href} target="_blank" rel="noreferrer">
                  {piece.text}
                </a>
              ),
            )}
          </pre>
        )}
      </TabPanel>
    </div>
  );
}

/* Without this a link would open inside the frame, where its page could not work. */
function withBase(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
}
