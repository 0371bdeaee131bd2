import { useState } from "react";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { toast } from "@/ui/Toast.tsx";
import { useSendAgain } from "@/api/approvals.ts";
import { useActOnWait } from "@/api/executions.ts";
import { asProblem } from "@/api/problem.ts";
import type { Wait } from "@/api/types.ts";
import { ExtendDialog, FailDialog, SkipDialog } from "./ActDialogs.tsx";

interface WaitActsProps {
  execution: string;
  state: string;
  wait: Wait;
  /** When it ends by itself; null where it does not. */
  due: number | null;
}

/** What can be done to a state that waits: try now, extend, skip, fail; an approval is decided on its own page. */
export function WaitActs({ execution, state, wait, due }: WaitActsProps) {
  const act = useActOnWait(execution);
  const sendAgain = useSendAgain();
  const [asking, setAsking] = useState<"skip" | "fail" | "extend" | null>(null);
  const at = { frame: wait.frame, wait: wait.wait };
  const close = () => setAsking(null);
  const failed = (error: unknown) =>
    toast({ title: over(error), text: asProblem(error).sentence, tone: "error" });
  const now = wait.kind === "retry" ? "Try now" : wait.kind === "timer" ? "Go on now" : null;
  return (
    <>
      {wait.kind === "approval" && wait.approval !== null && (
        <>
          <ButtonLink small icon="user-check" to={`/approvals/${wait.approval}`}>
            Open approval
          </ButtonLink>
          <Button
            small
            icon="mail"
            busy={sendAgain.isPending && "Sending…"}
            onClick={() =>
              sendAgain.mutate(wait.approval ?? "", {
                onSuccess: () =>
                  toast({ title: "The mail is sent again", text: `To everybody asked by ${state}.` }),
                onError: failed,
              })
            }
          >
            Send again
          </Button>
        </>
      )}
      {now !== null && (
        <Button
          small
          icon="fast-forward"
          busy={act.isPending && asking === null && "Starting…"}
          onClick={() => act.mutate({ ...at, action: "run_now" }, { onError: failed })}
        >
          {now}
        </Button>
      )}
      {due !== null && wait.kind !== "retry" && (
        <Button small icon="clock" onClick={() => setAsking("extend")}>
          Extend…
        </Button>
      )}
      <Button small icon="skip-forward" onClick={() => setAsking("skip")}>
        Skip…
      </Button>
      <Button small kind="danger" icon="circle-x" onClick={() => setAsking("fail")}>
        Fail…
      </Button>
      {asking === "skip" && <SkipDialog {...{ state, execution, at }} onClose={close} />}
      {asking === "fail" && <FailDialog {...{ state, execution, at }} onClose={close} />}
      {asking === "extend" && <ExtendDialog {...{ state, execution, at, due }} onClose={close} />}
    </>
  );
}

function over(error: unknown): string {
  return asProblem(error).status === 409 ? "It no longer waits" : "That could not be done";
}
