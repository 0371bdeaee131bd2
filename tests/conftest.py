"""For every test."""

from pathlib import Path

import pytest


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A fresh var folder for a server."""
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    return folder
