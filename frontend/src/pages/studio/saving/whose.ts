import type { DraftHead } from "@/api/drafts.ts";

/** Who saved a draft, as a sentence begins with it: a name, or "You, in another window,". */
export function whose(head: DraftHead, me: string | undefined): string {
  if (head.draft_saved_by !== "" && head.draft_saved_by === me) return "You, in another window,";
  return head.draft_saved_by_name || head.draft_saved_by || "Somebody";
}
