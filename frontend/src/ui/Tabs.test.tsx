import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { TabPanel, Tabs } from "./Tabs.tsx";

const letters = [
  { value: "a", label: "First" },
  { value: "b", label: "Second", count: 2 },
  { value: "c", label: "Third" },
] as const;

function Three() {
  const [value, setValue] = useState<"a" | "b" | "c">("a");
  return (
    <>
      <Tabs id="three" label="Letters" value={value} onChange={setValue} tabs={letters} />
      <TabPanel id="three" value={value}>
        shows {value}
      </TabPanel>
    </>
  );
}

it("walks with the arrows, round the ends, and keeps one tab in the tab order", async () => {
  render(<Three />);
  await userEvent.tab();
  expect(screen.getByRole("tab", { name: "First" })).toHaveFocus();
  await userEvent.keyboard("{ArrowRight}");
  expect(screen.getByRole("tabpanel", { name: /Second/ })).toHaveTextContent("shows b");
  expect(screen.getByRole("tab", { name: /Second/ })).toHaveFocus();
  await userEvent.keyboard("{End}{ArrowRight}");
  expect(screen.getByRole("tabpanel")).toHaveTextContent("shows a");
  await userEvent.tab();
  expect(screen.getByRole("tab", { name: "First" })).not.toHaveFocus();
});
