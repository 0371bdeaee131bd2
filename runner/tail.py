"""Follows executions for those who watch them: one reader for each execution and process (law 7)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import orjson
from channels.layers import get_channel_layer
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from runner import hints
from runner.models import Attempt, Entry, Execution, Frame
from runner.store import payloads

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_SECONDS = 2.0  # a tail looks by itself: hints may be lost
WATCH_SECONDS = 60.0  # how long an execution counts as watched after a tail said so
PAGE = 500  # entries in one message
# A browser that falls this far behind is cut off; it comes back with the seq it has.
MOST_WAITING = 200

# Sockets read here, and not in the one thread that `database_sync_to_async` shares among all.
_readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="tail")


def render_entry(row: Entry) -> dict[str, Any]:
    """Return an entry as the API and the socket show it."""
    return {
        "seq": row.seq,
        "id": row.event_id,
        "previous_event_id": row.previous_event_id,
        "type": row.type,
        "at": _iso(row.at),
        "frame": row.frame,
        "scope": orjson.loads(row.scope),
        "state": row.state,
        "details": payloads.loads(row.details),
    }


def entries_after(execution_id: int, after: int, limit: int = PAGE) -> list[Entry]:
    """Return the entries that follow `after`, at most `limit`."""
    rows = Entry.objects.filter(execution_id=execution_id, seq__gt=after).order_by("seq")
    return list(rows[:limit])


@dataclass(slots=True)
class News:
    """What a tail found: entries as rendered, and partial model texts."""

    status: str
    last_seq: int
    entries: list[dict[str, Any]]
    partials: list[dict[str, Any]] = field(default_factory=list)

    @property
    def more(self) -> bool:
        return bool(self.entries) and self.entries[-1]["seq"] < self.last_seq


def read(execution_id: int, after: int, *, partials: bool = True) -> News:
    """Return what an execution recorded after `after`."""
    row = Execution.objects.only("status", "next_seq").get(pk=execution_id)
    entries = entries_after(execution_id, after) if row.last_seq > after else []
    texts = _partials(execution_id) if partials and row.status == "RUNNING" else []
    return News(row.status, row.last_seq, [render_entry(entry) for entry in entries], texts)


def watch(execution_id: int, now: datetime) -> None:
    """Ask for hints about an execution, for a while."""
    wanted = now + timedelta(seconds=WATCH_SECONDS)
    Execution.objects.filter(
        Q(watched_until__isnull=True) | Q(watched_until__lt=wanted - timedelta(seconds=30)),
        pk=execution_id,
    ).update(watched_until=wanted)


def entries_message(news: News) -> str:
    last = news.entries[-1]["seq"] if news.entries else news.last_seq
    message = {"type": "entries", "entries": news.entries, "last_seq": last, "status": news.status}
    return orjson.dumps(message).decode()


def partial_message(partial: dict[str, Any]) -> str:
    return orjson.dumps({"type": "partial", **partial}).decode()


def _partials(execution_id: int) -> list[dict[str, Any]]:
    rows = Attempt.objects.filter(execution_id=execution_id, status=Attempt.Status.CLAIMED)
    found = list(rows.exclude(partial="").values_list("frame", "wait", "state", "partial"))
    if not found:
        return []
    frames = Frame.objects.filter(execution_id=execution_id, number__in={row[0] for row in found})
    scopes = {
        number: payloads.loads(data).get("scope", []) for number, data in frames.values_list("number", "data")
    }
    return [
        {"frame": frame, "wait": wait, "state": state, "scope": scopes.get(frame, []), "text": text}
        for frame, wait, state, text in found
    ]


class Subscription:
    """One socket's place at a tail; `None` in its queue ends it."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.queue: asyncio.Queue[str | None] = asyncio.Queue()

    def offer(self, message: str) -> bool:
        """Queue a message; False when this reader is too slow."""
        if self.queue.qsize() >= MOST_WAITING:
            return False
        self.queue.put_nowait(message)
        return True


class Tail:
    """Reads the new rows of one execution once and hands them to everybody who watches it."""

    def __init__(self, execution_id: int, key: str, after: int, ended: Callable[[], None]) -> None:
        self.execution_id = execution_id
        self.key = key
        self.last_seq = after
        self.hinted = asyncio.Event()
        self.subscribers: set[Subscription] = set()
        self.joining = 0  # late comers that are being brought up to date
        self._shown: dict[tuple[int, int], str] = {}
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(lambda _: ended())

    def stop(self) -> None:
        self._task.cancel()

    async def _run(self) -> None:
        while True:
            await run(watch, self.execution_id, timezone.now())
            with suppress(TimeoutError):
                await asyncio.wait_for(self.hinted.wait(), LOOK_SECONDS)
            self.hinted.clear()
            try:
                news = await run(read, self.execution_id, self.last_seq)
            except Execution.DoesNotExist:
                self._end()
                return
            except DatabaseError:
                log.warning("A tail has to wait for the database", exc_info=True)
                continue
            if news.entries:
                self._tell_entries(news)
                self.last_seq = news.entries[-1]["seq"]
            for partial in news.partials:
                self._tell_partial(partial)
            if news.more:
                self.hinted.set()

    def _tell_entries(self, news: News) -> None:
        """Serialise once for all who stand where the tail stands, and apart for who is ahead of it."""
        message = entries_message(news)
        last = news.entries[-1]["seq"]
        for subscriber in list(self.subscribers):
            if subscriber.after >= last:
                continue
            if subscriber.after > self.last_seq:
                rest = [entry for entry in news.entries if entry["seq"] > subscriber.after]
                self._offer(subscriber, entries_message(replace(news, entries=rest)))
            else:
                self._offer(subscriber, message)
            subscriber.after = last

    def _tell_partial(self, partial: dict[str, Any]) -> None:
        place = (partial["frame"], partial["wait"])
        if self._shown.get(place) == partial["text"]:
            return
        self._shown[place] = partial["text"]
        message = partial_message(partial)
        for subscriber in list(self.subscribers):
            self._offer(subscriber, message)

    def _offer(self, subscriber: Subscription, message: str) -> None:
        if not subscriber.offer(message):
            self._cut_off(subscriber)

    def _cut_off(self, subscriber: Subscription) -> None:
        self.subscribers.discard(subscriber)
        while not subscriber.queue.empty():
            subscriber.queue.get_nowait()
        subscriber.queue.put_nowait(None)

    def _end(self) -> None:
        for subscriber in list(self.subscribers):
            self._cut_off(subscriber)


class Tails:
    """The tails of this process, and its one channel in the layer."""

    def __init__(self) -> None:
        self._tails: dict[str, Tail] = {}
        self._channel: str | None = None
        self._listener: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Future[None]] = set()

    async def subscribe(self, execution_id: int, key: str, after: int) -> Subscription:
        """Return a subscription that gets everything after `after`, in order and without a gap."""
        await run(watch, execution_id, timezone.now())
        await self._listen(key)
        subscription = Subscription(after)
        tail = self._tails.get(key)
        if tail is None:
            # It begins where the first socket stands, and catches up together with it.
            tail = self._tails[key] = Tail(execution_id, key, after, lambda: self._forget(key))
        tail.joining += 1
        try:
            await self._catch_up(tail, subscription)
        finally:
            tail.joining -= 1
            self._stop_if_alone(tail)
        return subscription

    def unsubscribe(self, key: str, subscription: Subscription) -> None:
        tail = self._tails.get(key)
        if tail is None:
            return
        tail.subscribers.discard(subscription)
        self._stop_if_alone(tail)

    @staticmethod
    def _stop_if_alone(tail: Tail) -> None:
        if not tail.subscribers and not tail.joining:
            tail.stop()

    async def _catch_up(self, tail: Tail, subscription: Subscription) -> None:
        """Bring a late comer to where the tail stands, then let it hear the tail itself."""
        first = True
        while first or subscription.after < tail.last_seq:
            first = False
            news = await run(read, tail.execution_id, subscription.after)
            subscription.queue.put_nowait(entries_message(news))
            for partial in news.partials:
                subscription.queue.put_nowait(partial_message(partial))
            if news.entries:
                subscription.after = news.entries[-1]["seq"]
            elif subscription.after >= news.last_seq:
                break
        # No await stands between the last comparison and this line: what the tail reads from now on is
        # told, and `after` says what of it this socket has already.
        tail.subscribers.add(subscription)

    async def _listen(self, key: str) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        if self._channel is None or self._listener is None or self._listener.done():
            self._channel = await layer.new_channel()
            self._listener = asyncio.create_task(self._hear(self._channel))
        if key not in self._tails:
            await layer.group_add(hints.group(key), self._channel)

    async def _hear(self, channel: str) -> None:
        layer = get_channel_layer()
        assert layer is not None
        while True:
            try:
                message = await layer.receive(channel)
            except asyncio.CancelledError:
                raise
            except Exception:
                log.warning("Hints are not heard; the tails look by themselves", exc_info=True)
                await asyncio.sleep(LOOK_SECONDS)
                continue
            tail = self._tails.get(message["key"])
            if tail is not None:
                tail.hinted.set()

    def _forget(self, key: str) -> None:
        self._tails.pop(key, None)
        if self._channel is not None:
            task = asyncio.ensure_future(self._leave(key, self._channel))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def _leave(self, key: str, channel: str) -> None:
        layer = get_channel_layer()
        if layer is not None and key not in self._tails:
            await layer.group_discard(hints.group(key), channel)


_tails: dict[int, Tails] = {}


def tails() -> Tails:
    """Return the tails of the running event loop."""
    loop = asyncio.get_running_loop()
    return _tails.setdefault(id(loop), Tails())


def forget_all() -> None:
    """Drop the tails of loops that are gone."""
    _tails.clear()


async def run(function: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Run a read in the readers' threads."""

    def call() -> T:
        try:
            return function(*arguments, **named)
        finally:
            close_old_connections()  # back to the pool, where there is one

    return await asyncio.get_running_loop().run_in_executor(_readers, call)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
