import { expect, it } from "vitest";
import type { Connection } from "@/api/types.ts";
import { connectionStatus } from "./connectionStatus.ts";
import { authTypes, kindOf, kinds, readHosts } from "./kinds.ts";

const connection = (status: Connection["status"], more: Partial<Connection> = {}): Connection => ({
  id: 1,
  name: "x",
  kind: "http",
  base_url: null,
  hosts: [],
  settings: {},
  auth_type: "none",
  has_secret: false,
  builtin: false,
  used_by_count: 0,
  last_used_at: null,
  status,
  ...more,
});

it("says in words how a connection stands", () => {
  expect(connectionStatus(connection("ok")).word).toBe("Works");
  expect(connectionStatus(connection("failed", { status_detail: "Refused." }))).toMatchObject({
    word: "Does not work",
    tone: "bad",
    detail: "Refused.",
  });
  expect(connectionStatus(connection(null)).word).toBe("Not checked");
  expect(connectionStatus(connection("hibernating")).word).toBe("hibernating");
});

it("counts what is being fetched", () => {
  const status = { state: "fetching", message: "93 MB", fraction: 0.42 };
  expect(connectionStatus(connection(status))).toMatchObject({
    word: "Being fetched, 42 %",
    detail: "93 MB",
  });
});

it("reads hosts however they are parted", () => {
  expect(readHosts("a.example:443, b.example:80\n c.example:8080 ")).toEqual([
    "a.example:443",
    "b.example:80",
    "c.example:8080",
  ]);
});

it("knows every way of proving oneself that a kind names", () => {
  for (const kind of kinds) for (const auth of kind.auth) expect(authTypes[auth].label).not.toBe("");
  expect(kindOf("embedded_model").label).toBe("Embedded model");
  expect(kindOf("other").label).toBe("other");
});
