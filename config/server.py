"""The server process: uvicorn in the main thread and, in the embedded form, everything else beside it.

1. prepare: migrations, examples and the first account (embedded form only; `manage.py prepare` otherwise)
2. the runner's worker and sweeper start before the first request is taken
3. once the page is up, the Celery worker starts and the language model is fetched, both behind
4. at the end: no new requests, claims are given back, nothing is waited for that may take long
"""

import asyncio
import fcntl
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn
from django.conf import settings

from config.bounded_http import BoundedHttp

if TYPE_CHECKING:
    from runner.embedded_model import Status

log = logging.getLogger(__name__)

# After Ctrl-C everything is over within this time, whatever still runs: the rows know what was under way.
LEAVE_WITHIN_SECONDS = 6.0


class PortInUse(Exception):
    """Somebody else listens there."""


def listen(host: str, port: int) -> socket.socket:
    """Return a bound socket; raises `PortInUse`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortInUse(f"{host}:{port}: {error.strerror}") from error
    listener.set_inheritable(False)
    return listener


def serve(listener: socket.socket, *, embedded: bool, when_ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; `when_ready` is called once requests are answered."""
    config = uvicorn.Config(
        "config.asgi:application",
        http=BoundedHttp,
        ws="websockets-sansio",
        lifespan="off",
        access_log=False,
        log_level="warning",
        log_config=None,
        server_header=False,
        proxy_headers=False,
        ws_max_size=64 * 1024,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, embedded=embedded, when_ready=when_ready)
    # uvicorn takes both signals while it runs and raises them again at its end: by then they are old news.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ignore)
    try:
        server.run(sockets=[listener])
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _leave_at_once)
        server.stop_companions()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, *, embedded: bool, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._embedded = embedded
        self._when_ready = when_ready
        self._celery: CeleryWorker | None = None
        self._runs_states = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        _leave_anyway_after(LEAVE_WITHIN_SECONDS)
        print(f"\nEnding ({signal.Signals(sig).name}) …", file=sys.stderr, flush=True)
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        from runner import hints

        hints.use_loop(asyncio.get_running_loop())
        if self._embedded:
            await asyncio.to_thread(_start_runner)
            self._runs_states = True
        await super().startup(sockets)
        if self.started:
            self._when_ready()
            threading.Thread(target=self._after_start, name="after-start", daemon=True).start()

    def _after_start(self) -> None:
        """What nobody should wait for: the rest of the imports, Celery, the language model."""
        from django.urls import get_resolver

        _ = get_resolver().url_patterns
        if self._embedded:
            self._celery = CeleryWorker()
            self._celery.start()
            if settings.CUELIGHT_FETCH_MODEL:
                _fetch_model()

    def stop_companions(self) -> None:
        """End what ran beside the pages; what takes too long ends with the process."""
        if not self._runs_states:
            return
        from runner import embedded_model, sweeper, worker
        from runner.writer import writer

        for stop in (worker.stop, sweeper.stop, writer().stop, embedded_model.stop):
            try:
                stop()
            except Exception:
                log.exception("Did not end cleanly")
        if self._celery is not None:
            self._celery.stop()


class CeleryWorker:
    """Celery's own worker with a pool of threads, inside this process."""

    def __init__(self) -> None:
        self._thread = threading.Thread(target=self._run, name="celery", daemon=True)
        self._controller: object | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Take no more messages; a task that still runs ends with the process."""
        if self._controller is not None:
            stopping = threading.Thread(target=self._controller.stop, name="celery-stop", daemon=True)  # type: ignore[attr-defined]
            stopping.start()
            stopping.join(timeout=2)

    def _run(self) -> None:
        from celery.app.trace import setup_worker_optimizations

        from config.celery import app

        app.loader.import_default_modules()
        # Without this, a bare WorkController drops every task without a word.
        setup_worker_optimizations(app, "embedded")
        app.finalize()
        self._controller = app.WorkController(
            app=app,
            hostname="embedded",
            pool_cls="threads",
            concurrency=settings.CUELIGHT_WORKER_THREADS,
            queues="work,mail",
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        self._controller.start()


def _fetch_model() -> None:
    """Install the embedded model; servers of one environment take turns."""
    from runner import embedded_model

    try:
        with Path(sys.prefix, "model.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            embedded_model.fetch(_Told())
    except OSError:
        log.info("The environment cannot be written to: the embedded model is not fetched", exc_info=True)


class _Told:
    """Says how the fetching goes: each quarter once, and how it ended."""

    def __init__(self) -> None:
        self._quarter = -1

    def __call__(self, status: "Status") -> None:
        if status.fraction is None:
            if self._quarter >= 0 or not status.usable:
                print(status.message, flush=True)
        elif (quarter := int(status.fraction * 4)) > self._quarter:
            self._quarter = quarter
            print(status.message, flush=True)


def _start_runner() -> None:
    from runner import sweeper, worker

    worker.start_embedded()
    sweeper.start()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    pass


def _leave_at_once(_number: int, _frame: FrameType | None) -> None:
    os._exit(130)


def _leave_anyway_after(seconds: float) -> None:
    def leave() -> None:
        time.sleep(seconds)
        os._exit(0)

    threading.Thread(target=leave, name="leave-anyway", daemon=True).start()
