import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem.ts";
import { useRight } from "@/api/session.ts";
import type { WorkflowSummary } from "@/api/types.ts";
import { useCreateWorkflow } from "@/api/workflows.ts";
import { IconButton } from "@/ui/Button.tsx";
import { Menu, MenuItem, MenuLink, MenuRule } from "@/ui/Menu.tsx";
import { toast } from "@/ui/Toast.tsx";
import { copyName } from "./names.ts";

interface WorkflowMenuProps {
  workflow: WorkflowSummary;
  onDelete: () => void;
}

/** What can be done with a workflow besides opening it. */
export function WorkflowMenu({ workflow, onDelete }: WorkflowMenuProps) {
  const mayEdit = useRight("edit");
  const create = useCreateWorkflow();
  const navigate = useNavigate();
  const { id, name, description, type, definition, layout } = workflow;

  const duplicate = () =>
    create.mutate(
      { name: copyName(name), description, type, definition, layout },
      {
        onSuccess: (made) =>
          toast({
            title: `${made.name} created`,
            text: `A copy of ${name}.`,
            act: { label: "Open", onSelect: () => void navigate(`/workflows/${made.id}`) },
          }),
        onError: (error) =>
          toast({ title: `${name} was not copied`, text: asProblem(error).sentence, tone: "error" }),
      },
    );

  return (
    <Menu align="end" trigger={<IconButton icon="ellipsis" label={`More for ${name}`} small />}>
      <MenuLink to={`/workflows/${id}`} icon="pencil">
        Open in the studio
      </MenuLink>
      <MenuLink to={`/executions?workflow=${id}`} icon="list">
        Its executions
      </MenuLink>
      <MenuRule />
      <MenuItem icon="download" onSelect={() => download(name, definition)}>
        Export the definition
      </MenuItem>
      {mayEdit && (
        <>
          <MenuItem icon="copy" onSelect={duplicate}>
            Duplicate
          </MenuItem>
          <MenuRule />
          <MenuItem icon="trash-2" danger onSelect={onDelete}>
            Delete…
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

function download(name: string, definition: string): void {
  const address = URL.createObjectURL(new Blob([definition], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.asl.json`;
  link.click();
  URL.revokeObjectURL(address);
}
