import type { Connection } from "@/api/types.ts";
import type { IconName } from "@/ui/icons.tsx";

interface Said {
  word: string;
  icon: IconName;
  tone: "good" | "bad" | "working" | "unknown";
  /** The sentence behind the word. */
  detail: string;
}

const words: Record<string, Omit<Said, "detail">> = {
  ok: { word: "Works", icon: "circle-check", tone: "good" },
  running: { word: "Ready, running", icon: "circle-check", tone: "good" },
  ready: { word: "Ready", icon: "circle-check", tone: "good" },
  fetching: { word: "Being fetched", icon: "loader-circle", tone: "working" },
  missing: { word: "Not fetched", icon: "circle-dashed", tone: "unknown" },
  unsupported: { word: "Not available here", icon: "circle-x", tone: "bad" },
  failed: { word: "Does not work", icon: "circle-x", tone: "bad" },
  unknown: { word: "Not checked", icon: "circle-dashed", tone: "unknown" },
};

const notChecked: Omit<Said, "detail"> = { word: "Not checked", icon: "circle-dashed", tone: "unknown" };

/** How a connection stands, in a word with its icon, and the sentence behind it. */
export function connectionStatus(connection: Connection): Said {
  const { status } = connection;
  if (status === null) return { ...notChecked, detail: "" };
  const raw = typeof status === "string" ? { state: status } : status;
  const said = words[raw.state?.toLowerCase() ?? ""];
  const detail = raw.message ?? connection.status_detail ?? "";
  if (said === undefined) return { ...notChecked, word: raw.state ?? notChecked.word, detail };
  const share = raw.fraction;
  const counting = said.tone === "working" && share != null;
  return { ...said, word: counting ? `${said.word}, ${Math.round(share * 100)} %` : said.word, detail };
}
