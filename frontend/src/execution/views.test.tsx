import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { deriveGraph } from "@/graph/derive.ts";
import { Attempts } from "./Attempts.tsx";
import { EventsTable } from "./EventsTable.tsx";
import { fold } from "./fold.ts";
import { InputOutput } from "./InputOutput.tsx";
import { JsonBlock } from "./JsonBlock.tsx";
import { emptyModel, type Visit } from "./model.ts";
import { pictureOf } from "./picture.ts";
import { StatePanel, type StateTab } from "./StatePanel.tsx";
import { StateTable } from "./StateTable.tsx";
import { at, machine, Script } from "./testing.ts";

const graph = deriveGraph({
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:cuelight:states:::model:invoke",
      Arguments: { Model: "SmolLM2" },
      Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 4 }],
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
});
const ask = at("Ask");

function nodeNamed(name: string) {
  const node = graph.nodes.get(name);
  if (node === undefined) throw new Error(`no ${name}`);
  return node;
}

function seen(script: Script) {
  const model = fold(emptyModel(), script.entries);
  return { model, picture: pictureOf(model, graph, new Map()), visit: model.visits.at(-1) as Visit };
}

const retrying = () =>
  new Script()
    .start()
    .enter("Task", ask, { q: 1 })
    .attempt(ask)
    .after(2)
    .fail(ask, "E.Bad", "It said no.")
    .retry(ask, 2, 5, 4);
const columns = { type: true, after: true, duration: true, timeline: true };

describe("the table of states", () => {
  test("says status, attempts, start and duration of each, and selects by its name", async () => {
    const script = retrying().after(1);
    const { model, picture } = seen(script);
    const select = vi.fn();
    render(
      <StateTable
        {...{ model, graph, picture, columns }}
        now={script.now}
        selected="Done"
        onSelect={select}
        onPickItem={vi.fn()}
        filter="all"
        onClearFilter={vi.fn()}
      />,
    );
    const row = screen.getByTestId("row-Ask");
    expect(row).toHaveAttribute("data-status", "retrying");
    expect(row).toHaveTextContent("Retrying 1/5");
    expect(within(row).getByText("3.0 s")).toBeInTheDocument();
    expect(within(row).getByTitle("Attempt 1 failed")).toBeInTheDocument();
    expect(within(row).getByTitle("Back-off, 4.0 s")).toBeInTheDocument();
    expect(screen.getByTestId("row-Done")).toHaveAttribute("aria-selected", "true");
    await userEvent.click(screen.getByRole("button", { name: "Ask" }));
    expect(select).toHaveBeenCalledExactlyOnceWith("Ask");
  });

  test("that the filter leaves empty offers to show all", async () => {
    const { model, picture } = seen(retrying());
    const clear = vi.fn();
    render(
      <StateTable
        {...{ model, graph, picture, columns }}
        now={0}
        selected={null}
        onSelect={vi.fn()}
        onPickItem={vi.fn()}
        filter="bad"
        onClearFilter={clear}
      />,
    );
    await userEvent.click(screen.getByRole("button", { name: "Show all states" }));
    expect(clear).toHaveBeenCalled();
  });
});

describe("the record", () => {
  test("numbers events as the service does, marks notes, and unfolds details with their values", async () => {
    const { model } = seen(retrying());
    render(<EventsTable entries={model.entries} start={model.startedAt ?? 0} onSelect={vi.fn()} />);
    const rows = screen.getAllByRole("row").slice(1);
    expect(rows.map((row) => row.querySelector("td")?.textContent)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "note",
    ]);
    await userEvent.click(screen.getByRole("button", { name: "TaskStateEntered" }));
    expect(screen.getByText('"q"')).toBeInTheDocument();
  });
});

describe("a state's panel", () => {
  function Panel({ script }: { script: Script }) {
    const { model, visit } = seen(script);
    const [tab, setTab] = useState<StateTab>("data");
    return (
      <StatePanel
        {...{ model, graph, visit, tab }}
        node={nodeNamed("Ask")}
        stays={[visit.number]}
        onStay={vi.fn()}
        now={script.now}
        due={null}
        partial={null}
        onTab={setTab}
        acts={null}
      />
    );
  }

  test("shows in the output's place when the next attempt starts, and why the last one failed", () => {
    render(<Panel script={retrying().after(1)} />);
    expect(screen.getByRole("note")).toHaveTextContent("Attempt 1 failed: E.BadIt said no.");
    expect(screen.getByRole("region", { name: "Output" })).toHaveTextContent("Attempt 2 of 5 starts in 3 s");
    expect(screen.getByRole("region", { name: "Input" })).toHaveTextContent('"q": 1');
  });

  test("lists attempts, details, definition and events in its tabs", async () => {
    render(<Panel script={retrying()} />);
    await userEvent.click(screen.getByRole("tab", { name: /Retry/ }));
    expect(screen.getByText("Attempt 1 of 5")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("tab", { name: /Details/ }));
    expect(screen.getByText("arn:cuelight:states:::model:invoke")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("tab", { name: "Definition" }));
    expect(screen.getByText('"MaxAttempts"')).toBeInTheDocument();
    await userEvent.click(screen.getByRole("tab", { name: /Events/ }));
    expect(screen.getByRole("button", { name: "RetryScheduled" })).toBeInTheDocument();
  });

  test("counts the attempts of a redrive anew and says of which they are", async () => {
    const script = retrying().after(4).attempt(ask).fail(ask, "E.Bad");
    script.event("ExecutionFailed", machine, { error: "E.Bad" });
    script.event("ExecutionRedriven", machine, { redriveCount: 1 }).attempt(ask);
    render(<Panel script={script} />);
    expect(screen.getByRole("region", { name: "Output" })).toHaveTextContent("Running");
    await userEvent.click(screen.getByRole("tab", { name: /Retry/ }));
    const titles = screen.getAllByText(/^Attempt/, { selector: "strong" }).map((one) => one.textContent);
    expect(titles).toEqual(["Attempt 1", "Attempt 2", "Attempt 1, redrive 1"]);
  });
});

test("an approval's panel names who was asked, and whose mail failed", () => {
  const script = new Script().start().enter("Task", ask).attempt(ask);
  script.note("ApprovalRequested", ask, {
    approval: "a",
    question: "Which?",
    recipients: ["m@x.org", "t@x.org"],
  });
  script.note("ApprovalSent", ask, { approval: "a", recipient: "m@x.org" });
  script.note("ApprovalSendFailed", ask, { approval: "a", recipient: "t@x.org", error: "550 no mailbox" });
  render(
    <InputOutput
      node={nodeNamed("Ask")}
      visit={seen(script).visit}
      now={script.now}
      due={null}
      partial={null}
    />,
  );
  const output = screen.getByRole("region", { name: "Output" });
  expect(output).toHaveTextContent("Which?");
  expect(within(output).getByText("m@x.org").parentElement).toHaveTextContent("mail sent at");
  expect(within(output).getByText("t@x.org").parentElement).toHaveTextContent("mail failed: 550 no mailbox");
});

test("a model's words stand in the output's place while it speaks", () => {
  const script = new Script().start().enter("Task", ask).attempt(ask);
  render(
    <InputOutput
      node={nodeNamed("Ask")}
      visit={seen(script).visit}
      now={script.now}
      due={null}
      partial="Four in"
    />,
  );
  expect(screen.getByTestId("partial-text")).toHaveTextContent("Four in");
});

test("a state that was never tried says what would happen on an error", () => {
  render(<Attempts node={nodeNamed("Ask")} visit={null} now={0} />);
  expect(screen.getByText(/One Retrier is set/)).toBeInTheDocument();
});

test("a long value is cut until somebody asks for all of it", async () => {
  render(
    <JsonBlock title="Output" text={JSON.stringify({ words: "x".repeat(9000), last: true })} empty="" />,
  );
  expect(screen.queryByText('"last"')).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /Show all/ }));
  expect(screen.getByText('"last"')).toBeInTheDocument();
});

test("an execution that was stopped leaves nothing running on the screen", () => {
  const script = retrying().event("ExecutionAborted", machine, { cause: "by hand" });
  expect(seen(script).picture.counts).toMatchObject({ aborted: 1, running: 0, retrying: 0 });
});
