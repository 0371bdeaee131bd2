"""Runs one function in a child process of its own, and ends it whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from django.conf import settings

from .installed import Function

JSON = Any

_CHILD = Path(__file__).with_name("child.py")
# The child gets no secret of the server's: what a function needs is set under this prefix.
PREFIX = "CUELIGHT_FUNCTION_"
_ENVIRONMENT = (
    "PATH",
    "LD_LIBRARY_PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)

# One gate for each event loop: processes cost memory, which waiting calls do not.
_gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use."""

    seconds: float
    memory_bytes: int
    output_bytes: int

    @classmethod
    def of_settings(cls) -> Limits:
        return cls(
            seconds=settings.CUELIGHT_FUNCTION_SECONDS,
            memory_bytes=settings.CUELIGHT_FUNCTION_MEMORY_MB * 1024 * 1024,
            output_bytes=settings.CUELIGHT_FUNCTION_OUTPUT_BYTES,
        )


@dataclass(frozen=True, slots=True)
class Returned:
    result: JSON


@dataclass(frozen=True, slots=True)
class Raised:
    error: str
    cause: str


async def call(function: Function, payload: JSON, context: JSON, limits: Limits) -> Returned | Raised:
    """Return what the function returned or raised; the child and its process group have ended by then."""
    async with _gate():
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            str(_CHILD),
            function.target,
            str(limits.memory_bytes),
            str(int(limits.seconds) + 1),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # Ctrl-C goes to the server alone, and the end to the whole group
        )
        try:
            async with asyncio.timeout(limits.seconds):
                text = await _answered(process, {"payload": payload, "context": context}, limits)
                if len(text) <= limits.output_bytes:
                    await process.wait()
        except TimeoutError:
            return Raised("States.Timeout", f"The function ran longer than {limits.seconds:g} s.")
        finally:
            await _end(process)
    if len(text) > limits.output_bytes:
        cause = f"The result is larger than {limits.output_bytes} bytes."
        return Raised("Function.OutputTooLarge", cause)
    return _read(text, process.returncode)


async def _answered(process: asyncio.subprocess.Process, request: JSON, limits: Limits) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(ConnectionError):  # it ended before it read: its status says how
        process.stdin.write(orjson.dumps(request) + b"\n")
        await process.stdin.drain()
    parts: list[bytes] = []
    size = 0
    while size <= limits.output_bytes and (part := await process.stdout.read(65_536)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _read(text: bytes, status: int | None) -> Returned | Raised:
    try:
        said = orjson.loads(text)
        if "result" in said:
            return Returned(said["result"])
        return Raised(str(said["error"]), str(said["cause"]))
    except (orjson.JSONDecodeError, KeyError, TypeError):
        how = (
            f"signal {signal.Signals(-status).name}"
            if status is not None and status < 0
            else f"status {status}"
        )
        return Raised("Function.Exited", f"The function's process ended with {how} and without a result.")


async def _end(process: asyncio.subprocess.Process) -> None:
    """Kill the child's whole group; nothing that a function started outlives its call."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _environment() -> Mapping[str, str]:
    given = {
        name: value for name, value in os.environ.items() if name in _ENVIRONMENT or name.startswith(PREFIX)
    }
    # Packages are where this process finds them.
    return {**given, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUNBUFFERED": "1"}


def _gate() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    if loop not in _gates:
        _gates[loop] = asyncio.Semaphore(settings.CUELIGHT_FUNCTION_PROCESSES)
    return _gates[loop]
