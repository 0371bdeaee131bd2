import type { Catalog } from "@/api/types.ts";
import { AppendMenu } from "@/palette/AppendMenu.tsx";
import type { Acts } from "../useActs.ts";
import type { Adding } from "./useAdding.ts";

interface AddingMenuProps {
  adding: Adding;
  acts: Acts;
  catalog: Catalog | undefined;
}

/** The menu that adds a state, while it is open. */
export function AddingMenu({ adding, acts, catalog }: AddingMenuProps) {
  const { opened, choose, close } = adding;
  if (opened === null) return null;
  return (
    <AppendMenu
      catalog={catalog}
      at={opened.at}
      refuse={(item) => acts.mayAdd(item, opened.landing.place)}
      onChoose={choose}
      onClose={close}
    />
  );
}
