import type { Entry, Scope } from "./entry.ts";

/** How the live view is connected. */
export type Connection =
  | { phase: "connecting" }
  | { phase: "live" }
  /** Lost; another try follows at `retryAt` (milliseconds since 1970). */
  | { phase: "lost"; retryAt: number }
  /** The server does not want this reader; there is no point in trying again. */
  | { phase: "refused"; why: "signed-out" | "no-right" | "unknown" };

export interface EntriesMessage {
  type: "entries";
  entries: Entry[];
  last_seq: number;
  status: string;
}

export interface PartialMessage {
  type: "partial";
  frame: number;
  wait: number;
  state: string;
  scope: Scope;
  /** All of the answer so far. */
  text: string;
}

export type Message = EntriesMessage | PartialMessage;

interface LiveOptions {
  /** The address to connect to, for a reader that has everything up to `after`. */
  address: (after: number) => string;
  /** The last entry that the reader has. */
  after: () => number;
  onMessage: (message: Message) => void;
  onConnection: (connection: Connection) => void;
}

export interface Live {
  /** Connects again at once, as after a gap, or when the reader does not want to wait. */
  again: () => void;
  close: () => void;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15_000;

const refusals: Record<number, "signed-out" | "no-right" | "unknown"> = {
  4401: "signed-out",
  4403: "no-right",
  4404: "unknown",
};

/** Reads an execution's entries as they are written, over as many connections as it takes. */
export function openLive(options: LiveOptions): Live {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let closed = false;

  const connect = () => {
    clearTimeout(timer);
    drop();
    if (closed) return;
    options.onConnection({ phase: "connecting" });
    const opened = new WebSocket(options.address(options.after()));
    socket = opened;
    opened.onmessage = (event: MessageEvent<string>) => {
      if (socket !== opened) return;
      const message = read(event.data);
      if (message === null) return;
      // Only an answer proves that the connection works: a proxy may accept one and drop it.
      options.onConnection({ phase: "live" });
      const before = options.after();
      options.onMessage(message);
      if (message.type !== "entries") return;
      const missing = (message.entries[0]?.seq ?? 0) > before + 1;
      if (!missing) failures = 0;
      // Something between is missing: ask again from where we are, more slowly if that did not help.
      else if (failures === 0) {
        failures = 1;
        connect();
      } else lost();
    };
    // Whatever goes wrong, a close follows and is what counts; nobody else is to hear of it.
    opened.onerror = () => undefined;
    opened.onclose = (event) => {
      if (socket !== opened) return;
      socket = null;
      const why = refusals[event.code];
      if (why) options.onConnection({ phase: "refused", why });
      else lost();
    };
  };

  const lost = () => {
    drop();
    if (closed) return;
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
    failures += 1;
    options.onConnection({ phase: "lost", retryAt: Date.now() + delay });
    timer = setTimeout(connect, delay);
  };

  const drop = () => {
    const old = socket;
    socket = null;
    if (old === null) return;
    old.onmessage = old.onclose = null;
    old.close();
  };

  connect();
  return {
    again: connect,
    close: () => {
      closed = true;
      clearTimeout(timer);
      drop();
    },
  };
}

function read(data: string): Message | null {
  try {
    return JSON.parse(data) as Message;
  } catch {
    return null;
  }
}
