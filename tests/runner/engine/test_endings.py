"""Waiting for ends: told by the own writer, found by looking where another process was the one."""

from __future__ import annotations

import asyncio

from runner import endings
from runner.models import Execution
from runner.writer import writer

from .conftest import World
from .test_polling import shared

__all__ = ["shared"]

WAIT = {"StartAt": "Hold", "States": {"Hold": {"Type": "Wait", "Seconds": 3600, "End": True}}}


def test_what_another_process_ends_is_found_for_all_who_wait(shared: World) -> None:
    revision = shared.machine(WAIT)
    numbers = [shared.start(revision, name=f"run-{number}").pk for number in range(20)]

    async def scene() -> list[bool]:
        waits = [asyncio.ensure_future(endings.ended(number, 20)) for number in numbers]
        while len(endings._waiting) < len(numbers):
            await asyncio.sleep(0)
        # Not through this process's writer, so that nobody is told.
        await Execution.objects.filter(pk__in=numbers).aupdate(status="ABORTED")
        return await asyncio.gather(*waits)

    assert asyncio.run(scene()) == [True] * len(numbers)
    assert not endings._waiting
    assert endings._tell in writer().listeners


def test_a_wait_that_takes_too_long_says_so_and_leaves_nothing_behind(shared: World) -> None:
    execution = shared.start(shared.machine(WAIT))
    assert asyncio.run(endings.ended(execution.pk, 0.1)) is False
    assert not endings._waiting
    assert not endings._lookers
