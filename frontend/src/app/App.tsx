import { QueryClientProvider } from "@tanstack/react-query";
import { createBrowserRouter, Navigate } from "react-router";
import { RouterProvider } from "react-router/dom";
import { makeQueryClient } from "@/api/client.ts";
import { LoginPage } from "@/pages/login/LoginPage.tsx";
import { WorkflowsPage } from "@/pages/workflows/WorkflowsPage.tsx";
import { NotFound, RouteError } from "./RouteError.tsx";
import { Shell } from "./Shell.tsx";

const client = makeQueryClient();

/* The first page comes with the bundle; every other page is fetched when it is opened. */
const router = createBrowserRouter([
  { path: "/login", element: <LoginPage />, errorElement: <RouteError /> },
  {
    element: <Shell />,
    errorElement: <RouteError />,
    HydrateFallback: () => null,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          { index: true, element: <Navigate to="/workflows" replace /> },
          { path: "/workflows", element: <WorkflowsPage /> },
          {
            path: "/workflows/:id",
            lazy: async () => ({ Component: (await import("@/pages/studio/StudioPage.tsx")).default }),
          },
          {
            path: "/executions",
            lazy: async () => ({
              Component: (await import("@/pages/executions/ExecutionsPage.tsx")).ExecutionsPage,
            }),
          },
          {
            path: "/executions/:key",
            lazy: async () => ({ Component: (await import("@/pages/execution/ExecutionPage.tsx")).default }),
          },
          {
            path: "/approvals/:id?",
            lazy: async () => ({
              Component: (await import("@/pages/approvals/ApprovalsPage.tsx")).ApprovalsPage,
            }),
          },
          {
            path: "/connections",
            lazy: async () => ({
              Component: (await import("@/pages/connections/ConnectionsPage.tsx")).ConnectionsPage,
            }),
          },
          {
            path: "/mailbox/:id?",
            lazy: async () => ({ Component: (await import("@/pages/mailbox/MailboxPage.tsx")).MailboxPage }),
          },
          {
            path: "/settings/:group?",
            lazy: async () => ({
              Component: (await import("@/pages/settings/SettingsPage.tsx")).SettingsPage,
            }),
          },
          { path: "*", element: <NotFound /> },
        ],
      },
    ],
  },
]);

/** The whole front end: what was read from the server, and the router over the pages. */
export function App() {
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
