"""Follows executions for those who watch them: one reader for each execution and process (law 7)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import orjson
from channels.layers import get_channel_layer
from django.db import Error as DatabaseError
from django.db import connection
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


def messages(news: News, shown: dict[tuple[int, int], str]) -> list[str]:
    """Return the socket's messages for what is new; `shown` remembers the partial texts sent."""
    out = []
    if news.entries:
        out.append(entries_message(news))
    for partial in news.partials:
        key = (partial["frame"], partial["wait"])
        if shown.get(key) != partial["text"]:
            shown[key] = partial["text"]
            out.append(orjson.dumps({"type": "partial", **partial}).decode())
    return out


def entries_message(news: News) -> str:
    last = news.entries[-1]["seq"] if news.entries else news.last_seq
    message = {"type": "entries", "entries": news.entries, "last_seq": last, "status": news.status}
    return orjson.dumps(message).decode()


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
        self.queue: asyncio.Queue[str | None] = asyncio.Queue(MOST_WAITING)

    def offer(self, message: str) -> bool:
        """Queue a message; False when this reader is too slow."""
        try:
            self.queue.put_nowait(message)
        except asyncio.QueueFull:
            return False
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
            for message in messages(news, self._shown):
                self._tell(message)
            if news.entries:
                self.last_seq = news.entries[-1]["seq"]
            if news.more:
                self.hinted.set()

    def _tell(self, message: str) -> None:
        for subscriber in list(self.subscribers):
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
            # It begins where the first socket stands, so that socket needs no read of its own.
            tail = self._tails[key] = Tail(execution_id, key, after, lambda: self._forget(key))
            tail.subscribers.add(subscription)
            news = await run(read, execution_id, after, partials=False)
            subscription.offer(entries_message(News(news.status, after, [])))
            tail.hinted.set()
            return subscription
        tail.joining += 1
        try:
            await self._catch_up(tail, subscription)
        finally:
            tail.joining -= 1
        return subscription

    def unsubscribe(self, key: str, subscription: Subscription) -> None:
        tail = self._tails.get(key)
        if tail is None:
            return
        tail.subscribers.discard(subscription)
        if not tail.subscribers and not tail.joining:
            tail.stop()

    async def _catch_up(self, tail: Tail, subscription: Subscription) -> None:
        """Bring a late comer to where the tail stands, then let it hear the tail itself."""
        first = True
        while first or subscription.after < tail.last_seq:
            first = False
            news = await run(read, tail.execution_id, subscription.after)
            subscription.offer(entries_message(news))
            for partial in news.partials:
                subscription.offer(orjson.dumps({"type": "partial", **partial}).decode())
            if news.entries:
                subscription.after = news.entries[-1]["seq"]
            elif subscription.after >= news.last_seq:
                break
        # No await stands between the last comparison and this line. Entries that were read here and
        # that the tail is still to read come twice; clients drop what they have by its seq.
        tail.subscribers.add(subscription)

    async def _listen(self, key: str) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        if self._channel is None or self._listener is None or self._listener.done():
            self._channel = await layer.new_channel("tail")
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


async def run(function: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Run a read in the readers' threads, each of which keeps its connection."""

    def call() -> T:
        try:
            return function(*arguments, **named)
        except DatabaseError:
            connection.close()
            raise

    return await asyncio.get_running_loop().run_in_executor(_readers, call)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
