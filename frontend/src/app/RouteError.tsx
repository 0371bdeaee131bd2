import { isRouteErrorResponse, useLocation, useRouteError } from "react-router";
import { asProblem } from "@/api/problem.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import styles from "./Shell.module.css";

const reload = () => window.location.reload();

/** What a page that broke shows in its own place; the navigation stays. */
export function RouteError() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  const stale = error instanceof TypeError && /import|module/i.test(error.message);
  const problem = asProblem(error);
  return (
    <div className={styles.page}>
      {stale ? (
        <ErrorPanel
          title="This page could not be fetched"
          text="Cuelight was probably updated meanwhile, or the connection broke. Load the page again."
          cause={String(error)}
          onRetry={reload}
        />
      ) : (
        <ErrorPanel
          title="This page met an error of its own"
          text="Nothing was lost on the server. Load the page again; if it stays, the technical cause helps whoever looks after Cuelight."
          cause={error instanceof Error ? `${problem.detail}\n${error.stack ?? ""}` : String(error)}
          onRetry={reload}
        />
      )}
    </div>
  );
}

/** An address that leads nowhere. */
export function NotFound() {
  const { pathname } = useLocation();
  return (
    <div className={styles.page}>
      <title>Not found, Cuelight</title>
      <Empty page title="There is no page at this address" text={<>Nothing is kept at {pathname}.</>}>
        <ButtonLink kind="primary" to="/workflows">
          Go to the workflows
        </ButtonLink>
      </Empty>
    </div>
  );
}
