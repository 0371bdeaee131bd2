"""What `make up` finds missing, and what it does not do twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import make_up
from tests.support.server import ROOT


def program(folder: Path, name: str, script: str) -> None:
    """Puts an executable shell script into a folder."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing but what a test puts into this folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_a_missing_node_is_named_with_the_line_that_installs_it(only: Path) -> None:
    with pytest.raises(make_up.Missing, match=r"Node\.js is missing(.|\n)*apt-get install -y nodejs"):
        make_up.usable_npm()


def test_an_old_node_is_named_with_its_version(only: Path) -> None:
    program(only, "node", "echo v18.20.4")
    program(only, "npm", "true")
    with pytest.raises(make_up.Missing, match=r"v18\.20\.4 is too old"):
        make_up.usable_npm()


@pytest.mark.parametrize("version", ["v20.19.0", "v22.12.0", "v24.0.1"])
def test_a_node_that_vite_runs_on_is_taken(only: Path, version: str) -> None:
    program(only, "node", f"echo {version}")
    program(only, "npm", "true")
    assert make_up.usable_npm() == str(only / "npm")


def test_a_missing_npm_is_named(only: Path) -> None:
    program(only, "node", "echo v22.12.0")
    program(only, "apt-get", "true")
    with pytest.raises(make_up.Missing, match="sudo apt-get install -y npm"):
        make_up.usable_npm()


def test_an_old_python_is_named(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(only, "old", "echo 3 9")
    program(only, "apt-get", "true")
    monkeypatch.setattr(sys, "executable", str(only / "old"))
    with pytest.raises(make_up.Missing, match=r"needs Python 3\.11 or newer(.|\n)*python3-venv"):
        make_up.usable_python()


def test_a_newer_python_beside_an_old_one_is_found(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(only, "old", "echo 3 9")
    program(only, "python3.12", "echo 3 12")
    monkeypatch.setattr(sys, "executable", str(only / "old"))
    assert make_up.usable_python() == str(only / "python3.12")


def test_a_python_without_ensurepip_is_named_with_debians_package(
    only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(only, "bare", 'case "$2" in *ensurepip*) exit 1;; *) echo 3 11;; esac')
    program(only, "apt-get", "true")
    monkeypatch.setattr(sys, "executable", str(only / "bare"))
    with pytest.raises(make_up.Missing, match=r"ensurepip is missing(.|\n)*python3\.11-venv"):
        make_up.usable_python()


def test_a_step_that_fails_shows_what_it_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    program(tmp_path / "bin", "breaks", "echo the reason; exit 3")
    with pytest.raises(make_up.Missing, match=r"the reason(.|\n)*ended with 3"):
        make_up.run("Trying", [str(tmp_path / "bin" / "breaks")])
    assert "Trying: failed" in capfd.readouterr().out


def test_a_digest_changes_with_a_byte_and_with_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_up, "ROOT", tmp_path)
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a")
    other.write_text("a")
    before = make_up.digest([one])
    assert make_up.digest([other]) != before
    one.write_text("b")
    assert make_up.digest([one]) != before


def test_it_runs_on_a_python_without_any_package() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); import config.make_up",
        ],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr


def test_the_locks_name_hashes_and_no_address() -> None:
    for lock in ("runtime", "test", "model"):
        lines = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8").splitlines()
        pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
        assert pinned
        assert all("==" in line for line in pinned)
        assert not any("://" in line for line in lines)
        assert sum("--hash=sha256:" in line for line in lines) >= len(pinned)


def test_the_front_ends_lock_names_no_host() -> None:
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text("utf-8")


def test_what_the_tests_install_is_what_the_server_runs_on() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        return {line.split(" ")[0] for line in text.splitlines() if "==" in line}

    assert pins("runtime") <= pins("test")
