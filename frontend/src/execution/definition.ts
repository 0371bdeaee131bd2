import { isObject, type Json, type JsonObject } from "@/asl/types.ts";

/** A definition's text as a value, or null where it is none. */
export function parseDefinition(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
