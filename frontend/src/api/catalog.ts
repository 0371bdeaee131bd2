import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "./http.ts";
import type { Catalog, CatalogItem, Page } from "./types.ts";

/** The palette: groups of states that can be inserted. */
export function useCatalog() {
  return useQuery({
    queryKey: ["catalog"],
    queryFn: ({ signal }) => call<Catalog>("GET", "/api/catalog/", { signal }),
    staleTime: Infinity,
  });
}

/** An action of any AWS service in a list of what was found. */
export interface OfferedAction {
  service: string;
  service_title: string;
  action: string;
  description: string;
  resource: string;
  /** Named without `aws-sdk`: the older form. */
  optimised: boolean;
  /** It starts a job and waits for its end. */
  waits: boolean;
}

const AWS_ACTION = /^arn:aws:states:::(aws-sdk:)?([a-z0-9-]+):([A-Za-z0-9]+)/;

/** Whether a Resource is an action of AWS, in its plain or its older form. */
export function namesAwsAction(resource: string): boolean {
  return AWS_ACTION.test(resource);
}

/** One action of AWS with the form of its arguments; how a state waits for it is no part of that. */
export function awsItemQuery(resource: string) {
  const [name = "", plain, service = "", action = ""] = AWS_ACTION.exec(resource) ?? [];
  return queryOptions({
    queryKey: ["catalog", "aws-action", name],
    queryFn: ({ signal }) =>
      call<CatalogItem>("GET", `/api/catalog/aws/${service}/${action}/`, {
        query: plain ? {} : { optimised: true },
        signal,
      }),
    staleTime: Infinity,
    retry: false,
  });
}

/** Actions of AWS that hold every word; asked for only where something is searched. */
export function useAwsActions(search: string) {
  return useQuery({
    queryKey: ["catalog", "aws-search", search],
    queryFn: ({ signal }) =>
      call<Page<OfferedAction>>("GET", "/api/catalog/aws/", { query: { search, page_size: 30 }, signal }),
    enabled: search.trim().length > 1,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

/** Actions of AWS for a word that is being typed. */
export async function findAwsActions(search: string): Promise<OfferedAction[]> {
  const query = { search, page_size: 20 };
  return (await call<Page<OfferedAction>>("GET", "/api/catalog/aws/", { query })).results;
}

/** The form of a resource that no item of the palette has: an action of any AWS service. */
export function useAwsItem(resource: string | null) {
  return useQuery({ ...awsItemQuery(resource ?? ""), enabled: namesAwsAction(resource ?? "") });
}

/** The JSON Schema of definitions: title, description and examples of every field. */
export function useAslSchema() {
  return useQuery({
    queryKey: ["asl-schema"],
    queryFn: ({ signal }) => call<Record<string, unknown>>("GET", "/api/asl-schema/", { signal }),
    staleTime: Infinity,
    retry: false,
  });
}
