"""Property tests through rows: whatever the order, whatever comes twice, whenever the process dies."""

from __future__ import annotations

import json
from itertools import count
from random import Random
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asl.interpreter import events as ev
from asl.parse import parse_definition
from runner import effects
from runner.models import Attempt, Entry, Execution, Inbox
from runner.operations import Claim, Claimed, Deliver
from tests.asl.documents import documents
from tests.asl.world import Fails, Succeeds
from tests.asl.world import World as PureWorld

from .conftest import World, rows_left, types_of

JSON = Any

INPUT = {"items": [1, 2, 3]}
# An attempt fails after three lost claims; fewer must not show in any result.
MOST_CRASHES = 2

PROFILE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
_names = count()


def outcome(seed: int, state: str, number: int, arguments: JSON) -> Succeeds | Fails:
    """Return what a try comes to: the same whenever it is made, and for seed 0 always well in the end."""
    if seed == 0:
        fails = number == 1 and int(state[1:]) % 2
    else:
        fails = crc32(f"{seed} {state} {number} {json.dumps(arguments)}".encode()) % 100 < 40
    return Fails("Broken", state) if fails else Succeeds({"of": state, "got": arguments})


def told(claimed: Claimed, seed: int) -> Deliver:
    """Return what the worker of this claim hands in."""
    claim, number = claimed.claim, claimed.attempt
    match outcome(seed, claimed.state, number, claimed.request["arguments"]):
        case Succeeds(output):
            event: ev.Event = ev.TaskSucceeded(claim.frame, claim.wait, number, output)
        case Fails(error, cause):
            event = ev.TaskFailed(claim.frame, claim.wait, number, error, cause)
    return Deliver(claimed.execution_id, event, claim)


def renew(world: World, seed: int) -> Random:
    """Free the hands for the next example, and return what decides in it."""
    world.claimed.clear()
    world.hands.slots = 1_000_000
    return Random(seed)


def crash(world: World) -> None:
    """Forget what the process held; its successor finds the claims lost."""
    world.claimed.clear()
    for row in Attempt.objects.filter(status=Attempt.Status.CLAIMED).order_by("execution_id", "frame"):
        lost = ev.ClaimWasLost(row.frame, row.wait, row.number, row.claim, may_repeat=True)
        world.apply(Deliver(row.execution_id, lost, Claim(row.frame, row.wait, row.claim)))


def records(execution: Execution) -> int:
    return Entry.objects.filter(execution=execution).count()


@PROFILE
@given(document=documents(), seed=st.integers(0, 2**32), luck=st.integers(0, 9))
def test_an_execution_has_one_output_and_one_record_whatever_happens(
    world: World, document: JSON, seed: int, luck: int
) -> None:
    chance = renew(world, seed)
    execution = world.start(world.machine(document, f"machine-{next(_names)}"), INPUT)
    handed_in: list[Deliver] = []
    crashes = 0
    for _ in range(2_000):
        execution.refresh_from_db()
        if execution.status != "RUNNING":
            break
        match chance.choice(["answer", "answer", "again", "time", "crash", "torn"]):
            case "answer" if world.claimed:
                handed_in.append(told(world.claimed.pop(chance.randrange(len(world.claimed))), luck))
                world.apply(handed_in[-1])
            case "again" if handed_in:
                before = records(execution)
                assert world.apply(chance.choice(handed_in)).results == [False]
                assert records(execution) == before
            case "crash" if crashes < MOST_CRASHES:
                crashes += 1
                crash(world)
            case "torn" if world.claimed:
                torn(world, told(chance.choice(world.claimed), luck), execution)
            case _:
                world.make_due()
                world.pull()
    status, output = expected(document, luck)
    # Which of several failing branches fails first is the order's; that it fails is not.
    assert execution.status == status, (execution.error, execution.cause)
    assert status != "SUCCEEDED" or json.loads(execution.output or "") == output
    types_of(execution)
    assert rows_left(execution) == {}


def torn(world: World, deliver: Deliver, execution: Execution) -> None:
    """Die in the middle of a transaction: nothing of it is there afterwards."""
    before = records(execution)

    class Died(Exception):
        pass

    def die(*_: object) -> None:
        raise Died

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(effects, "tell_others", die)
        with pytest.raises(Died):
            world.apply(deliver)
    assert records(execution) == before


def expected(document: JSON, luck: int) -> tuple[str, JSON]:
    """Return the status and the output that the same definition gives in memory, without any mishap."""
    pure = PureWorld(
        parse_definition(document),
        INPUT,
        script=lambda attempt: outcome(luck, attempt.state, attempt.number, attempt.arguments),
    )
    ended = pure.run().execution
    return str(ended.status), ended.output


@PROFILE
@given(document=documents(), seed=st.integers(0, 2**32), moment=st.integers(0, 30))
def test_nothing_lives_on_in_an_execution_that_was_stopped_at_any_moment(
    world: World, document: JSON, seed: int, moment: int
) -> None:
    chance = renew(world, seed)
    execution = world.start(world.machine(document, f"machine-{next(_names)}"), INPUT)
    late: list[Deliver] = []
    for _ in range(moment):
        if world.claimed and chance.random() < 0.7:
            late.append(told(world.claimed.pop(chance.randrange(len(world.claimed))), 0))
            world.apply(late[-1])
        else:
            world.make_due()
            world.pull()
    late.extend(told(claimed, 0) for claimed in world.claimed)
    world.apply(Deliver(execution.pk, ev.StopRequested("Stop", "by hand")))
    while Inbox.objects.exists():
        world.pull()  # the children of Map Runs hear of it
    execution.refresh_from_db()
    before = records(execution)
    for deliver in late:
        assert world.apply(deliver).results == [False]
    world.make_due()
    world.pull()
    assert execution.status in ("ABORTED", "SUCCEEDED")
    assert records(execution) == before
    types_of(execution)
    assert rows_left(execution) == {}
