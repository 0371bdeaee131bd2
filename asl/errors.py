"""The names of errors that the language predefines, and the exceptions the core raises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

JSON = Any

ALL = "States.ALL"
BRANCH_FAILED = "States.BranchFailed"
DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded"
EXCEED_TOLERATED_FAILURE_THRESHOLD = "States.ExceedToleratedFailureThreshold"
HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout"
INTRINSIC_FAILURE = "States.IntrinsicFailure"
ITEM_READER_FAILED = "States.ItemReaderFailed"
NO_CHOICE_MATCHED = "States.NoChoiceMatched"
PARAMETER_PATH_FAILURE = "States.ParameterPathFailure"
PERMISSIONS = "States.Permissions"
QUERY_EVALUATION_ERROR = "States.QueryEvaluationError"
RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure"
RESULT_WRITER_FAILED = "States.ResultWriterFailed"
RUNTIME = "States.Runtime"
TASK_FAILED = "States.TaskFailed"
TIMEOUT = "States.Timeout"

PREDEFINED = frozenset(
    {
        ALL, BRANCH_FAILED, DATA_LIMIT_EXCEEDED, EXCEED_TOLERATED_FAILURE_THRESHOLD, HEARTBEAT_TIMEOUT,
        INTRINSIC_FAILURE, ITEM_READER_FAILED, NO_CHOICE_MATCHED, PARAMETER_PATH_FAILURE, PERMISSIONS,
        QUERY_EVALUATION_ERROR, RESULT_PATH_MATCH_FAILURE, RESULT_WRITER_FAILED, RUNTIME, TASK_FAILED,
        TIMEOUT,
    }
)  # fmt: skip


def catches(names: Sequence[str], error: str | None) -> bool:
    """Whether an `ErrorEquals` list takes an error of this name."""
    for name in names:
        if name == error:
            return error != RUNTIME
        if name == ALL and error not in (RUNTIME, DATA_LIMIT_EXCEEDED):
            return True
        if name == TASK_FAILED and error not in (TIMEOUT, HEARTBEAT_TIMEOUT, RUNTIME, DATA_LIMIT_EXCEEDED):
            return True
        if name == TIMEOUT and error == HEARTBEAT_TIMEOUT:
            return True
    return False


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """How AWS Step Functions says a finding; it may weigh it otherwise, and point elsewhere.

    `location` is a JSON pointer; None: the service gives none.
    """

    severity: str  # "ERROR": it refuses the definition | "WARNING"
    code: str
    message: str
    location: str | None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a definition; `location` is a JSON pointer into the document.

    `message` is for people. `service` is what a client of the AWS API gets to read; None: the service
    takes no offence.
    """

    severity: str  # "ERROR" | "WARNING"
    code: str
    message: str
    location: str
    service: ServiceWords | None = None


class InvalidDefinition(ValueError):
    """A document is no valid definition; `diagnostics` says everything that is wrong with it."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(f"{d.location or '/'}: {d.message}" for d in diagnostics[:5]))


class SyntaxFault(ValueError):
    """A path, an intrinsic function or an expression that cannot be read."""


class StateError(Exception):
    """A state fails with this error; Retry and Catch may take it.

    `states_place` puts the state's name and event id before the cause, as the service does.
    """

    def __init__(self, error: str | None, cause: str | None, *, states_place: bool = True) -> None:
        super().__init__(f"{error}: {cause}")
        self.error = error
        self.cause = cause
        self.states_place = states_place


class QueryError(StateError):
    """A JSONata expression failed; `location` names the field, such as `Output/total`."""

    def __init__(self, cause: str, location: str | None) -> None:
        super().__init__(QUERY_EVALUATION_ERROR, cause)
        self.location = location
