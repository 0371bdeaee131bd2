"""What is measured, against a running server, through the ways in that users have."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web


@dataclass
class Server:
    """A running Cuelight: its address, a token, a session cookie for sockets, and how much memory it has."""

    url: str
    token: str
    cookie: str
    memory_mib: Callable[[], float]


class Client:
    """The REST API, as a program uses it."""

    def __init__(self, server: Server, session: aiohttp.ClientSession) -> None:
        self.server = server
        self._session = session

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.server.token}"}
        url = f"{self.server.url}/api{path}"
        async with self._session.request(method, url, json=body, headers=headers) as response:
            text = await response.text()
            if response.status >= 400:
                raise RuntimeError(f"{method} {path}: {response.status} {text[:500]}")
            return json.loads(text) if text else None

    async def workflow(self, name: str, definition: dict[str, Any]) -> str:
        made = await self.call("POST", "/workflows/", {"name": name, "definition": json.dumps(definition)})
        await self.call(
            "POST", f"/workflows/{made['id']}/publish/", {"draft_revision": made["draft_revision"]}
        )
        return str(made["id"])

    async def start(self, workflow: str) -> str:
        started = await self.call("POST", f"/workflows/{workflow}/executions/", {"input": {}})
        return str(started["id"])

    async def entries(self, key: str) -> list[dict[str, Any]]:
        page = await self.call("GET", f"/executions/{key}/entries/?after=0&limit=500")
        return list(page["entries"])

    async def ended(self, key: str, seconds: float = 60.0) -> dict[str, Any]:
        """Wait for the end of an execution and return it."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            execution: dict[str, Any] = await self.call("GET", f"/executions/{key}/")
            if execution["status"] != "RUNNING":
                return execution
            await asyncio.sleep(0.01)
        raise RuntimeError(f"execution {key} did not end within {seconds} s")

    async def count(self, workflow: str, status: str) -> int:
        page = await self.call("GET", f"/executions/?workflow={workflow}&status={status}")
        return int(page["count"])


def passes(length: int) -> dict[str, Any]:
    """A chain of Pass states."""
    states: dict[str, Any] = {f"S{i}": {"Type": "Pass", "Next": f"S{i + 1}"} for i in range(length - 1)}
    return {"StartAt": "S0", "States": {**states, f"S{length - 1}": {"Type": "Pass", "End": True}}}


def call(target: str, path: str, **then: Any) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Parameters": {
            "ApiEndpoint": f"{target}{path}",
            "Method": "GET",
            "InvocationConfig": {"ConnectionArn": "arn:cuelight:states:::connection:bench"},
        },
        **then,
    }


APPROVAL = {
    "StartAt": "Ask",
    "States": {
        "Ask": {
            "Type": "Task",
            "Resource": "arn:cuelight:states:::approval:request",
            "Parameters": {"Question": "Go?", "Approvers": ["somebody@example.org"]},
            "End": True,
        }
    },
}


async def fifty_passes(client: Client) -> dict[str, float]:
    workflow = await client.workflow("bench-pass", passes(50))
    await client.ended(await client.start(workflow))
    took = []
    for _ in range(30):
        before = time.perf_counter()
        key = await client.start(workflow)
        took.append(time.perf_counter() - before)
        assert (await client.ended(key))["status"] == "SUCCEEDED"
    median = statistics.median(took) * 1000
    return {"start to end through REST, ms": median, "a state, ms": median / 50}


async def short_executions(
    client: Client, target: str, many: int = 500, starters: int = 16
) -> dict[str, float]:
    definition = {
        "StartAt": "Before",
        "States": {
            "Before": {"Type": "Pass", "Next": "Call"},
            "Call": call(target, "/now", Next="After"),
            "After": {"Type": "Pass", "End": True},
        },
    }
    workflow = await client.workflow("bench-short", definition)
    await client.ended(await client.start(workflow))
    left = iter(range(many))
    latencies: list[float] = []

    async def starter() -> None:
        for _ in left:
            before = time.perf_counter()
            await client.start(workflow)
            latencies.append(time.perf_counter() - before)

    before = time.perf_counter()
    await asyncio.gather(*(starter() for _ in range(starters)))
    started = time.perf_counter() - before
    while await client.count(workflow, "SUCCEEDED") < many + 1:
        await asyncio.sleep(0.02)
    took = time.perf_counter() - before
    return {
        "executions a second": many / took,
        "starts a second": many / started,
        "start latency, median ms": statistics.median(latencies) * 1000,
        "start latency, 95 % ms": statistics.quantiles(latencies, n=20)[-1] * 1000,
    }


async def three_calls(client: Client, target: str) -> dict[str, float]:
    definition = {
        "StartAt": "A",
        "States": {
            "A": call(target, "/slow", Next="B"),
            "B": call(target, "/slow", Next="C"),
            "C": call(target, "/slow", End=True),
        },
    }
    workflow = await client.workflow("bench-three", definition)
    await client.ended(await client.start(workflow))
    over = []
    for _ in range(20):
        execution = await client.ended(await client.start(workflow))
        took = _moment(execution["stopped_at"]) - _moment(execution["started_at"])
        over.append(took * 1000 - 150)
    return {"over 150 ms, median ms": statistics.median(over)}


async def parked(client: Client, many: int = 1000, decided: int = 500) -> dict[str, float]:
    """Park executions twice over: what the first thousand costs is the server's own warming up."""
    workflow = await client.workflow("bench-approval", APPROVAL)
    await client.start(workflow)
    before = client.server.memory_mib()
    limit = asyncio.Semaphore(16)

    async def start() -> None:
        async with limit:
            await client.start(workflow)

    memory = []
    took = 0.0
    for times in (1, 2):
        began = time.perf_counter()
        await asyncio.gather(*(start() for _ in range(many)))
        while await _open_count(client) < many * times + 1:
            await asyncio.sleep(0.05)
        took += time.perf_counter() - began
        memory.append(client.server.memory_mib())

    async def decide(approval: str) -> None:
        async with limit:
            await client.call("POST", f"/approvals/{approval}/decide/", {"choice": "approve"})

    approvals = (await _open_approvals(client))[:decided]
    began = time.perf_counter()
    await asyncio.gather(*(decide(approval) for approval in approvals))
    while await client.count(workflow, "SUCCEEDED") < decided:
        await asyncio.sleep(0.02)
    resumed = time.perf_counter() - began
    return {
        "memory before, MiB": before,
        f"memory with {many} parked, MiB": memory[0],
        f"memory with {many * 2} parked, MiB": memory[1],
        "parked a second": many * 2 / took,
        "decided and resumed a second": decided / resumed,
    }


async def _open_count(client: Client) -> int:
    page = await client.call("GET", "/approvals/?scope=all&status=open&page_size=1")
    return int(page["count"])


async def _open_approvals(client: Client) -> list[str]:
    found: list[str] = []
    path = "/approvals/?scope=all&status=open&page_size=200"
    while path:
        page = await client.call("GET", path)
        found.extend(approval["id"] for approval in page["results"])
        path = (page["next"] or "").removeprefix("/api")
    return found


async def event_to_browser(client: Client, target: str) -> dict[str, float]:
    """From the moment that an entry carries to the moment that a socket has it."""
    definition = {
        "StartAt": "A",
        "States": {
            "A": call(target, "/slow", Next="B"),
            "B": call(target, "/slow", Next="C"),
            "C": call(target, "/slow", End=True),
        },
    }
    workflow = await client.workflow("bench-live", definition)
    delays: list[float] = []
    headers = {"Cookie": client.server.cookie, "Origin": client.server.url}
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(15):
            key = await client.start(workflow)
            url = f"{client.server.url}/ws/executions/{key}/?after=0"
            opened = time.time()
            async with session.ws_connect(url) as socket:
                async for message in socket:
                    news = json.loads(message.data)
                    now = time.time()
                    moments = [_moment(entry["at"]) for entry in news.get("entries", [])]
                    # What happened before the socket was open says nothing about the way to it.
                    delays.extend(now - at for at in moments if at > opened + 0.02)
                    if news.get("status") != "RUNNING":
                        break
    return {
        "median ms": statistics.median(delays) * 1000,
        "95 % ms": statistics.quantiles(delays, n=20)[-1] * 1000,
    }


@asynccontextmanager
async def target_server() -> AsyncIterator[str]:
    """An HTTP server to call: `/now` answers at once, `/slow` after 50 ms."""

    async def now(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(0.05)
        return web.json_response({"ok": True})

    app = web.Application()
    app.add_routes([web.get("/now", now), web.get("/slow", slow)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", TARGET_PORT)
    await site.start()
    try:
        yield f"http://127.0.0.1:{TARGET_PORT}"
    finally:
        await runner.cleanup()


TARGET_PORT = 8917

Figure = Callable[[Client, str], Awaitable[dict[str, float]]]

FIGURES: dict[str, Figure] = {
    "50 Pass states": lambda client, _: fifty_passes(client),
    "500 executions of Pass → HTTP → Pass, 16 starters": short_executions,
    "three HTTP calls of 50 ms in a row": three_calls,
    "event → browser": event_to_browser,
    "1,000 executions at an approval": lambda client, _: parked(client),
}


def _moment(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
