import type { Path } from "@/asl/types.ts";
import { useInspector } from "@/inspector/context.ts";
import type { Help } from "@/inspector/help.ts";
import { Info } from "@/ui/Info.tsx";

/** The way to what the field at a path does; nothing where nobody says it. */
export function FieldInfo({ path, label, about }: { path: Path; label: string; about?: Help | undefined }) {
  const { helpAt } = useInspector();
  const help = about ?? helpAt(path);
  return (
    help && (
      <Info about={label} name={String(path.at(-1))} example={help.example}>
        {help.description}
      </Info>
    )
  );
}
