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
from typing import Any, cast
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


class _Child(asyncio.SubprocessProtocol):
    """What a child says, and when it has said enough and when it has ended.

    asyncio's own `Process.wait` waits for the pipes too: it never returns where more was said than was read,
    or where a process that left the group keeps a pipe open.
    """

    def __init__(self, output_bytes: int) -> None:
        self.said_all = asyncio.Event()
        self.ended = asyncio.Event()
        self._room = output_bytes
        self._parts: list[bytes] = []

    @property
    def text(self) -> bytes:
        return b"".join(self._parts)

    @property
    def said_too_much(self) -> bool:
        return self._room < 0

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if self._room < 0:
            return
        self._parts.append(data)
        self._room -= len(data)
        if self._room < 0:
            self.said_all.set()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        if fd == 1:  # where it ended before it read its input, its status says how
            self.said_all.set()

    def process_exited(self) -> None:
        self.ended.set()


async def call(function: Function, payload: JSON, context: JSON, limits: Limits) -> Returned | Raised:
    """Return what the function returned or raised; the child and its process group have ended by then."""
    async with _gate():
        transport, child = await asyncio.get_running_loop().subprocess_exec(
            lambda: _Child(limits.output_bytes),
            sys.executable,
            "-P",
            str(_CHILD),
            function.target,
            str(limits.memory_bytes),
            str(int(limits.seconds) + 1),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None,
            env=_environment(),
            start_new_session=True,  # Ctrl-C goes to the server alone, and the end to the whole group
        )
        try:
            async with asyncio.timeout(limits.seconds):
                _ask(transport, {"payload": payload, "context": context})
                await child.said_all.wait()
                if not child.said_too_much:
                    await child.ended.wait()
        except TimeoutError:
            return Raised("States.Timeout", f"The function ran longer than {limits.seconds:g} s.")
        finally:
            await _end(transport, child)
    if child.said_too_much:
        cause = f"The result is larger than {limits.output_bytes} bytes."
        return Raised("Function.OutputTooLarge", cause)
    return _read(child.text, transport.get_returncode())


def _ask(transport: asyncio.SubprocessTransport, request: JSON) -> None:
    stdin = cast(asyncio.WriteTransport, transport.get_pipe_transport(0))
    stdin.write(orjson.dumps(request) + b"\n")


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


async def _end(transport: asyncio.SubprocessTransport, child: _Child) -> None:
    """Kill the child's whole group; nothing that a function started outlives its call."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(transport.get_pid(), signal.SIGKILL)
    transport.close()
    await child.ended.wait()


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
