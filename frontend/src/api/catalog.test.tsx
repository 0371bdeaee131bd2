import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it } from "vitest";

import { awsItemQuery, useAwsActions } from "./catalog.ts";
import { makeQueryClient } from "./client.ts";
import { page, serve } from "./testing.tsx";

const RESOURCE = "arn:aws:states:::aws-sdk:s3:putObject";

it("keeps the form of an action apart from a search for its whole name", async () => {
  serve({
    "GET /api/catalog/aws/": page({ resource: RESOURCE }),
    "GET /api/catalog/aws/s3/putObject/": { id: "s3-put-object" },
  });
  const client = makeQueryClient();
  await client.prefetchQuery(awsItemQuery(RESOURCE));
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useAwsActions(RESOURCE), { wrapper });
  await waitFor(() => expect(result.current.data?.results).toEqual([{ resource: RESOURCE }]));
  expect(client.getQueryData(awsItemQuery(`${RESOURCE}.sync`).queryKey)).toEqual({ id: "s3-put-object" });
});
