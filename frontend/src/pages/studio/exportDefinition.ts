import { stringify } from "yaml";

import type { WorkflowDocument } from "@/document/document.ts";

export type ExportFormat = "json" | "yaml";

/** Hands a definition to the browser as a file. */
export function exportAs(format: ExportFormat, name: string, document: WorkflowDocument): void {
  switch (format) {
    case "json":
      return save(`${name}.asl.json`, new Blob([document.text], { type: "application/json" }));
    case "yaml":
      return save(`${name}.asl.yaml`, new Blob([asYaml(document)], { type: "application/yaml" }));
  }
}

/** The definition as YAML, which says the same; fields keep their order. */
export function asYaml(document: WorkflowDocument): string {
  return stringify(document.definition, { lineWidth: 110, aliasDuplicateObjects: false });
}

function save(file: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = file;
  link.click();
  URL.revokeObjectURL(address);
}
