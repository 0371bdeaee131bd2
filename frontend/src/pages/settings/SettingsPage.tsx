import { NavLink, Navigate, useParams } from "react-router";
import { AccessKeys } from "./AccessKeys.tsx";
import { Activities } from "./Activities.tsx";
import { About } from "./About.tsx";
import { Appearance } from "./Appearance.tsx";
import { Tokens } from "./Tokens.tsx";
import styles from "./SettingsPage.module.css";

/** Groups at the left, the chosen one at the right; each is saved by itself. */
export function SettingsPage() {
  const { group } = useParams();
  const groups = [
    { value: "appearance", label: "Appearance" },
    { value: "tokens", label: "API tokens" },
    { value: "access-keys", label: "Access keys" },
    { value: "activities", label: "Activities" },
    { value: "about", label: "About" },
  ];
  if (group === undefined) return <Navigate to={"/settings/tokens"} replace />;
  return (
    <div className={styles.page}>
      <title>Settings, Cuelight</title>
      <div className={styles.side}>
        <h1>Settings</h1>
        <nav aria-label="Groups of settings">
          {groups.map(({ value, label }) => (
            <NavLink key={value} to={`/settings/${value}`}>
              {label}
            </NavLink>
          ))}
        </nav>
      </div>
      <div className={styles.column}>
        {group === "tokens" && <Tokens />}
        {group === "access-keys" && <AccessKeys />}
        {group === "activities" && <Activities />}
        {group === "appearance" && <Appearance />}
        {group === "about" && <About />}
      </div>
    </div>
  );
}
