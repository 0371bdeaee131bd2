import { momentOf, numberOf, textOf, type Entry } from "./entry.ts";
import { latestIn, visitAt, type Approval, type Recipient, type Tables, type Visit } from "./model.ts";

/** The visit a note is about: its approval's, else the latest of that state in its frame. */
export function visitOfNote(tables: Tables, entry: Entry): Visit | null {
  const approval = textOf(entry.details, "approval");
  const known = approval === null ? undefined : tables.approvals.get(approval);
  if (known !== undefined) return visitAt(tables, known);
  const frame = tables.frames.get(entry.frame);
  const number = latestIn(frame, entry.state) ?? frame?.current ?? null;
  return number === null ? null : visitAt(tables, number);
}

/** Applies a note about people: approvals, their mails and votes, and what was done by hand. */
export function foldPersonNote(tables: Tables, visit: Visit, entry: Entry, at: number): void {
  const { details } = entry;
  const by = textOf(details, "by") ?? "";
  switch (entry.type) {
    case "ApprovalRequested": {
      const id = textOf(details, "approval") ?? "";
      visit.approval = {
        id,
        question: textOf(details, "question"),
        recipients: addressesIn(details?.["recipients"]).map((address) => ({
          address,
          sentAt: null,
          failure: null,
        })),
        expiresAt: momentOf(details, "expires_at"),
        votes: [],
      };
      tables.approvals.set(id, visit.number);
      if (visit.endedAt === null) visit.status = "waiting-person";
      return;
    }
    case "ApprovalSent": {
      const recipient = recipientOf(visit.approval, textOf(details, "recipient"));
      if (recipient) {
        recipient.sentAt = at;
        recipient.failure = null;
      }
      return;
    }
    case "ApprovalSendFailed": {
      const recipient = recipientOf(visit.approval, textOf(details, "recipient"));
      if (recipient)
        recipient.failure = {
          error: textOf(details, "error") ?? "The mail could not be sent.",
          attempt: numberOf(details, "attempt"),
          nextTry: momentOf(details, "next_try"),
        };
      return;
    }
    case "VoteRecorded":
      visit.approval?.votes.push({
        by,
        choice: textOf(details, "label") ?? textOf(details, "choice") ?? "",
        how: textOf(details, "how"),
        comment: textOf(details, "comment"),
        at,
      });
      return;
    case "StateSkipped":
      visit.skipped = true;
      visit.acts.push({ what: "skipped", by, at });
      if (visit.endedAt !== null) visit.status = "skipped";
      return;
    case "StateFailedByHand":
      visit.acts.push({ what: "failed", by, at });
      // While it waited for its next attempt no event says that it failed.
      if (visit.endedAt === null)
        visit.failure = { error: null, cause: null, timedOut: false, culprit: null };
      return;
    case "RunNow":
      visit.acts.push({ what: "run-now", by, at });
      return;
    case "WaitExtended": {
      visit.acts.push({ what: "extended", by, at });
      const due = momentOf(details, "due");
      if (due === null || visit.endedAt !== null) return;
      if (visit.approval) visit.approval.expiresAt = due;
      else if (visit.status === "retrying") visit.retryDue = due;
      else visit.due = due;
      return;
    }
  }
}

function recipientOf(approval: Approval | null, address: string | null): Recipient | null {
  if (approval === null || address === null) return null;
  const known = approval.recipients.find((recipient) => recipient.address === address);
  if (known) return known;
  const added: Recipient = { address, sentAt: null, failure: null };
  approval.recipients.push(added);
  return added;
}

function addressesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: unknown) =>
    typeof one === "object" && one !== null && "address" in one ? String(one.address) : String(one),
  );
}
