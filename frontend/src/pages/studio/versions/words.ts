import type { Version } from "@/api/types.ts";
import type { Alias } from "@/api/versions.ts";

/** "Version 3, with a rest". */
export function versionInWords({ number, description }: Pick<Version, "number" | "description">): string {
  return description ? `Version ${number}, ${description}` : `Version ${number}`;
}

/** "live: version 3", "live: 75 % version 1, 25 % version 2". */
export function aliasInWords({ name, routes }: Pick<Alias, "name" | "routes">): string {
  const shares = routes.map(({ version, weight }) =>
    routes.length === 1 ? `version ${version}` : `${weight} % version ${version}`,
  );
  return `${name}: ${shares.join(", ")}`;
}
