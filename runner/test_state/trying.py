"""One state, tried: with a mock or for real, and shown as far as was asked."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.db import connection
from django.utils import timezone

from asl.errors import TASK_FAILED
from asl.interpreter.frames import Execution
from asl.jsontext import from_text
from asl.quotas import PROFILES
from asl.testing.state_test import StateTest, StateTestResult
from asl.testing.subject import STATE_NAME, Subject
from people.access import Actor
from people.rights import Right, holds, require
from runner import blobs, connections, outbound, state_machines
from runner.integrations import registry
from runner.integrations.interface import (
    Connection,
    Failed,
    Outcome,
    Ports,
    Request,
    Succeeded,
)
from runner.integrations.threads import in_thread

from . import checks
from .asked import Asked, Level, Refused, invalid
from .http_trace import Got, Reveal, Sent, TracedOutbound

JSON = Any

log = logging.getLogger(__name__)

# https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
LIMIT_SECONDS = 300.0
HTTP = "arn:aws:states:::http:invoke"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of the test, and what of it may be shown at the level that was asked for."""

    level: Level
    input: JSON
    result: StateTestResult
    sent: Sent | None = None
    got: Got | None = None

    @property
    def stages(self) -> Mapping[str, JSON] | None:
        """The stages of the data flow by the service's names, the raw input first; None at INFO."""
        if self.level is Level.INFO:
            return None
        variables = {"variables": dict(self.result.variables)} if self.result.variables else {}
        return {"input": self.input, **self.result.stages, **variables}


@dataclass(frozen=True, slots=True)
class _Begun:
    """A test that has entered its state."""

    subject: Subject
    input: JSON
    test: StateTest


async def answer(actor: Actor, asked: Asked) -> Answer:
    """Test the state; raises `Refused`, `asl.errors.InvalidDefinition` or `people.rights.NotPermitted`.

    The caller has seen that the actor may run things.
    """
    # What evaluates expressions or reads botocore's models is done in threads: others share this loop.
    begun = await in_thread(_begun, actor, asked)
    test = begun.test
    traced: TracedOutbound | None = None
    if test.waits:
        if asked.mock is not None:
            await in_thread(_mocked, test, asked)
        elif test.attempt is not None:
            endpoint = test.attempt.arguments if begun.subject.resource == HTTP else None
            endpoint = endpoint.get("ApiEndpoint") if isinstance(endpoint, dict) else None
            traced = TracedOutbound(outbound.current(), _reveal(actor, asked), endpoint)
            await _worked(test, actor, traced)
        else:
            await _rested(test)
    result = test.result()
    if asked.level is Level.TRACE and traced is not None:
        return Answer(asked.level, begun.input, result, traced.sent, traced.got)
    return Answer(asked.level, begun.input, result)


def answer_here(actor: Actor, asked: Asked) -> Answer:
    """Test the state as `answer` does, in a thread that waits for it."""
    if not connection.in_atomic_block:
        connection.close()  # a test may take minutes, and others want rows meanwhile
    # A loop of its own: what it opens is closed with it, and nobody else's is.
    return asyncio.run(_answered_alone(actor, asked))


async def _answered_alone(actor: Actor, asked: Asked) -> Answer:
    try:
        return await answer(actor, asked)
    finally:
        await outbound.close()


def _begun(actor: Actor, asked: Asked) -> _Begun:
    subject = checks.subject(asked)
    checks.check_mock(asked, subject)
    context = checks.context(asked, subject)
    if asked.mock is None and asked.role_arn is None and subject.resource is not None:
        raise invalid("RoleArn must be specified when testing a Task state", "role_arn")
    value = checks.given_input(asked)
    variables = checks.variables(asked)
    if asked.mock is not None:
        checks.check_result(asked, subject)
    elif subject.resource is not None:
        _check_work(actor, subject)
    read = checks.read(asked, subject)
    test = StateTest(
        subject if read is None else subject.with_items(read.items),
        _execution(actor, asked, value),
        seed=random.getrandbits(64),
        variables=variables,
        context=context,
        retries=asked.retrier_retry_count,
        stages={} if read is None else read.stages,
        quotas=PROFILES[actor.workspace.quota_profile],
    )
    test.begin(timezone.now())
    return _Begun(subject, value, test)


def _check_work(actor: Actor, subject: Subject) -> None:
    """Refuse work that this actor may not have done.

    Whoever may only run has definitions that others drew and published; this one is the caller's own,
    and its work may use what the server itself may.
    """
    require(actor, Right.EDIT, actor.workspace)
    if state_machines.names_connection(json.dumps(subject.document)):
        require(actor, Right.USE_CONNECTION, actor.workspace)


def _execution(actor: Actor, asked: Asked, value: JSON) -> Execution:
    """Return an execution that exists for this test alone, named as an express one."""
    machine, name, key = (str(uuid.uuid4()) for _ in range(3))
    place = f"arn:aws:states:{settings.CUELIGHT_REGION}:{actor.workspace.number}"
    return Execution(
        key=key,
        arn=f"{place}:express:{machine}:{name}:{key}",
        name=name,
        state_machine_arn=f"{place}:stateMachine:{machine}",
        state_machine_name=machine,
        role_arn=asked.role_arn,
        started_at=timezone.now(),
        input=value,
        started_by=actor.name,
    )


def _reveal(actor: Actor, asked: Asked) -> Reveal:
    """Credentials are shown to those alone who may also replace them."""
    may = holds(actor, Right.MANAGE, actor.workspace)
    return Reveal(settings=asked.reveal_secrets, credentials=asked.reveal_secrets and may)


def _mocked(test: StateTest, asked: Asked) -> None:
    mock, failed = asked.mock, asked.map_iteration_failure_count
    assert mock is not None
    result = None if mock.result is None else from_text(mock.result)
    iterations = test.iterations or (len(result) if isinstance(result, list) else 0)
    if test.holds_states and failed > iterations and (test.iterations or result is not None):
        raise invalid(
            "Map iteration failure count must be less than or equal to the number of Map iterations",
            "state_configuration.map_iteration_failure_count",
        )
    if mock.error_output is not None:
        test.fail(mock.error_output.error, mock.error_output.cause, timezone.now())
    else:
        test.succeed(result, timezone.now(), failed_iterations=failed)


async def _rested(test: StateTest) -> None:
    """Let a Wait state's time pass; one that is longer than a test may be is known to fail at once."""
    assert test.due is not None
    seconds = (test.due - timezone.now()).total_seconds()
    if seconds <= LIMIT_SECONDS:
        await asyncio.sleep(max(seconds, 0))
        await in_thread(test.wake, test.due)


async def _worked(test: StateTest, actor: Actor, traced: TracedOutbound) -> None:
    """Do the state's work, for as long as it and a test may take."""
    began = timezone.now()
    test.start_attempt(began)
    due = test.due
    last = began + timedelta(seconds=LIMIT_SECONDS)
    limit = last if due is None else min(due, last)
    bound = asyncio.timeout((limit - began).total_seconds())
    try:
        async with bound:
            outcome = await _outcome(test, actor, traced)
    except TimeoutError:
        if due is not None and due <= last:
            await in_thread(test.wake, due)
        return
    match outcome:
        case Succeeded(output, _, None):
            await in_thread(test.succeed, output, timezone.now())
        case Failed(error, cause):
            await in_thread(test.fail, error, cause, timezone.now())
        case _:
            raise _needs_a_mock()


async def _outcome(test: StateTest, actor: Actor, traced: TracedOutbound) -> Outcome:
    attempt = test.attempt
    assert attempt is not None
    integration = registry.find(attempt.resource)
    assert integration is not None  # the definition was refused otherwise
    request = Request(
        resource=attempt.resource,
        arguments=attempt.arguments,
        context=attempt.context,
        task_token=attempt.task_token,
        idempotency_token=str(uuid.uuid4()),
        workspace=actor.workspace_id,
        execution=str(uuid.uuid4()),
        state=STATE_NAME,
        attempt=attempt.number,
        timeout_seconds=attempt.timeout_seconds,
        credentials=attempt.credentials,
    )
    ports = Ports(
        outbound=traced,
        secrets=_ActorsSecrets(actor, traced),
        blobs=blobs.store(),
        now=timezone.now,
        states=_no_execution_asks,
        progress=_nobody_watches,
    )
    try:
        return await integration.start(request, ports)
    except Refused:
        raise
    except Exception as error:
        # The cause names the fault's kind only: its text may hold what a connection keeps secret.
        log.exception("The integration for %s failed in a test", attempt.resource)
        return Failed(TASK_FAILED, f"The integration failed unexpectedly ({type(error).__name__})")


@dataclass(frozen=True, slots=True)
class _ActorsSecrets:
    """The connections of the actor's workspace, for as far as the actor may use them."""

    actor: Actor
    traced: TracedOutbound

    async def connection(self, name_or_arn: str) -> Connection:
        found = connections.builtin_connection(connections.short_name(name_or_arn))
        if found is not None:
            return found
        # Not in the request's own thread, which may be the one that waits for this test.
        resolve = database_sync_to_async(connections.resolve, thread_sensitive=False)
        opened: Connection = await resolve(self.actor.workspace_id, name_or_arn, actor=self.actor)
        self.traced.hide(opened)
        return opened


def _needs_a_mock() -> Refused:
    return invalid("This state can only be tested with a mock: its work is done by an execution", "mock")


async def _no_execution_asks(operation: str, arguments: Mapping[str, JSON]) -> dict[str, JSON]:
    """This server's own API would start executions, which a test leaves to those that run."""
    raise _needs_a_mock()


async def _nobody_watches(text: str) -> None:
    """Partial model text has no reader here."""
