import { useState } from "react";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { csrfToken } from "@/api/http.ts";
import { asProblem } from "@/api/problem.ts";
import { useSession, useSignIn } from "@/api/session.ts";
import { Button } from "@/ui/Button.tsx";
import { ErrorPanel } from "@/ui/ErrorPanel.tsx";
import { Field, Input } from "@/ui/Field.tsx";
import { Mark } from "@/ui/Mark.tsx";
import { safeNext } from "./safeNext.ts";
import styles from "./LoginPage.module.css";

/** Signs a person in and goes where they were going. */
export function LoginPage() {
  // Only what sets the cookie is asked for: whoever is sent here is known to be signed out.
  const [needsCookie] = useState(() => csrfToken() === "");
  const session = useSession({ enabled: needsCookie });
  const signIn = useSignIn();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const next = safeNext(parameters.get("next"));

  if (session.data) return <Navigate to={next} replace />;

  const problem = signIn.error === null ? null : asProblem(signIn.error);
  const refused = problem !== null && [400, 401].includes(problem.status);

  const submit = () => {
    const blank = username.trim() === "" || password === "";
    setMissing(blank);
    if (!blank)
      signIn.mutate({ username: username.trim(), password }, { onSuccess: () => void navigate(next) });
  };

  return (
    <main className={styles.page}>
      <title>Sign in, Cuelight</title>
      <form
        className={styles.card}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <h1 className={styles.title}>
          <Mark size={28} />
          Sign in to Cuelight
        </h1>
        <Field label="User name" error={missing && username.trim() === "" ? "Write your user name." : null}>
          {(control) => (
            <Input
              {...control}
              value={username}
              onChange={(event) => setUsername(event.target.value)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
            />
          )}
        </Field>
        <Field
          label="Password"
          error={
            missing && password === ""
              ? "Write your password."
              : refused
                ? "User name and password do not belong together. Check both and try again."
                : null
          }
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
            />
          )}
        </Field>
        {problem && !refused && <ErrorPanel title={problem.title} text={problem.detail} />}
        <Button kind="primary" type="submit" busy={signIn.isPending && "Signing in…"}>
          Sign in
        </Button>
        <p className={styles.hint}>
          The first start of Cuelight printed a login and wrote it to a file in <code>var/</code> that only
          its owner may read.
        </p>
      </form>
    </main>
  );
}
