"""One embedded server for one folder."""

import os
from pathlib import Path

import pytest

from config.single_instance import AlreadyServed, only_server_of


def test_the_second_is_told_who_the_first_is(tmp_path: Path) -> None:
    with only_server_of(tmp_path, "http://127.0.0.1:8000"):
        with pytest.raises(AlreadyServed, match=f"process {os.getpid()} at http://127.0.0.1:8000"):
            with only_server_of(tmp_path, "http://127.0.0.1:8001"):
                pass


def test_the_folder_is_free_again_when_the_first_is_gone(tmp_path: Path) -> None:
    for _ in range(2):
        with only_server_of(tmp_path, "http://127.0.0.1:8000"):
            pass


def test_another_folder_has_a_server_of_its_own(tmp_path: Path) -> None:
    with only_server_of(tmp_path / "one", "first"), only_server_of(tmp_path / "other", "second"):
        pass
