import { useSession } from "@/api/session.ts";
import { CopyButton } from "@/ui/CodeValue.tsx";
import { Group } from "./Group.tsx";
import styles from "./About.module.css";

/** Which workspace this is, who is signed in, and where the API is described. */
export function About() {
  const session = useSession().data;
  if (!session) return null;
  const { user, workspace, rights } = session;
  const facts: [name: string, value: string, copy?: boolean][] = [
    ["Workspace", workspace.name],
    ["Workspace number", workspace.number, true],
    ["Signed in as", user.email ? `${user.name}, ${user.email}` : user.name],
    ["Your rights", rights.map((right) => right.replaceAll("_", " ")).join(", ")],
    ["API", `${window.location.origin}/api/`, true],
  ];
  return (
    <Group title="About" text="Cuelight, a self-hosted workflow designer that speaks Amazon States Language.">
      <dl className={styles.facts}>
        {facts.map(([name, value, copy]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {copy && <CopyButton text={value} label={`Copy the ${name.toLowerCase()}`} />}
            </dd>
          </div>
        ))}
      </dl>
      <p className="second">
        The API is described at <a href="/api/docs/">/api/docs/</a>, as OpenAPI at{" "}
        <a href="/api/schema/">/api/schema/</a>.
      </p>
    </Group>
  );
}
