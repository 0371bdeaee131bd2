"""The records of an execution: history events in the service's own words, and notes in ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

JSON = Any


class NoteType(StrEnum):
    """Our own facts, beside the service's history events."""

    ATTEMPT_CLAIMED = "AttemptClaimed"  # {attempt, claim, worker}
    CLAIM_LOST = "ClaimLost"  # {attempt, claim}
    RETRY_SCHEDULED = "RetryScheduled"  # {attempt (the next one), of, due, seconds, error, cause}
    APPROVAL_REQUESTED = "ApprovalRequested"  # {approval, question, recipients, expires_at}
    APPROVAL_SENT = "ApprovalSent"  # {approval, recipient}
    APPROVAL_SEND_FAILED = "ApprovalSendFailed"  # {approval, recipient, error, attempt, next_try}
    VOTE_RECORDED = "VoteRecorded"  # {approval, by, choice, how, comment}
    STATE_SKIPPED = "StateSkipped"  # {by}
    STATE_FAILED_BY_HAND = "StateFailedByHand"  # {by}
    RUN_NOW = "RunNow"  # {by}
    WAIT_EXTENDED = "WaitExtended"  # {by, seconds, due}
    REDRIVE_ASKED = "RedriveAsked"  # {by, token}
    USAGE_RECORDED = "UsageRecorded"  # {attempt, input_tokens, output_tokens, latency_ms, model, ...}


@dataclass(frozen=True, slots=True)
class Entry:
    """One record. `event_id` and `previous_event_id` are None for a note.

    `details` of a history event is the value of the service's own `...EventDetails` member, with the
    service's field names; `input`, `output` and `parameters` are JSON texts, as there.
    """

    seq: int
    type: str
    at: datetime
    frame: int
    scope: tuple[tuple[str, int], ...]
    state: str | None
    details: JSON
    event_id: int | None = None
    previous_event_id: int | None = None

    @property
    def is_note(self) -> bool:
        return self.event_id is None


# Which member of a HistoryEvent holds the details of a type; the others have none.
_DETAILS_OF_FAMILY = {
    "ExecutionStarted": "executionStartedEventDetails",
    "ExecutionSucceeded": "executionSucceededEventDetails",
    "ExecutionFailed": "executionFailedEventDetails",
    "ExecutionTimedOut": "executionTimedOutEventDetails",
    "ExecutionAborted": "executionAbortedEventDetails",
    "ExecutionRedriven": "executionRedrivenEventDetails",
    "MapStateStarted": "mapStateStartedEventDetails",
    "MapIterationStarted": "mapIterationStartedEventDetails",
    "MapIterationSucceeded": "mapIterationSucceededEventDetails",
    "MapIterationFailed": "mapIterationFailedEventDetails",
    "MapIterationAborted": "mapIterationAbortedEventDetails",
    "MapRunStarted": "mapRunStartedEventDetails",
    "MapRunFailed": "mapRunFailedEventDetails",
    "MapRunRedriven": "mapRunRedrivenEventDetails",
    "EvaluationFailed": "evaluationFailedEventDetails",
}
_WITHOUT_DETAILS = frozenset(
    {
        "LambdaFunctionStarted", "MapRunSucceeded", "MapRunAborted", "MapStateAborted", "MapStateFailed",
        "MapStateSucceeded", "ParallelStateAborted", "ParallelStateFailed", "ParallelStateStarted",
        "ParallelStateSucceeded", "TaskStateAborted", "WaitStateAborted",
    }
)  # fmt: skip


# The members of details that may hold data of the execution.
_DATA = frozenset({"input", "output", "parameters", "assignedVariables", "taskCredentials"})


def without_data(details: dict[str, JSON]) -> dict[str, JSON]:
    """Return the details of an event as they are shown to whoever did not ask for data."""
    return {name: value for name, value in details.items() if name not in _DATA}


def details_member(type: str) -> str | None:
    """Return the member of the service's HistoryEvent that holds this type's details, or None."""
    if type in _DETAILS_OF_FAMILY:
        return _DETAILS_OF_FAMILY[type]
    if type in _WITHOUT_DETAILS:
        return None
    if type.endswith("StateEntered"):
        return "stateEnteredEventDetails"
    if type.endswith("StateExited"):
        return "stateExitedEventDetails"
    return type[0].lower() + type[1:] + "EventDetails"


def history_event(entry: Entry) -> dict[str, Any]:
    """Return a history event as GetExecutionHistory shows it; not for notes."""
    event: dict[str, Any] = {
        "timestamp": entry.at,
        "type": entry.type,
        "id": entry.event_id,
        "previousEventId": entry.previous_event_id,
    }
    member = details_member(entry.type)
    if member is not None:
        event[member] = entry.details
    return event
