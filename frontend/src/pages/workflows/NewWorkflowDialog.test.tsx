import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { maya, open, serve } from "@/api/testing.tsx";
import { NewWorkflowDialog } from "./NewWorkflowDialog.tsx";

it("makes an Express workflow where that is chosen, and says what it means", async () => {
  const asked = serve({ "GET /api/session/": maya, "POST /api/workflows/": { id: "1" } });
  open(<NewWorkflowDialog onClose={() => undefined} />);
  await userEvent.type(screen.getByLabelText("Name"), "quick");
  const type = screen.getByLabelText("Type");
  expect(type).toHaveAccessibleDescription(/waits for people/);
  await userEvent.selectOptions(type, "Express");
  expect(type).toHaveAccessibleDescription(/Five minutes at most, no approvals/);
  await userEvent.click(screen.getByRole("button", { name: "Create workflow" }));
  const [made] = asked.filter(({ method }) => method === "POST");
  expect(made?.body).toMatchObject({ name: "quick", type: "EXPRESS" });
});
