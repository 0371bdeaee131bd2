"""Any action of any AWS service, through boto3; arguments and answers in the PascalCase of Step Functions."""

from __future__ import annotations

from typing import Any

from asl.errors import RUNTIME
from runner.integrations.aws_call import aws_client, called, connection_of, metadata
from runner.integrations.failures import TaskError, fails_as_told, refused
from runner.integrations.interface import Outcome, Ports, Request, Succeeded
from runner.integrations.resource import parsed
from runner.integrations.threads import in_thread

from . import jobs
from .actions import RETIRED, Action, action_named, service_named
from .optimised import TABLE as OPTIMISED
from .optimised import Optimised
from .own import OWN, asked
from .presets import DESCRIPTIONS
from .shapes import Problems, given, shown

__all__ = ["DESCRIPTIONS", "OPTIMISED", "PREFIX", "is_retired", "knows", "repeatable", "start"]

repeatable = True  # as the service: an action may be called more than once

PREFIX = "arn:aws:states:::aws-sdk:"
# What these answer is called as in their own API; the others' camelCase becomes PascalCase.
_KEEP_NAMES = frozenset({"dynamodb", "eventbridge", "sns", "sqs"})


def knows(name: str) -> bool:
    """Says whether botocore's model has this service and action; `name` carries no suffix."""
    found = _parts(name)
    return found is not None and action_named(*found) is not None


def is_retired(name: str) -> bool:
    """Says whether this resource names a service that AWS has ended."""
    found = _parts(name)
    return found is not None and found[0] in RETIRED and service_named(found[0]) is None


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns the action's answer; an argument that the model does not have is refused unsent.

    A `.sync` state's first answer is only submitted; each later call asks for the job's status.
    """
    resource = parsed(request.resource)
    optimised = OPTIMISED.get(resource.name)
    if request.poll is not None and optimised is not None:
        return await _asked_again(request, ports, optimised)
    action = await _action(resource.name, request)
    problems = Problems()
    wanted = request.arguments or {}
    arguments = given(
        # Objects become JSON texts where a text is asked for, as the service does it unasked.
        optimised.arguments(wanted) if optimised else wanted, action.input, problems, texts_from_objects=True
    )  # fmt: skip
    if problems.reasons:
        raise refused(request.arguments, problems.reasons)
    connection = await connection_of(request, ports)
    if action.service == OWN and connection is None:
        own = await asked(ports, action, arguments)
        return Succeeded(await in_thread(shown, own, action.output))
    client = await aws_client(ports, connection, action.service, request.region)
    answer = await called(client, action.method, arguments, optimised.names if optimised else None)
    if optimised is None:
        return Succeeded(await in_thread(shown, answer, action.output))
    output = optimised.output(await in_thread(_shown, answer, action, optimised)) | metadata(answer)
    if action.method == "put_events" and output.get("FailedEntryCount"):
        failed = [entry for entry in output.get("Entries", []) if entry.get("ErrorCode")]
        raise TaskError("EventBridge.FailedEntry", f"{len(failed)} entries were refused: {failed}")
    if resource.suffix == ".sync" and optimised.job is not None:
        return jobs.submitted(optimised.job, jobs.asked(optimised.job, arguments, answer), output)
    return Succeeded(output)


async def _asked_again(request: Request, ports: Ports, optimised: Optimised) -> Outcome:
    """Returns what came of a job that was started before, or that it goes on."""
    job = optimised.job
    assert job is not None
    action = await in_thread(action_named, optimised.service, job.describe)
    assert action is not None
    client = await aws_client(ports, await connection_of(request, ports), action.service, request.region)
    try:
        answer = await called(client, action.method, request.poll["asked"], optimised.names)
    except TaskError as error:
        if job.gone is not None and error.error.endswith(f".{job.gone}"):
            return jobs.gone(request.poll)
        raise
    return jobs.judged(job, answer, await in_thread(_shown, answer, action, optimised), request.poll)


def _shown(answer: Any, action: Action, optimised: Optimised) -> dict[str, Any]:
    output: dict[str, Any] = shown(answer, action.output, renamed=optimised.service not in _KEEP_NAMES)
    return output


async def _action(name: str, request: Request) -> Action:
    found = _parts(name)
    action = await in_thread(action_named, *found) if found else None
    if action is None:
        raise TaskError(RUNTIME, f"The resource '{request.resource}' names no action of AWS.")
    return action


def _parts(name: str) -> tuple[str, str] | None:
    if name in OPTIMISED:
        return OPTIMISED[name].service, OPTIMISED[name].action
    service, _, action = name.removeprefix(PREFIX).partition(":")
    return (service, action) if name.startswith(PREFIX) and service and action else None
