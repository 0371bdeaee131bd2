import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Mail } from "@/api/types.ts";
import { MailFrame } from "./MailFrame.tsx";

const mail: Mail = {
  id: "1",
  sender: "cuelight@localhost",
  to: ["jonas@example.org"],
  subject: "Which title?",
  text: "Answer at http://127.0.0.1:8000/r/abc.",
  html: "<html><head></head><body><script>alert(1)</script>Which title?</body></html>",
  created_at: "2026-11-21T10:00:00Z",
  status: "SENT",
  error: null,
};

it("shows a mail in a frame that may run no script and reach nothing of this page", () => {
  render(<MailFrame mail={mail} />);
  const frame = screen.getByTitle("Which title?");
  expect(frame.getAttribute("sandbox")).toBe("allow-popups allow-popups-to-escape-sandbox");
  expect(frame.getAttribute("srcdoc")).toContain('<head><base target="_blank">');
});

it("makes links of the plain text", async () => {
  render(<MailFrame mail={mail} />);
  await userEvent.click(screen.getByRole("tab", { name: "Plain text" }));
  const link = screen.getByRole("link", { name: "http://127.0.0.1:8000/r/abc" });
  expect(link).toHaveAttribute("rel", "noreferrer");
});
