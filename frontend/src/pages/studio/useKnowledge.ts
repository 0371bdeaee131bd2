import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { useRight } from "@/api/session.ts";
import { sampleQuery, type Sample } from "@/api/trying.ts";
import { findAwsActions, useAslSchema, useCatalog } from "@/api/catalog.ts";
import { isObject, type Json, type JsonObject } from "@/asl/types.ts";
import { assignedIn } from "@/asl/variables.ts";
import type { Knowledge } from "@/code/completions.ts";

/** What Code mode completes and explains with: the schema, the catalog, the last run, the draft's own variables. */
export function useKnowledge(workflow: string, definition: JsonObject): Knowledge {
  const client = useQueryClient();
  const schema = useAslSchema();
  const catalog = useCatalog();
  const seesData = useRight("see_data");
  const mayEdit = useRight("edit");
  const variables = useMemo(() => assignedIn(definition), [definition]);
  return useMemo(() => {
    const items = (catalog.data?.groups ?? []).flatMap((group) => group.items);
    const findSeen = async (state: string): Promise<Sample | null> => {
      const sample = await client.fetchQuery(sampleQuery(workflow, state));
      return sample.execution ? sample : null;
    };
    return {
      schema: (schema.data as JsonObject | undefined) ?? null,
      resources: items.flatMap(({ resource, title, arguments_schema }) => {
        const form = arguments_schema as Json;
        return resource ? [{ resource, title, schema: isObject(form) ? form : null }] : [];
      }),
      states: items.flatMap(({ title, description, template }) => {
        const state = template as JsonObject;
        return typeof state["Type"] === "string" ? [{ title, description, template: state }] : [];
      }),
      variables,
      ...(seesData && mayEdit ? { findSeen } : {}),
      findActions: findAwsActions,
    };
  }, [schema.data, catalog.data, variables, client, workflow, seesData, mayEdit]);
}
