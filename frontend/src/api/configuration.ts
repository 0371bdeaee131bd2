import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./http.ts";

export interface WorkflowTag {
  key: string;
  value: string;
}

/** What a workflow carries besides its definition. */
export interface Configuration {
  /** Logging and tracing belong to what is published. */
  published: boolean;
  role_arn: string;
  logging_level: "OFF" | "ERROR" | "FATAL" | "ALL";
  log_data: boolean;
  tracing: boolean;
  tags: WorkflowTag[];
}

const key = (id: string) => ["workflows", "configuration", id];

export function useConfiguration(id: string) {
  return useQuery({
    queryKey: key(id),
    queryFn: ({ signal }) => call<Configuration>("GET", `/api/workflows/${id}/configuration/`, { signal }),
  });
}

export function useChangeConfiguration(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Configuration>) =>
      call<Configuration>("PATCH", `/api/workflows/${id}/configuration/`, { body: change }),
    onSuccess: (saved) => {
      client.setQueryData(key(id), saved);
      return client.invalidateQueries({ queryKey: ["workflows", "versions", id] });
    },
  });
}
