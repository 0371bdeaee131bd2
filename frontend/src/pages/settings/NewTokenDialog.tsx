import { useState } from "react";
import { useCreateToken } from "@/api/tokens.ts";
import { Field } from "@/ui/Field.tsx";
import { Select } from "@/ui/Select.tsx";
import { NewCredentialDialog } from "./NewCredentialDialog.tsx";
import { ShownOnce } from "./ShownOnce.tsx";
import { expiry, lifetimes, usualRights } from "./tokenRights.ts";

/** Makes a token and shows it this once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateToken();
  const [days, setDays] = useState<string>("90");
  if (create.data) {
    const values = [{ label: "Token", value: create.data.token }];
    return <ShownOnce name={create.data.name} values={values} onClose={onClose} />;
  }
  return (
    <NewCredentialDialog
      title="Create a token"
      text="It acts in your name, with the rights you tick."
      act="Create token"
      ticked={(own) => usualRights.filter((right) => own.includes(right))}
      create={create}
      onCreate={(name, rights) => create.mutate({ name, rights, expires_at: expiry(days, Date.now()) })}
      onClose={onClose}
    >
      {(errorOf) => (
        <Field label="Ends after" tight error={errorOf("expires_at")}>
          {(control) => (
            <Select
              {...control}
              value={days}
              options={lifetimes}
              onChange={(event) => setDays(event.target.value)}
            />
          )}
        </Field>
      )}
    </NewCredentialDialog>
  );
}
