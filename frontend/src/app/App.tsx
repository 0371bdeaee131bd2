import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";

const router = createBrowserRouter([
  {
    path: "/workflows/:id",
    lazy: async () => ({ Component: (await import("@/pages/studio/StudioPage.tsx")).default }),
  },
  {
    path: "/executions/:key",
    lazy: async () => ({ Component: (await import("@/pages/execution/ExecutionPage.tsx")).default }),
  },
]);

/** The whole front end: the router and what surrounds every page. */
export function App() {
  return <RouterProvider router={router} />;
}
