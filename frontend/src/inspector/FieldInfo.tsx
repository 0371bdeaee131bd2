import type { Path } from "@/asl/types.ts";
import { useInspector } from "@/inspector/context.ts";
import type { Help } from "@/inspector/help.ts";
import { Info } from "@/ui/Info.tsx";

interface FieldInfoProps {
  path: Path;
  label: string;
  /** What it does, where that is known already; the schemas are asked otherwise. */
  help?: Help | null;
}

/** The way to what the field at a path does; nothing where nobody says it. */
export function FieldInfo({ path, label, help: known }: FieldInfoProps) {
  const { helpAt } = useInspector();
  const help = known === undefined ? helpAt(path) : known;
  return (
    help && (
      <Info about={label} name={String(path.at(-1))} example={help.example}>
        {help.description}
      </Info>
    )
  );
}
