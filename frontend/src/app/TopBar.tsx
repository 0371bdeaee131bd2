import { NavLink, useNavigate } from "react-router";
import { useApprovals } from "@/api/approvals.ts";
import { useSignOut } from "@/api/session.ts";
import type { Session } from "@/api/types.ts";
import { IconButton } from "@/ui/Button.tsx";
import { Count } from "@/ui/Count.tsx";
import { Icon } from "@/ui/icons.tsx";
import { Kbd } from "@/ui/Kbd.tsx";
import { Mark } from "@/ui/Mark.tsx";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLink, MenuRule } from "@/ui/Menu.tsx";
import { useTheme } from "@/ui/theme.ts";
import { placesFor } from "./places.ts";
import styles from "./TopBar.module.css";

/** The bar of 44 px: mark, main navigation in words, "Go to anything", account. */
export function TopBar({ session, onGoTo }: { session: Session; onGoTo: () => void }) {
  const places = placesFor(session.rights);
  const open = useApprovals({ scope: "mine", status: "open" }).data?.count ?? 0;
  return (
    <header className={styles.bar}>
      <span className={styles.drawer}>
        <Menu trigger={<IconButton icon="menu" label="Pages" />}>
          {places.map((place) => (
            <MenuLink key={place.to} to={place.to} icon={place.icon}>
              {place.label}
              {place.to === "/approvals" && open > 0 ? ` (${open})` : ""}
            </MenuLink>
          ))}
        </Menu>
      </span>
      <NavLink to="/workflows" className={styles.brand} aria-label="Cuelight, to the workflows">
        <Mark />
        Cuelight
      </NavLink>
      <nav aria-label="Main" className={styles.nav}>
        {places.map((place) => (
          <NavLink key={place.to} to={place.to}>
            {place.label}
            {place.to === "/approvals" && open > 0 && <Count of={open} label="open for you" />}
          </NavLink>
        ))}
      </nav>
      <button type="button" className={styles.goto} onClick={onGoTo} title="Go to anything (Ctrl K)">
        <Icon name="search" size="s" />
        <span className="grow">Go to anything</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <Account session={session} />
    </header>
  );
}

function Account({ session }: { session: Session }) {
  const [theme, setTheme] = useTheme();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { user, workspace } = session;
  const leave = () => signOut.mutate(undefined, { onSuccess: () => void navigate("/login") });
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          className={styles.account}
          title={user.name}
          aria-label={`${user.initials}, account of ${user.name}`}
        >
          {user.initials}
        </button>
      }
    >
      <MenuLabel>
        {user.name}
        <br />
        {workspace.name}
      </MenuLabel>
      <MenuRule />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        value={theme}
        onChange={setTheme}
        options={[
          { value: "system", label: "As the system", icon: "monitor" },
          { value: "light", label: "Light", icon: "sun" },
          { value: "dark", label: "Dark", icon: "moon" },
        ]}
      />
      <MenuRule />
      <MenuLink to="/settings" icon="settings">
        Settings
      </MenuLink>
      <MenuItem icon="log-out" onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
