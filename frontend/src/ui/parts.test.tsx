import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Button } from "./Button.tsx";
import { Field, Input } from "./Field.tsx";
import { isIconName } from "./icons.tsx";
import { Loading } from "./Skeleton.tsx";
import { stateIcon } from "./stateIcons.ts";
import { executionStatus, statuses, statusSigns } from "./status.ts";
import { StatusText } from "./StatusBadge.tsx";
import { Toasts, toast } from "./Toast.tsx";

afterEach(() => vi.useRealTimers());

it("gives every status a word and an icon", () => {
  expect(statuses).toHaveLength(13);
  for (const status of statuses) expect(isIconName(statusSigns[status].icon)).toBe(true);
  expect(new Set(statuses.map((status) => statusSigns[status].word)).size).toBe(13);
});

it("refines a running execution by what it waits for", () => {
  expect(executionStatus("RUNNING", "person")).toBe("waiting-person");
  expect(executionStatus("RUNNING", "time")).toBe("waiting-time");
  expect(executionStatus("RUNNING")).toBe("running");
  expect(executionStatus("TIMED_OUT", "person")).toBe("timed-out");
});

it("says a status with its attempts", () => {
  render(<StatusText status="retrying" detail="2/5" />);
  expect(screen.getByText(/Retrying 2\/5/)).toBeVisible();
});

it("finds a state's icon by its integration, else by its type", () => {
  expect(stateIcon("Task", "arn:cuelight:states:::model:invoke")).toBe("sparkles");
  expect(stateIcon("Task", "arn:aws:states:::aws-sdk:bedrockruntime:converse")).toBe("sparkles");
  expect(stateIcon("Task", "arn:aws:states:::bedrock:invokeModel")).toBe("brain-circuit");
  expect(stateIcon("Task", "arn:aws:states:::aws-sdk:transcribe:getTranscriptionJob")).toBe("audio-lines");
  expect(stateIcon("Task", "arn:aws:states:::aws-sdk:polly:synthesizeSpeech")).toBe("cloud");
  expect(stateIcon("Map")).toBe("layers");
});

it("shows an error in place of the hint and joins it to the control", () => {
  const field = (error: string | null) => (
    <Field label="Name" hint="Letters only." error={error}>
      {(control) => <Input {...control} defaultValue="" />}
    </Field>
  );
  const { rerender } = render(field(null));
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription("Letters only.");
  rerender(field("Write a name."));
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription("Write a name.");
  expect(screen.getByLabelText("Name")).toBeInvalid();
  expect(screen.queryByText("Letters only.")).toBeNull();
});

it("cannot be pressed twice while it works, and says that it works", () => {
  const onClick = vi.fn();
  render(
    <Button busy="Saving…" onClick={onClick}>
      Save
    </Button>,
  );
  const button = screen.getByRole("button", { name: /Saving…/ });
  fireEvent.click(button);
  expect(button).toBeDisabled();
  expect(onClick).not.toHaveBeenCalled();
});

it("names what loads at once, and shows it after two seconds", () => {
  vi.useFakeTimers();
  render(<Loading what="Loading the mails">shapes</Loading>);
  const words = screen.getByText("Loading the mails…");
  expect(words).toHaveClass("sr");
  act(() => vi.advanceTimersByTime(2100));
  expect(words).not.toHaveClass("sr");
});

it("takes a message away after six seconds, but not an error", () => {
  vi.useFakeTimers();
  render(<Toasts />);
  act(() => toast({ title: "Version 8 published" }));
  expect(screen.getByText("Version 8 published")).toBeVisible();
  act(() => vi.advanceTimersByTime(6100));
  expect(screen.queryByText("Version 8 published")).toBeNull();
  act(() => toast({ title: "Mail not sent", tone: "error" }));
  act(() => vi.advanceTimersByTime(60_000));
  expect(screen.getByText("Mail not sent")).toBeVisible();
});
