"""The model server's process: started once, on first use, and never left behind.

It is a child and not a thread: a fault in native code then ends one model call and not the product, it
yields the processor to pages and states, and a package that was just installed needs no restart. The
child reads a pipe that only this process holds and leaves when it closes, so that not even `kill -9`
of the parent orphans it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import selectors
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from .state import State, Status, installed_status, weights

# Conversations that are answered side by side; more wait in the model server's own queue.
SLOTS = 2
START_SECONDS = 60.0
_SERVER = Path(__file__).with_name("server.py")
# The child gets no secret of the server's.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "SYSTEMROOT")


class EmbeddedModelUnavailable(Exception):
    """The embedded model cannot answer now; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class _Running:
    process: subprocess.Popen[str]
    host: str
    port: int

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


_lock = threading.Lock()
_running: _Running | None = None


def address() -> tuple[str, int]:
    """Returns the host and port of the model server, started if it is not running. May take a second.

    Call it off the event loop. Raises `EmbeddedModelUnavailable` where it is not installed or does not
    start.
    """
    global _running
    with _lock:
        if _running is None or not _running.alive:
            _discard(_running)
            _running = None
            _running = _start()
        return _running.host, _running.port


def status() -> Status:
    """Returns what to show of the embedded model; starts nothing and does not wait."""
    running = _running
    if running is not None and running.alive:
        return Status(State.RUNNING, f"The embedded model is running on {running.host}:{running.port}.")
    return installed_status()


def stop() -> None:
    """Ends the model server, if it runs, and waits until it has gone."""
    global _running
    with _lock:
        _discard(_running)
        _running = None


def _threads() -> int:
    """Leaves a core to the server itself; beyond four a model this small gains nothing."""
    return max(1, min(4, (os.cpu_count() or 2) - 1))


def _start() -> _Running:
    path = weights()
    if path is None:
        raise EmbeddedModelUnavailable(installed_status().message)
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        process = subprocess.Popen(
            [sys.executable, "-I", str(_SERVER), str(path), str(_threads()), str(SLOTS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C goes to the parent alone
        )
        assert process.stdout is not None
        line = _first_line(process.stdout)
        parts = urlsplit(line)
        if not parts.hostname or not parts.port:
            process.kill()
            _reap(process)
            log.seek(0)
            reason = log.read().strip()[-500:] or "it gave no reason"
            raise EmbeddedModelUnavailable(f"The embedded model did not start: {reason}")
        return _Running(process, parts.hostname, parts.port)


def _first_line(stream: IO[str]) -> str:
    """Returns the first line, or nothing where the child ended or took too long."""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        return stream.readline().strip() if selector.select(START_SECONDS) else ""


def _discard(running: _Running | None) -> None:
    if running is None:
        return
    with contextlib.suppress(OSError):
        if running.process.stdin is not None:
            running.process.stdin.close()
    try:
        running.process.wait(5)
    except subprocess.TimeoutExpired:
        running.process.kill()
    _reap(running.process)


def _reap(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
    for stream in (process.stdin, process.stdout):
        if stream is not None and not stream.closed:
            with contextlib.suppress(OSError):
                stream.close()


atexit.register(stop)
