/* The service's rule for names: 1 to 80 characters, none of these, no space. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Why a workflow cannot be called so, or null. */
export function nameProblem(name: string): string | null {
  if (name === "") return "Write a name.";
  if (name.length > 80) return `Shorten the name by ${name.length - 80}; at most 80 characters fit.`;
  const bad = FORBIDDEN.exec(name)?.[0];
  if (bad === undefined) return null;
  return /\s/.test(bad)
    ? "Write it without spaces, for instance with hyphens."
    : `Leave out ${bad} from the name.`;
}

/** When a workflow can be renamed, told wherever one writes its name. */
export const NAME_RULE = "It can be changed until the first run or version: then it is part of the ARN.";

export const NAME_IS_FIXED = "It was run or published: the name is part of its ARN and stays.";

/** A name made of any title: "Title chooser" becomes "title-chooser". */
export function asName(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replace(/\.(asl\.)?(json|ya?ml)$/, "")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
}

/** The name of a copy: "a" becomes "a-copy", then "a-copy-2". */
export function copyName(name: string): string {
  const found = /^(.*-copy)(?:-(\d+))?$/.exec(name);
  if (found === null) return `${name.slice(0, 75)}-copy`;
  return `${found[1]}-${Number(found[2] ?? 1) + 1}`;
}

/** The name itself, or with the first number behind it that makes it new. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let n = 2; ; n += 1) if (!taken.has(`${name}-${n}`)) return `${name}-${n}`;
}

/** What a template is called: a title of its own, or its slug written as one, "Title chooser". */
export function titleOf({ name, slug }: { name: string; slug: string }): string {
  if (name !== slug) return name;
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A Resource without what many have in common: "lambda:invoke". */
export function shortResource(resource: string): string {
  return resource.replace(/^arn:(aws|cuelight):states:::(aws-sdk:)?/, "");
}
