import { yamlText, type WorkflowDocument } from "@/document/document.ts";
import type { PlacedGraph } from "@/graph/layout.ts";
import { shownTheme } from "@/ui/theme.ts";

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
      return save(`${name}.asl.yaml`, new Blob([yamlText(document)], { type: "application/yaml" }));
    default: {
      const { pictureOf, pngOf } = await import("@/graph/picture.ts");
      const picture = pictureOf(graph, { theme: shownTheme(), title: name });
      return format === "svg"
        ? save(`${name}.svg`, new Blob([picture], { type: "image/svg+xml" }))
        : save(`${name}.png`, await pngOf(picture));
    }
  }
}

function save(file: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = file;
  link.click();
  URL.revokeObjectURL(address);
}
