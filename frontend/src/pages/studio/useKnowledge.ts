import { useMemo } from "react";

import { useAslSchema, useCatalog, findAwsActions } from "@/api/workflows.ts";
import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { assignedIn } from "@/asl/variables.ts";
import type { Knowledge } from "@/code/completions.ts";

/** What Code mode completes and explains with: the schema, the catalog, the draft's own variables. */
export function useKnowledge(definition: JsonObject): Knowledge {
  const schema = useAslSchema();
  const catalog = useCatalog();
  const variables = useMemo(() => assignedIn(definition), [definition]);
  return useMemo(
    () => ({
      schema: (schema.data as JsonObject | undefined) ?? null,
      resources: (catalog.data?.groups ?? [])
        .flatMap(({ items }) => items)
        .flatMap(({ resource, title, arguments_schema }) => {
          const form = arguments_schema as Json;
          return resource ? [{ resource, title, schema: isObject(form) ? form : null }] : [];
        }),
      variables,
      seen: null,
      findActions: findAwsActions,
    }),
    [schema.data, catalog.data, variables],
  );
}
