import { stringify } from "yaml";

import type { WorkflowDocument } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";

export type ExportFormat = "json" | "yaml" | "svg" | "png";

/** Hands a definition, or the picture of its graph, to the browser as a file. */
export async function exportAs(
  format: ExportFormat,
  name: string,
  document: WorkflowDocument,
  graph: PlacedGraph,
): Promise<void> {
  switch (format) {
    case "json":
      return save(`${name}.asl.json`, new Blob([document.text], { type: "application/json" }));
    case "yaml":
      return save(`${name}.asl.yaml`, new Blob([asYaml(document)], { type: "application/yaml" }));
    default: {
      const { pictureOf, pngOf } = await import("@/graph/picture.ts");
      const theme = window.document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
      const picture = pictureOf(graph, { theme, title: name });
      return format === "svg"
        ? save(`${name}.svg`, new Blob([picture], { type: "image/svg+xml" }))
        : save(`${name}.png`, await pngOf(picture));
    }
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
