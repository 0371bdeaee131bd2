import { NavLink, Navigate, useParams } from "react-router";
import { useRight } from "@/api/session.ts";
import { About } from "./About.tsx";
import { Appearance } from "./Appearance.tsx";
import { Tokens } from "./Tokens.tsx";
import styles from "./SettingsPage.module.css";

/** Groups at the left, the chosen one at the right; each is saved by itself. */
export function SettingsPage() {
  const { group } = useParams();
  const mayManage = useRight("manage");
  const groups = [
    { value: "appearance", label: "Appearance" },
    ...(mayManage ? [{ value: "tokens", label: "API tokens" }] : []),
    { value: "about", label: "About" },
  ];
  if (group === undefined)
    return <Navigate to={`/settings/${mayManage ? "tokens" : "appearance"}`} replace />;
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
        {group === "tokens" && mayManage && <Tokens />}
        {group === "appearance" && <Appearance />}
        {group === "about" && <About />}
      </div>
    </div>
  );
}
