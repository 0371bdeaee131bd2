import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/asl/types.ts";
import { deriveGraph } from "@/graph/derive.ts";
import { placeGraph } from "@/graph/layout.ts";
import { landingOfPulled, mayEndAt } from "@/graph/pulled.ts";

const pass = (next?: string): JsonObject => ({ Type: "Pass", ...(next ? { Next: next } : { End: true }) });
const definition: JsonObject = {
  StartAt: "A",
  States: {
    A: pass("Which"),
    Which: { Type: "Choice", Choices: [{ Condition: "{% $x %}", Next: "" }], Default: "Both" },
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Left", States: { Left: pass() } },
        { StartAt: "Right", States: { Right: pass() } },
      ],
      End: true,
    },
  },
};

describe.each(["down", "right"] as const)(
  "a transition pulled out of a state, in a graph that runs %s",
  (direction) => {
    const graph = placeGraph(deriveGraph(definition), {
      positions: {},
      ...(direction === "right" && { direction }),
    });
    const rect = (id: string) => {
      const found = graph.rects.get(id);
      if (!found) throw new Error(`no ${id}`);
      return found;
    };
    const middle = (id: string) => ({
      x: rect(id).x + rect(id).width / 2,
      y: rect(id).y + rect(id).height / 2,
    });
    const pull = (id: string, to: { x: number; y: number }, how: "next" | "catch" = "next") =>
      landingOfPulled(graph, id, how, middle(id), to);

    it("ends where the new state is arrived at, within a step of the grid", () => {
      const to = { x: rect("A").x - 400, y: rect("A").y - 300 };
      const found = pull("A", to)?.pulled?.rect;
      expect(found).toBeDefined();
      const arrival =
        found && (direction === "down" ? { x: found.x + 112, y: found.y } : { x: found.x, y: found.y + 34 });
      expect(Math.hypot((arrival?.x ?? 0) - to.x, (arrival?.y ?? 0) - to.y)).toBeLessThan(12);
    });

    it("never ends in the state that it leaves", () => {
      const landing = pull("A", { x: middle("A").x, y: rect("A").y + rect("A").height + 2 });
      const found = landing?.pulled?.rect;
      const along = direction === "down" ? "y" : "x";
      const size = direction === "down" ? "height" : "width";
      expect(found?.[along]).toBeGreaterThanOrEqual(rect("A")[along] + rect("A")[size] + 14);
    });

    it("fills the open place of a rule that it is let go on", () => {
      const open = [...graph.nodes.values()].find(({ kind }) => kind === "open");
      expect(pull("Which", middle(open?.id ?? ""))?.fills).toBe(open?.id);
    });

    it("stays in its branch, and close around its box", () => {
      const box = rect("Both");
      const outside = { x: box.x - 20, y: box.y + box.height / 2 };
      const after = direction === "down" ? { x: 0, y: 40 } : { x: 118, y: 0 };
      expect(mayEndAt(graph, "Left", { x: middle("Left").x + after.x, y: middle("Left").y + after.y })).toBe(
        true,
      );
      expect(mayEndAt(graph, "Left", middle("Right"))).toBe(false);
      expect(mayEndAt(graph, "Left", outside)).toBe(true);
      expect(mayEndAt(graph, "Left", { ...outside, x: box.x - 300 })).toBe(false);
      expect(pull("Left", { ...outside, x: box.x - 300 })).toBeNull();
      expect(pull("Left", outside)?.place).toMatchObject({
        kind: "way",
        state: ["States", "Both", "Branches", 0, "States", "Left"],
      });
    });
  },
);
