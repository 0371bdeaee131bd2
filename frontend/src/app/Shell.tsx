import { useState } from "react";
import { Navigate, Outlet, useLocation, useNavigate } from "react-router";
import { asProblem } from "@/api/problem.ts";
import { useSession } from "@/api/session.ts";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { useOfferCommands } from "@/ui/commands.ts";
import { useKey } from "@/ui/keys.ts";
import { Loading } from "@/ui/Skeleton.tsx";
import { Toasts } from "@/ui/Toast.tsx";
import { GoTo } from "./GoTo.tsx";
import { TopBar } from "./TopBar.tsx";
import styles from "./Shell.module.css";

/* Wherever one is, a workflow can be begun. */
const MAKES = [
  { make: "new", label: "New workflow", icon: "plus" },
  { make: "template", label: "New workflow from a template", icon: "layout-template" },
  { make: "import", label: "Import a workflow", icon: "file-input" },
] as const;

/** What surrounds every page of a signed-in person: the top bar, "Go to anything" and the toasts. */
export function Shell() {
  const session = useSession();
  const { pathname, search } = useLocation();
  const [going, setGoing] = useState(false);
  useKey("Mod+k", () => setGoing((open) => !open));
  const navigate = useNavigate();
  const mayEdit = session.data?.rights.includes("edit") ?? false;
  useOfferCommands(
    mayEdit
      ? MAKES.map(({ make, label, icon }) => ({
          label,
          icon,
          onSelect: () => void navigate(`/workflows?make=${make}`),
        }))
      : [],
  );

  if (session.isPending) return <Loading what="Waiting for the server">{null}</Loading>;
  if (session.isError) {
    const problem = asProblem(session.error);
    return (
      <main className={styles.page}>
        <ErrorPanel
          title={problem.title}
          text={problem.detail}
          cause={problem.extra["cause"] === undefined ? undefined : String(problem.extra["cause"])}
          onRetry={() => void session.refetch()}
        />
      </main>
    );
  }
  if (session.data === null) {
    const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/login${next}`} replace />;
  }
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        Skip to the content
      </a>
      <TopBar session={session.data} onGoTo={() => setGoing(true)} />
      <main id="content" className={styles.content} tabIndex={-1}>
        <Outlet />
      </main>
      {going && <GoTo onClose={() => setGoing(false)} />}
      <Toasts />
    </div>
  );
}
