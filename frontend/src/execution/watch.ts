import type { Entry } from "./entry.ts";
import { fold } from "./fold.ts";
import { openLive, type Connection, type Live, type PartialMessage } from "./live.ts";
import { emptyModel, type Model } from "./model.ts";

/** Everything a page shows of an execution that moves. */
export interface Watched {
  readonly model: Model;
  readonly connection: Connection;
  /** While a long history is read for the first time: how far. */
  readonly reading: { done: number; of: number } | null;
  /** All that was written when the page was opened has been folded. */
  readonly caughtUp: boolean;
  /** Text that a model has said so far, by frame. */
  readonly partials: ReadonlyMap<number, PartialMessage>;
}

interface Source {
  address: (after: number) => string;
  /** One page of entries over plain HTTP, for histories too long for one message. */
  readPage: (after: number, signal: AbortSignal) => Promise<{ entries: Entry[]; more: boolean }>;
  /** How many entries there were when the page was opened. */
  lastSeq: number;
}

/** A history longer than this is read in pages first. */
const LONG = 1_000;

const endsText = /^(Task|LambdaFunction|Activity)(Scheduled|Succeeded|Failed|TimedOut)$/;

/**
 * Watches one execution; a store for `useSyncExternalStore`. It is connected as long as somebody listens, and
 * goes on from where it was when somebody listens again.
 */
export class Watch {
  private state: Watched = {
    model: emptyModel(),
    connection: { phase: "connecting" },
    reading: null,
    caughtUp: false,
    partials: new Map(),
  };
  private readonly listeners = new Set<() => void>();
  private stop: (() => void) | null = null;
  private live: Live | null = null;

  constructor(private readonly source: Source) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.stop ??= this.begin();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.stop?.();
      this.stop = null;
    };
  };

  readonly snapshot = (): Watched => this.state;

  /** Connects at once instead of waiting for the next try. */
  readonly again = (): void => this.live?.again();

  private begin(): () => void {
    const stopped = new AbortController();
    void this.readLong(stopped.signal).then(() => {
      if (!stopped.signal.aborted) this.live = this.connect();
    });
    return () => {
      stopped.abort();
      this.live?.close();
      this.live = null;
    };
  }

  /** Reads a long history in pages; the socket brings the rest. */
  private async readLong(signal: AbortSignal): Promise<void> {
    const { readPage, lastSeq } = this.source;
    if (lastSeq - this.state.model.lastSeq <= LONG) return;
    try {
      for (let more = true; more && !signal.aborted;) {
        const before = this.state.model.lastSeq;
        this.set({ reading: { done: before, of: lastSeq } });
        const page = await readPage(before, signal);
        this.take(page.entries);
        more = page.more && this.state.model.lastSeq > before;
      }
    } catch {
      // The socket asks for the rest, and says so where it cannot get it.
    }
    if (!signal.aborted) this.set({ reading: null });
  }

  private connect(): Live {
    return openLive({
      address: this.source.address,
      after: () => this.state.model.lastSeq,
      onConnection: (connection) => this.set({ connection }),
      onMessage: (message) => {
        if (message.type === "entries") this.take(message.entries);
        else this.set({ partials: new Map(this.state.partials).set(message.frame, message) });
      },
    });
  }

  private take(entries: readonly Entry[]): void {
    if (entries.length === 0 && this.state.caughtUp) return;
    const over = entries.filter((entry) => endsText.test(entry.type));
    let { partials } = this.state;
    if (over.some((entry) => partials.has(entry.frame))) {
      const rest = new Map(partials);
      for (const entry of over) rest.delete(entry.frame);
      partials = rest;
    }
    const model = fold(this.state.model, entries);
    const caughtUp = this.state.caughtUp || model.lastSeq >= this.source.lastSeq;
    this.set({ model, partials, caughtUp });
  }

  private set(change: Partial<Watched>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
