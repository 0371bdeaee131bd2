import { useState, type Ref } from "react";

import { Field, Input } from "@/ui/Field.tsx";

/** The name of a state; it takes effect when the field is left, and is refused with the reason. */
export function NameField({
  name,
  readOnly,
  onRename,
  field,
}: {
  name: string;
  readOnly: boolean;
  /** `done`: with Enter, after which the keyboard goes back to the canvas. */
  onRename: (name: string, done: boolean) => string | null;
  field: Ref<HTMLInputElement>;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const settle = (done: boolean) => {
    if (typed === null && !done) return;
    const reason = onRename((typed ?? name).trim(), done);
    setError(reason);
    if (reason === null) setTyped(null);
  };
  return (
    <Field label="Name" error={error} tight>
      {(control) => (
        <Input
          {...control}
          ref={field}
          data-testid="state-name"
          value={typed ?? name}
          disabled={readOnly}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => settle(false)}
          onKeyDown={(event) => {
            if (event.key === "Enter") settle(true);
            if (event.key === "Escape") {
              setTyped(null);
              setError(null);
            }
          }}
        />
      )}
    </Field>
  );
}
