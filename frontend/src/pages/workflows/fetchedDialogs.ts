import { lazy } from "react";

/* What reads a definition brings a reader of YAML along: it is fetched when it is first wanted, and not with the page. */

export const ImportDialog = lazy(async () => ({
  default: (await import("./ImportDialog.tsx")).ImportDialog,
}));

export const TemplateDialog = lazy(async () => ({
  default: (await import("./TemplateDialog.tsx")).TemplateDialog,
}));
