"""Functions of installed packages: found by their entry points, run in real child processes."""

from __future__ import annotations

import asyncio
import os
import select
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from runner.functions import process
from runner.functions.installed import functions
from runner.integrations import function_invoke, registry
from runner.integrations.interface import Failed, Outcome, Request, Succeeded
from tests.support.packages import NAMES, installed_theatre

from .ports import Desk, request

RESOURCE = "arn:cuelight:states:::function:invoke"


@pytest.fixture(autouse=True)
def installed(tmp_path: Path) -> Iterator[None]:
    with installed_theatre(tmp_path / "packages"):
        yield


async def call(name: str, payload: Any = None) -> Outcome:
    return await Desk(outbound=None).start(RESOURCE, {"FunctionName": name, "Payload": payload})


async def failed(name: str, payload: Any = None) -> tuple[str, str]:
    outcome = await call(name, payload)
    assert isinstance(outcome, Failed), outcome
    return outcome.error, outcome.cause


def test_installed_functions_are_found_without_being_imported() -> None:
    found = functions()
    assert set(found) == {*NAMES, "missing"}
    assert found["greet"].package == "theatre 1.0"
    assert (found["greet"].repeatable, found["sing"].repeatable) == (True, False)


async def test_a_function_gets_json_and_gives_json() -> None:
    assert await call("greet", {"name": "Änne"}) == Succeeded({"said": "Hello Änne"})
    assert await call("wait", [1, None, {"a": 0.5}]) == Succeeded([1, None, {"a": 0.5}])


async def test_a_function_that_takes_two_gets_the_context_too() -> None:
    asked = request(RESOURCE, {"FunctionName": "tell", "Payload": 1})
    asked = Request(**{**_fields(asked), "context": {"Execution": {"Name": "run"}}})
    outcome = await function_invoke.start(asked, Desk(outbound=None).ports())
    assert outcome == Succeeded({"payload": 1, "execution": "run", "token": "once"})


def _fields(asked: Request) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in Request.__dataclass_fields__}


async def test_what_it_raises_is_the_error_by_its_class() -> None:
    assert await failed("sing") == ("NoVoice", "a cold")
    assert (await failed("missing"))[0] == "ModuleNotFoundError"
    assert await failed("leave") == ("SystemExit", "enough")


async def test_a_function_that_nobody_registered_is_unknown() -> None:
    assert await failed("os.system") == (
        "Function.Unknown", "No installed package registers a function named 'os.system'.",
    )  # fmt: skip


async def test_arguments_that_do_not_fit_are_refused() -> None:
    outcome = await Desk(outbound=None).start(RESOURCE, {"Code": "print(1)"})
    assert isinstance(outcome, Failed)
    assert outcome.error == "States.Runtime"
    assert 'The field "Code" is not supported' in outcome.cause
    assert 'The field "FunctionName" is required' in outcome.cause


async def test_it_sees_no_secret_of_the_server_and_its_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUELIGHT_SECRET_KEY", "secret words")
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret words")
    monkeypatch.setenv("CUELIGHT_FUNCTION_HALL", "the great one")
    outcome = await call("environment")
    assert isinstance(outcome, Succeeded)
    assert outcome.output["CUELIGHT_FUNCTION_HALL"] == "the great one"
    kept = {"CUELIGHT_SECRET_KEY", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY"}
    assert not kept & outcome.output.keys()


async def test_its_memory_is_limited(settings: Any) -> None:
    settings.CUELIGHT_FUNCTION_MEMORY_MB = 256
    assert (await failed("devour", {"bytes": 512 * 1024 * 1024}))[0] == "MemoryError"
    assert await call("devour", {"bytes": 1024}) == Succeeded(1024)


async def test_its_time_is_limited(settings: Any) -> None:
    settings.CUELIGHT_FUNCTION_SECONDS = 0.5
    assert await failed("spin") == ("States.Timeout", "The function ran longer than 0.5 s.")


async def test_its_output_is_limited(settings: Any) -> None:
    # What it goes on to say is not read any more, and keeps nobody waiting.
    settings.CUELIGHT_FUNCTION_OUTPUT_BYTES = 1
    for _ in range(5):
        assert (await failed("talk", {"bytes": 10_000_000}))[0] == "Function.OutputTooLarge"
    settings.CUELIGHT_FUNCTION_OUTPUT_BYTES = 100_000
    error = ("Function.OutputTooLarge", "The result is larger than 100000 bytes.")
    assert await failed("talk", {"bytes": 10_000_000}) == error
    assert isinstance(await call("talk", {"bytes": 90_000}), Succeeded)


async def test_a_result_that_is_no_json_is_refused() -> None:
    error, cause = await failed("odd")
    assert error == "Function.InvalidOutput"
    assert "set is not JSON serializable" in cause


async def test_a_child_that_dies_says_how() -> None:
    assert await failed("die") == (
        "Function.Exited", "The function's process ended with signal SIGKILL and without a result.",
    )  # fmt: skip


async def test_it_has_no_input_but_its_payload() -> None:
    assert await call("listen") == Succeeded("")


async def test_a_call_that_is_cancelled_leaves_no_process_behind(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    calling = asyncio.ensure_future(call("sleep", {"file": str(file)}))
    while not file.exists() or not file.read_text().endswith("\n"):
        assert not calling.done(), calling.result()
        await asyncio.sleep(0.01)
    pids = [int(pid) for pid in file.read_text().split()]
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    assert len(pids) == 2
    assert [pid for pid in pids if not _has_ended(pid)] == []


def _has_ended(pid: int) -> bool:
    """Say whether a process that was killed is gone; the system takes a moment for one that is no child."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 10)[0])
    finally:
        os.close(watched)


async def test_no_more_run_side_by_side_than_the_operator_allows(settings: Any, tmp_path: Path) -> None:
    settings.CUELIGHT_FUNCTION_PROCESSES = 1
    file = tmp_path / "pids"
    calling = asyncio.ensure_future(call("sleep", {"file": str(file)}))
    while not file.exists():
        await asyncio.sleep(0.01)
    assert process._gate().locked()
    next_call = asyncio.ensure_future(call("greet", {"name": "Anna"}))
    calling.cancel()
    assert await next_call == Succeeded({"said": "Hello Anna"})


def test_a_lost_call_is_repeated_only_where_its_registration_says_so() -> None:
    assert function_invoke.may_repeat({"FunctionName": "greet"})
    for arguments in ({"FunctionName": "sing"}, {"FunctionName": "nobody"}, {}, None):
        assert not function_invoke.may_repeat(arguments)


def test_the_palette_offers_what_is_installed() -> None:
    described = function_invoke.described()
    field = described.arguments_schema["properties"]["FunctionName"]
    assert field["enum"] == sorted([*NAMES, "missing"])
    assert described.arguments["FunctionName"] == field["enum"][0]
    Draft202012Validator.check_schema(described.arguments_schema)
    assert registry.known(RESOURCE)
