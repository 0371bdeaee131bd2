import type { TextProblem } from "@/document/document.ts";
import { Segmented } from "@/ui/Segmented.tsx";

const MODES = ["design", "code", "config", "compare"] as const;
/** A way to look at a workflow; two versions are compared from Config. */
export type Mode = (typeof MODES)[number];

interface ModeSwitchProps {
  mode: Mode;
  /** Why the text cannot be read: only the code is there then. */
  broken: TextProblem | null;
  onChange: (mode: Mode) => void;
}

/** The mode that an address asks for; what cannot be read is mended in the code before anything else. */
export function modeOf(asked: string | null, broken: boolean): Mode {
  const mode = MODES.find((each) => each === asked) ?? "design";
  return broken && mode !== "compare" ? "code" : mode;
}

/** Design, Code and Config of one document. */
export function ModeSwitch({ mode, broken, onChange }: ModeSwitchProps) {
  const title = broken
    ? `The definition cannot be read: line ${broken.line}, column ${broken.column}. Mend it first.`
    : undefined;
  const disabled = broken !== null;
  return (
    <Segmented
      label="Mode"
      value={mode === "compare" ? "config" : mode}
      onChange={onChange}
      segments={[
        { value: "design", label: "Design", icon: "workflow", disabled, title },
        { value: "code", label: "Code", icon: "braces" },
        { value: "config", label: "Config", icon: "sliders-horizontal", disabled, title },
      ]}
    />
  );
}
