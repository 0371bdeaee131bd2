import type { FieldSpec } from "@/inspector/spec.ts";

export const COMMENT: FieldSpec = { key: "Comment", label: "Comment", kind: "long", plain: true, hint: "" };
export const NEXT: FieldSpec = { key: "Next", label: "Next state", kind: "state", plain: true, hint: "" };
