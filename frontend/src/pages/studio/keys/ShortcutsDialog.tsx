import { useState } from "react";

import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Input } from "@/ui/Field.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import { findShortcuts } from "./shortcuts.ts";
import styles from "./ShortcutsDialog.module.css";

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return open ? <Shortcuts onClose={onClose} /> : null;
}

/** The keys of the studio in groups, found by what they do. */
function Shortcuts({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState("");
  const groups = findShortcuts(words);
  return (
    <Dialog
      open
      onClose={onClose}
      title="Keyboard shortcuts"
      wide
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <Input
        icon="search"
        aria-label="Find a shortcut"
        placeholder="Find a shortcut"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {/* What scrolls can be reached by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list is scrolled with the keyboard */}
      <div className={styles.all} role="group" aria-label="Shortcuts" tabIndex={0}>
        <div className={styles.groups}>
          {groups.map(({ title, all }) => (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <dl>
                {all.map(({ keys, act }) => (
                  <div key={keys}>
                    <dt>
                      <Kbd>{keys}</Kbd>
                    </dt>
                    <dd>{act}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        {groups.length === 0 && <p className="second">No key does “{words}”.</p>}
      </div>
    </Dialog>
  );
}
