"""A real HTTP server on this machine, which is exactly where calls must not go by themselves."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web


@dataclass
class Local:
    """A server on 127.0.0.1 that remembers what reached it."""

    port: int = 0
    seen: list[web.BaseRequest] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    location: str = "/"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.seen.append(request)
        self.bodies.append(await request.read())
        match request.path:
            case "/redirect":
                return web.Response(status=302, headers={"Location": self.location})
            case "/large":
                return web.Response(body=b"x" * 2_000_000)
            case "/bomb":
                packed = gzip.compress(b"\0" * 50_000_000)
                return web.Response(body=packed, headers={"Content-Encoding": "gzip"})
            case "/slow":
                await asyncio.Event().wait()
            case "/two":
                response = web.Response(text="two")
                response.headers.add("Set-Cookie", "a=1")
                response.headers.add("Set-Cookie", "b=2")
                return response
            case "/v1/chat/completions":
                return await self.chat(request)
        return web.json_response({"path": request.path, "headers": dict(request.headers)})

    async def chat(self, request: web.BaseRequest) -> web.StreamResponse:
        asked = json.loads(self.bodies[-1])
        if not asked.get("stream"):
            message = {"role": "assistant", "content": "Hello"}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            return web.json_response(
                {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
            )
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for text in ("Hel", "lo"):
            chunk = {
                "id": "1",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": "m",
                "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}],
            }
            await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
        await response.write(b"data: [DONE]\n\n")
        return response


async def serve(local: Local) -> AsyncIterator[Local]:
    runner = web.ServerRunner(web.Server(local.answer), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    local.port = runner.addresses[0][1]
    yield local
    await runner.cleanup()


@pytest.fixture
async def local() -> AsyncIterator[Local]:
    async for server in serve(Local()):
        yield server


@pytest.fixture
async def other() -> AsyncIterator[Local]:
    async for server in serve(Local()):
        yield server
