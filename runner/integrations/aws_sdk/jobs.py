"""Jobs that an action only starts: `.sync` states ask for their status until they have ended.

Between two questions nothing is held: the attempt goes back to the queue with a time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from asl.errors import TASK_FAILED
from runner.integrations.failures import TaskError
from runner.integrations.interface import Outcome, Submitted, Succeeded

from .shapes import pascal_member

JSON = Any

# Asked soon at first and then less and less often: most jobs take minutes, some hours.
FIRST_SECONDS = 2.0
LONGEST_SECONDS = 30.0
GROWTH = 1.5

_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """How the status of a job is asked for, and what it means.

    `given` maps each member of the describing action to where its value stands: in the "arguments" or
    the "reply" of the action that started the job; a last "[]" makes a list of it.
    """

    describe: str
    given: Mapping[str, _Path]
    status: _Path
    succeeded: frozenset[str]
    failed: frozenset[str]
    record: _Path = ()  # where the job stands in the answer
    whole: bool = False  # the state's result is the whole answer, not the job alone
    named: str | None = None  # the state's result has the job under this name
    gone: str | None = None  # the error that says that what was to be deleted is no more
    keeps: tuple[str, ...] = ()  # members of the first answer that stay in the result
    exits: str | None = None  # the member that lists exit codes, all of which must be 0


def asked(job: Job, arguments: JSON, reply: JSON) -> dict[str, JSON]:
    """Return the arguments of the describing action; what is not there is left out."""
    sources = {"arguments": arguments, "reply": reply}
    found: dict[str, JSON] = {}
    for name, path in job.given.items():
        as_list = path[-1] == "[]"
        value = _at(sources, path[:-1] if as_list else path)
        if value is not None:
            found[name] = [value] if as_list else value
    return found


def submitted(job: Job, asked: Mapping[str, JSON], output: dict[str, JSON]) -> Submitted:
    """Return that the job was started, and when to ask first."""
    kept = {name: output[name] for name in job.keeps if name in output}
    return Submitted(
        output, poll_after_seconds=FIRST_SECONDS, poll={"asked": dict(asked), "times": 1, "kept": kept}
    )


def _goes_on(poll: Mapping[str, JSON]) -> Submitted:
    times = int(poll["times"])
    wait = min(FIRST_SECONDS * GROWTH ** min(times, 20), LONGEST_SECONDS)
    return Submitted(None, poll_after_seconds=wait, poll={**poll, "times": times + 1})


def gone(poll: Mapping[str, JSON]) -> Succeeded:
    """Return that what was to be deleted is no more."""
    return Succeeded({**poll["kept"]})


def judged(job: Job, answer: JSON, shown: JSON, poll: Mapping[str, JSON]) -> Outcome:
    """Return what an answer means; `shown` is the answer as a state's result shows it.

    Raises `TaskError` for a job that failed, with its description as the cause.
    """
    record = _at(answer, job.record)
    status = _at(record, job.status)
    if status not in job.succeeded | job.failed:
        return _goes_on(poll)
    places = [_shown_place(step) for step in job.record]
    result = shown if job.whole else _at(shown, tuple(places))
    if job.named is not None:
        result = {job.named: result}
    if poll["kept"]:
        result = {**poll["kept"], **result}
    if status in job.failed or not _exited_well(job, record):
        raise TaskError(TASK_FAILED, json.dumps(result, separators=(",", ":"), ensure_ascii=False))
    return Succeeded(result)


def _exited_well(job: Job, record: JSON) -> bool:
    if job.exits is None:
        return True
    return all(part.get("exitCode", 1) == 0 for part in record.get(job.exits, []))


def _shown_place(step: str | int) -> str | int:
    return pascal_member(step) if isinstance(step, str) else step


def _at(value: JSON, path: _Path) -> JSON:
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value
