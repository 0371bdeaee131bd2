"""Starts Cuelight as people start it, in processes of its own: embedded on SQLite, or scaled.

    server = Server(folder)                         one process, SQLite
    server = Server(folder, services=services)      web, and as many workers as asked for

`start`, `kill` (-9, everything at once), `start` again on the same folder; `stop` is Ctrl-C.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.api import Api
from tests.support.services import Services

ROOT = Path(__file__).resolve().parents[2]
ADMIN_PASSWORD = "stand-by-for-cue-1"
API_TOKEN = "cuelight_test_token_0123456789abcdefghijklmn"
READY_WEB = "Cuelight is ready"
READY_WORKER = " ready."
START_SECONDS = 60.0
STOP_SECONDS = 15.0


class DidNotStart(AssertionError):
    """A process ended, or did not say that it is ready; carries what it said instead."""


def free_port() -> int:
    """Returns a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """A child whose output is read all the time, so that it never blocks on a full pipe."""

    def __init__(self, command: list[str], environment: Mapping[str, str], ready: str) -> None:
        self.lines: list[str] = []
        self._ready = ready
        self._news = threading.Condition()
        self._is_ready = self._has_ended = False
        self.started_at = time.monotonic()
        self.popen = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def output(self) -> str:
        return "".join(self.lines)

    @property
    def group(self) -> int:
        return self.popen.pid

    def wait_until_ready(self, seconds: float = START_SECONDS) -> float:
        """Returns how long the start took; raises `DidNotStart`."""
        with self._news:
            self._news.wait_for(lambda: self._is_ready or self._has_ended, seconds)
            if not self._is_ready:
                raise DidNotStart(f"{' '.join(self.popen.args)}\n{self.output}")  # type: ignore[arg-type]
        return time.monotonic() - self.started_at

    def wait_for_line(self, text: str, seconds: float = START_SECONDS) -> None:
        """Waits until the process has said `text`."""
        with self._news:
            said = self._news.wait_for(lambda: text in self.output, seconds)
        if not said:
            raise AssertionError(f"never said {text!r}:\n{self.output}")

    def interrupt(self, seconds: float = STOP_SECONDS) -> float:
        """Ctrl-C: to the whole group, as a terminal does. Returns how long the end took."""
        began = time.monotonic()
        os.killpg(self.group, signal.SIGINT)
        self.popen.wait(seconds)
        self._reader.join(5)
        return time.monotonic() - began

    def kill(self) -> None:
        """kill -9, to the process and all its children in the group."""
        with suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)
        self.popen.wait(10)
        self._reader.join(5)

    def family(self) -> "Family":
        """Returns the process and all its descendants as they are now, wherever they moved to."""
        known = {self.popen.pid}
        parents = {number: parent for number, parent, _ in _processes()}
        while more := {number for number, parent in parents.items() if parent in known} - known:
            known |= more
        return frozenset((number, born) for number, _, born in _processes() if number in known)

    def _read(self) -> None:
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            with self._news:
                self.lines.append(line)
                self._is_ready = self._is_ready or self._ready in line
                self._news.notify_all()
        self.popen.stdout.close()
        with self._news:
            self._has_ended = True
            self._news.notify_all()


Family = frozenset[tuple[int, int]]


def survivors(family: Family) -> Family:
    """Returns those of the family that still run; a number that was given anew does not count."""
    return family & {(number, born) for number, _, born in _processes()}


def _processes() -> Iterator[tuple[int, int, int]]:
    """Yields number, parent and time of birth of everything that runs."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[0] != "Z":
            yield int(entry.name), int(fields[1]), int(fields[19])


@dataclass
class Server:
    """One installation: its folder, its settings and its running processes."""

    folder: Path
    services: Services | None = None
    workers: int = 1
    email_url: str = "mailbox:"
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    processes: list[Process] = field(default_factory=list)
    started_in: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {
            name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ
        }
        return {
            **inherited,
            "PYTHONUNBUFFERED": "1",
            "CUELIGHT_ENV_FILE": "",
            # `make test` has installed it; tests must not install anything.
            "CUELIGHT_FETCH_MODEL": "false",
            "CUELIGHT_VAR": str(self.folder),
            "CUELIGHT_PORT": str(self.port),
            "CUELIGHT_ADMIN_PASSWORD": ADMIN_PASSWORD,
            "CUELIGHT_API_TOKEN": API_TOKEN,
            "EMAIL_URL": self.email_url,
            **(self.services.environment if self.services else {}),
            **self.settings,
        }

    def start(self) -> "Server":
        """Starts everything and returns once it answers."""
        assert not self.processes, "it runs already"
        if self.services is not None:
            subprocess.run(
                [sys.executable, "manage.py", "prepare"],
                cwd=ROOT,
                env=self.environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            for number in range(self.workers):
                self.processes.append(self._worker(number))
        self.processes.insert(0, self._run([sys.executable, "manage.py", "serve"], READY_WEB))
        try:
            self.started_in = max(process.wait_until_ready() for process in self.processes)
        except DidNotStart:
            self.kill()
            raise
        return self

    def stop(self) -> float:
        """Ctrl-C to everything; returns how long the slowest took to end."""
        processes, self.processes = self.processes, []
        return max(process.interrupt() for process in processes)

    def kill(self) -> None:
        """kill -9 to everything at once: nothing gets to say good-bye."""
        processes, self.processes = self.processes, []
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.group, signal.SIGKILL)
        for process in processes:
            process.kill()

    def kill_worker(self, number: int = 0) -> None:
        """kill -9 to one worker of the scaled form; `add_worker` starts another."""
        self.processes.pop(number + 1).kill()

    def add_worker(self) -> None:
        process = self._worker(len(self.processes))
        self.processes.append(process)
        process.wait_until_ready()

    @property
    def output(self) -> str:
        return "\n".join(process.output for process in self.processes)

    def api(self, token: str = API_TOKEN) -> Api:
        """Returns a program's view of the server."""
        return Api(self.url, token)

    def manage(self, *arguments: str) -> str:
        """Runs a management command with this installation's settings; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def _worker(self, number: int) -> Process:
        return self._run(
            [
                *(sys.executable, "-m", "celery", "-A", "config.celery", "worker"),
                *("--pool", "threads", "--concurrency", "2", "--queues", "work,mail", "--loglevel", "INFO"),
                *(
                    "--without-gossip",
                    "--without-mingle",
                    "--without-heartbeat",
                    "--hostname",
                    f"w{number}@%h",
                ),
            ],
            READY_WORKER,
        )

    def _run(self, command: list[str], ready: str) -> Process:
        return Process(command, self.environment, ready)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Starts the server and leaves nothing of it behind, however the block ends."""
    try:
        yield server.start()
    finally:
        for process in server.processes:
            if process.popen.poll() is not None:
                print(f"ended by itself with {process.popen.returncode}:\n{process.output}")
        server.kill()
