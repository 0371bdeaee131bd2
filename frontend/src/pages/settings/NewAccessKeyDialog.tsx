import { useCreateAccessKey } from "@/api/accessKeys.ts";
import { NewCredentialDialog } from "./NewCredentialDialog.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

/** Makes an access key pair and shows its secret this once. */
export function NewAccessKeyDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateAccessKey();
  const made = create.data;
  if (made) {
    const values = [
      { label: "Access key id", value: made.access_key_id },
      { label: "Secret access key", value: made.secret_access_key },
    ];
    return <ShownOnce name={made.name} values={values} onClose={onClose} />;
  }
  return (
    <NewCredentialDialog
      title="Create an access key"
      text="Requests signed with it act in your name, with the rights you tick."
      act="Create access key"
      // Tools that speak this API make state machines as well as start them.
      ticked={(own) => own.filter((right) => right !== "manage")}
      create={create}
      onCreate={(name, rights) => create.mutate({ name, rights })}
      onClose={onClose}
    />
  );
}
