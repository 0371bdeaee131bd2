// @vitest-environment node
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket as Client, WebSocketServer, type WebSocket as Peer } from "ws";
import type { Entry } from "./entry.ts";
import { at, machine, Script } from "./testing.ts";
import { Watch, type Watched } from "./watch.ts";

/** A server on a real socket; each connection is told apart by the `after` it came with. */
class Server {
  readonly server = new WebSocketServer({ port: 0 });
  readonly asked: number[] = [];
  private waiting: ((peer: Peer) => void)[] = [];
  private readonly arrived: Peer[] = [];

  constructor() {
    this.server.on("connection", (peer, request) => {
      this.asked.push(Number(new URL(request.url ?? "", "http://x").searchParams.get("after")));
      const next = this.waiting.shift();
      if (next) next(peer);
      else this.arrived.push(peer);
    });
  }

  get address(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  connection(): Promise<Peer> {
    const peer = this.arrived.shift();
    return peer ? Promise.resolve(peer) : new Promise((resolve) => this.waiting.push(resolve));
  }

  async close(): Promise<void> {
    for (const peer of this.server.clients) peer.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function tell(peer: Peer, entries: readonly Entry[], status = "RUNNING"): void {
  peer.send(JSON.stringify({ type: "entries", entries, last_seq: entries.at(-1)?.seq ?? 0, status }));
}

function until(watch: Watch, wanted: (watched: Watched) => boolean): Promise<Watched> {
  return new Promise((resolve) => {
    const look = () => {
      if (!wanted(watch.snapshot())) return;
      stop();
      resolve(watch.snapshot());
    };
    const stop = watch.subscribe(look);
    queueMicrotask(look);
  });
}

const entries = new Script()
  .start()
  .enter("Task", at("Ask"))
  .attempt(at("Ask"))
  .event("TaskSucceeded", at("Ask"), { output: "1" })
  .exit("Task", at("Ask"))
  .event("ExecutionSucceeded", machine, { output: "1" }).entries;

let server: Server;
let stop: () => void;

beforeEach(() => {
  server = new Server();
  // The browser's own in the product; Node has none of the same kind everywhere.
  vi.stubGlobal("WebSocket", Client);
});

afterEach(async () => {
  stop();
  await server.close();
  vi.unstubAllGlobals();
});

function watching(lastSeq = 0, pages: Entry[][] = []): Watch {
  const left = [...pages];
  const watch = new Watch({
    lastSeq,
    address: (after) => `${server.address}/?after=${after}`,
    readPage: () => Promise.resolve({ entries: left.shift() ?? [], more: left.length > 0 }),
  });
  stop = watch.subscribe(() => undefined);
  return watch;
}

describe("the live view", () => {
  test("asks for everything, folds what it hears and follows to the end", async () => {
    const watch = watching(3);
    const peer = await server.connection();
    tell(peer, entries.slice(0, 3));
    const begun = await until(watch, ({ model }) => model.lastSeq === 3);
    expect(begun).toMatchObject({ connection: { phase: "live" }, caughtUp: true });
    tell(peer, entries.slice(3), "SUCCEEDED");
    const ended = await until(watch, ({ model }) => model.status === "SUCCEEDED");
    expect(ended.model.lastSeq).toBe(entries.length);
    expect(server.asked).toEqual([0]);
  });

  test("that is cut off says when it tries again, and then asks only for what it lacks", async () => {
    const watch = watching();
    const first = await server.connection();
    tell(first, entries.slice(0, 2));
    await until(watch, ({ model }) => model.lastSeq === 2);
    first.terminate();
    const lost = await until(watch, ({ connection }) => connection.phase === "lost");
    expect(lost.model.lastSeq).toBe(2);
    expect(lost.connection.phase === "lost" && lost.connection.retryAt > Date.now()).toBe(true);
    watch.again();
    const second = await server.connection();
    tell(second, entries.slice(2));
    await until(watch, ({ model }) => model.lastSeq === entries.length);
    expect(server.asked).toEqual([0, 2]);
  });

  test("comes back by itself", async () => {
    const watch = watching();
    (await server.connection()).terminate();
    tell(await server.connection(), entries);
    const { connection } = await until(watch, ({ model }) => model.status === "SUCCEEDED");
    expect(connection.phase).toBe("live");
  });

  test("that finds a gap asks again from the last entry it has", async () => {
    const watch = watching();
    const first = await server.connection();
    tell(first, entries.slice(0, 2));
    tell(first, entries.slice(4));
    const second = await server.connection();
    tell(second, entries.slice(2));
    await until(watch, ({ model }) => model.lastSeq === entries.length);
    expect(server.asked).toEqual([0, 2]);
  });

  test.each([
    [4401, "signed-out"],
    [4403, "no-right"],
    [4404, "unknown"],
  ] as const)("that is refused with %i says why and does not knock again", async (code, why) => {
    const watch = watching();
    (await server.connection()).close(code);
    const { connection } = await until(watch, (watched) => watched.connection.phase === "refused");
    expect(connection).toEqual({ phase: "refused", why });
    expect(server.asked).toHaveLength(1);
  });

  test("shows what a model has said so far, until its attempt ends", async () => {
    const watch = watching();
    const peer = await server.connection();
    tell(peer, entries.slice(0, 4));
    peer.send(
      JSON.stringify({ type: "partial", frame: 0, wait: 1, state: "Ask", scope: [], text: "Four in" }),
    );
    const speaking = await until(watch, ({ partials }) => partials.size === 1);
    expect(speaking.partials.get(0)?.text).toBe("Four in");
    tell(peer, entries.slice(4));
    const said = await until(watch, ({ model }) => model.status === "SUCCEEDED");
    expect(said.partials.size).toBe(0);
  });

  test("reads a long history in pages before it listens", async () => {
    const script = new Script().start();
    while (script.entries.length < 2400) script.enter("Pass", at("A")).exit("Pass", at("A"));
    const all = script.entries;
    const watch = watching(all.length, [all.slice(0, 500), all.slice(500, 1000), all.slice(1000)]);
    await server.connection();
    expect(server.asked).toEqual([all.length]);
    expect(watch.snapshot().model.lastSeq).toBe(all.length);
  });

  test("ends its connection when nobody looks any more", async () => {
    watching();
    const peer = await server.connection();
    const closed = new Promise((resolve) => peer.once("close", resolve));
    stop();
    await closed;
  });
});
