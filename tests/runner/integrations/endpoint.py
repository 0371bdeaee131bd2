"""An HTTP endpoint under a test's control."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Got:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str


@dataclass
class Endpoint:
    """Answers with what is queued in `answers`, the last one for good."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=lambda: [{"json": {"ok": True}}])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def last(self) -> Got:
        return self.got[-1]

    def will(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = (await request.read()).decode()
        self.got.append(
            Got(
                request.method,
                request.path,
                request.rel_url.raw_query_string,
                dict(request.headers.items()),
                body,
            )
        )
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if said.get("breaks_off"):
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if "events" in said:
            return await self._stream(request, said["events"])
        if "json" in said:
            return web.json_response(
                said["json"], status=said.get("status", 200), headers=said.get("headers")
            )
        return web.Response(
            body=said.get("body", b""),
            status=said.get("status", 200),
            reason=said.get("reason"),
            headers=said.get("headers"),
        )

    async def _stream(self, request: web.Request, events: list[str]) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for event in events:
            await response.write(f"data: {event}\n\n".encode())
        await response.write_eof()
        return response
