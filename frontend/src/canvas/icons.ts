import { isIconName, type IconName } from "@/ui/icons.tsx";

/** A name from the language or the catalog as an icon of the product; a cloud for one it does not have. */
export function stateIconName(name: string): IconName {
  return isIconName(name) ? name : "cloud";
}
