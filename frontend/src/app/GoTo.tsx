import { useState } from "react";
import { useNavigate } from "react-router";
import { useApprovals } from "@/api/approvals.ts";
import { useConnections } from "@/api/connections.ts";
import { useExecutions } from "@/api/executions.ts";
import { useSession } from "@/api/session.ts";
import { useWorkflows } from "@/api/workflows.ts";
import { useCommands } from "@/ui/commands.ts";
import { Icon } from "@/ui/icons.tsx";
import { QuickList, type QuickItem } from "@/ui/QuickList.tsx";
import { StatusIcon } from "@/ui/StatusBadge.tsx";
import { useDebounced } from "@/ui/useDebounced.ts";
import { destinations, type Destination } from "./destinations.ts";

/** "Go to anything": what there is and what can be done, by its words; arrows choose, Enter goes. */
export function GoTo({ onClose }: { onClose: () => void }) {
  const rights = useSession().data?.rights ?? [];
  const navigate = useNavigate();
  const [letters, setLetters] = useState("");
  const search = useDebounced(letters.trim(), 150);
  const workflows = useWorkflows({ search }, false);
  const executions = useExecutions({ search });
  const approvals = useApprovals({ scope: "all", status: "open", search }, search !== "");
  const connections = useConnections();
  const found = destinations(letters, rights, workflows.data?.results ?? [], executions.data?.results ?? [], {
    commands: useCommands(),
    approvals: search === "" ? [] : approvals.data?.results,
    connections: connections.data,
  });
  const asItem = (place: Destination): QuickItem => ({
    id: place.to,
    label: place.label,
    group: place.group,
    detail: place.detail,
    sign: place.status ? (
      <StatusIcon status={place.status} />
    ) : (
      place.icon && <Icon name={place.icon} size="s" />
    ),
    onChoose: () => {
      if (place.act) place.act();
      else void navigate(place.to);
    },
  });
  return (
    <QuickList
      title="Go to anything"
      label="Go to"
      placeholder="A page, a workflow, a state, an execution, something to do"
      act="go"
      items={found.map(asItem)}
      letters={letters}
      onLetters={setLetters}
      onClose={onClose}
    />
  );
}
