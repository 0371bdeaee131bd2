"""Secrets that the server makes for itself."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.fernet import Fernet

from config.own_secrets import kept_secret


def test_a_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    secret = kept_secret(path)
    assert kept_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]


def test_it_serves_as_an_encryption_key(tmp_path: Path) -> None:
    key = Fernet(kept_secret(tmp_path / "key"))
    assert key.decrypt(key.encrypt(b"amber")) == b"amber"


def test_two_folders_have_two_secrets(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "one") != kept_secret(tmp_path / "other")


def test_many_first_starts_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda _: kept_secret(tmp_path / "key"), range(64)))
    assert len(set(made)) == 1
