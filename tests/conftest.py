"""For every test: settings that touch neither the developer's var folder nor any network."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before Django reads its settings: a folder of this run's own, and no .env file.
_folder = tempfile.TemporaryDirectory(prefix="cuelight-tests-")
os.environ["CUELIGHT_VAR"] = _folder.name
os.environ["CUELIGHT_ENV_FILE"] = ""


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # The real hash takes a tenth of a second each time, on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config: pytest.Config) -> None:
    _folder.cleanup()


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """A fresh var folder for a server."""
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    yield folder
