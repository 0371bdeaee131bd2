"""Installs the package `theatre` as an installer does: its files and its dist-info, in a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runner.functions.installed import functions

_SOURCE = Path(__file__).with_name("theatre")
_MODULE = "theatre.functions"
NAMES = (
    "greet", "tell", "wait", "sing", "environment", "devour", "spin", "sleep", "talk", "die", "leave", "odd",
    "listen",
)  # fmt: skip
REPEATABLE = ("greet",)


def install_theatre(folder: Path) -> Path:
    """Install the package into a folder and return it; on `sys.path` its entry points are found."""
    shutil.copytree(_SOURCE, folder / "theatre", ignore=shutil.ignore_patterns("__pycache__"))
    info = folder / "theatre-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: theatre\nVersion: 1.0\n")
    points = ["[cuelight.functions]", *(f"{name} = {_MODULE}:{name}" for name in NAMES)]
    points += ["missing = theatre.nowhere:nothing"]
    points += ["", "[cuelight.functions.repeatable]", *(f"{name} = {_MODULE}:{name}" for name in REPEATABLE)]
    (info / "entry_points.txt").write_text("\n".join(points) + "\n")
    return folder


@contextmanager
def installed_theatre(folder: Path) -> Iterator[None]:
    """Have the package installed where this process, and so its children, look for packages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(install_theatre(folder)))
        functions.cache_clear()
        yield
    functions.cache_clear()
