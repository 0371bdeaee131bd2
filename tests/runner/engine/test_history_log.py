"""History events as lines of a log: which are written at which level, what is in them, and when."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import wait
from typing import Any

import pytest

from people.models import Workspace
from runner.history_log import MOST_CHARACTERS, wants
from runner.models import Revision
from runner.operations import Start
from runner.revisions import compiled
from runner.writer import Writer

from .conftest import World

PASSES: dict[str, Any] = {"StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": True}}}
FAILS: dict[str, Any] = {
    "StartAt": "Both",
    "States": {
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "No", "Cause": "why"}}}
            ],
            "End": True,
        }
    },
}
# https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html
AT_FATAL = {"ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut"}
AT_ERROR = AT_FATAL | {
    "FailStateEntered", "LambdaFunctionFailed", "LambdaFunctionScheduleFailed", "LambdaFunctionStartFailed",
    "LambdaFunctionTimedOut", "MapIterationAborted", "MapIterationFailed", "MapStateAborted",
    "MapStateFailed", "ParallelStateAborted", "ParallelStateFailed", "TaskFailed", "TaskStartFailed",
    "TaskStateAborted", "TaskSubmitFailed", "TaskTimedOut", "WaitStateAborted",
}  # fmt: skip
AT_ALL = AT_ERROR | {
    "ChoiceStateEntered", "ChoiceStateExited", "ExecutionStarted", "ExecutionSucceeded",
    "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "MapIterationStarted",
    "MapIterationSucceeded", "MapStateEntered", "MapStateExited", "MapStateStarted", "MapStateSucceeded",
    "ParallelStateEntered", "ParallelStateExited", "ParallelStateStarted", "ParallelStateSucceeded",
    "PassStateEntered", "PassStateExited", "SucceedStateEntered", "SucceedStateExited", "TaskScheduled",
    "TaskStarted", "TaskStateEntered", "TaskStateExited", "TaskSubmitted", "TaskSucceeded",
    "WaitStateEntered", "WaitStateExited",
}  # fmt: skip


def test_each_level_wants_the_events_of_the_services_table() -> None:
    assert {type for type in AT_ALL if wants("ALL", type)} == AT_ALL
    assert {type for type in AT_ALL if wants("ERROR", type)} == AT_ERROR
    assert {type for type in AT_ALL if wants("FATAL", type)} == AT_FATAL


class Kept(logging.Handler):
    """What the real logger was told, as a handler of an operator's gets it."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(record.getMessage()) for record in self.records]

    @property
    def types(self) -> list[str]:
        return [line["type"] for line in self.lines]


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler = Kept()
    logger = logging.getLogger("cuelight.history")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


@pytest.fixture
def shared(transactional_db: None) -> World:
    compiled.cache_clear()
    return World(Workspace.objects.create(number="123456789012", name="Test", slug="test"))


@pytest.fixture
def writer(shared: World) -> Iterator[Writer]:
    writer = Writer()
    writer.claimer = shared.hands
    yield writer
    writer.stop()


def logged(shared: World, definition: Any, level: str, *, with_data: bool = False) -> Revision:
    revision = shared.machine(definition)
    logging_of = {"level": level, "includeExecutionData": with_data}
    Revision.objects.filter(pk=revision.pk).update(configuration={"loggingConfiguration": logging_of})
    return revision


def run(writer: Writer, revision: Revision, value: Any, name: str = "first") -> None:
    wait([writer.submit(Start(revision.pk, json.dumps(value), name))])
    writer.stop()  # what is told after the commit has been told


def test_nothing_is_logged_of_a_workflow_that_did_not_ask(shared: World, writer: Writer, kept: Kept) -> None:
    run(writer, shared.machine(PASSES), {"secret": 1})
    assert kept.records == []
    assert compiled(Revision.objects.get().pk).logging is None


def test_all_events_are_logged_as_lines_of_json_without_their_data(
    shared: World, writer: Writer, kept: Kept
) -> None:
    run(writer, logged(shared, PASSES, "ALL"), {"secret": 1})
    assert kept.types == ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]
    entered = kept.lines[1]
    assert entered["details"] == {"name": "Done", "inputDetails": {"truncated": False}}
    assert (entered["id"], entered["previous_event_id"], entered["redrive_count"]) == ("2", "0", "0")
    assert entered["execution_arn"].endswith(":execution:machine:first")
    assert entered["event_timestamp"].isdigit()
    assert "secret" not in "".join(record.getMessage() for record in kept.records)
    assert {record.levelname for record in kept.records} == {"INFO"}
    assert not any("\n" in record.getMessage() for record in kept.records)


def test_data_is_logged_where_it_was_asked_for_and_cut_where_it_is_long(
    shared: World, writer: Writer, kept: Kept
) -> None:
    run(writer, logged(shared, PASSES, "ALL", with_data=True), "x" * (MOST_CHARACTERS + 10))
    started = kept.lines[0]["details"]
    assert len(started["input"]) == MOST_CHARACTERS
    assert started["inputDetails"] == {"truncated": True}


def test_at_error_a_failure_is_logged_from_where_it_began(shared: World, writer: Writer, kept: Kept) -> None:
    run(writer, logged(shared, FAILS, "ERROR"), {})
    assert kept.types == ["FailStateEntered", "ParallelStateFailed", "ExecutionFailed"]
    assert kept.lines[-1]["details"] == {"error": "No"}
    assert {record.levelname for record in kept.records} == {"ERROR"}


def test_at_fatal_only_the_end_of_the_execution_is_logged(shared: World, writer: Writer, kept: Kept) -> None:
    run(writer, logged(shared, FAILS, "FATAL", with_data=True), {})
    assert kept.types == ["ExecutionFailed"]
    assert kept.lines[0]["details"] == {"error": "No", "cause": "why"}
