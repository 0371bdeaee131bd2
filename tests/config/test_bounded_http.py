"""A stranger's endless header ends its own connection and nobody else's."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from config.bounded_http import MOST_HEAD_BYTES, BoundedHttp


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answer with the length of the body."""
    length, more = 0, True
    while more:
        message = await receive()
        length += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = str(length).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(echo, http=BoundedHttp, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield listener.getsockname()
    server.should_exit = True
    thread.join(10)
    listener.close()


def asked(address: tuple[str, int], *pieces: bytes) -> bytes:
    """Return what comes back for these bytes, until the server or we have enough."""
    said = b""
    with socket.create_connection(address, timeout=10) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            while b"\r\n\r\n" not in said and (more := connection.recv(65_536)):
                said += more
        except ConnectionError:
            return said or b"cut off"
    return said


START = b"POST / HTTP/1.1\r\nHost: here\r\n"


def test_a_header_that_does_not_end_is_refused(address: tuple[str, int]) -> None:
    endless = [b"a" * 10_000] * (20 * MOST_HEAD_BYTES // 10_000)
    assert not asked(address, START, b"X-Long: ", *endless).startswith(b"HTTP/1.1 200")


def test_headers_that_do_not_end_are_refused(address: tuple[str, int]) -> None:
    many = [b"X-%d: value\r\n" % number for number in range(50_000)]
    assert not asked(address, START, *many).startswith(b"HTTP/1.1 200")


def test_trailers_that_do_not_end_are_refused(address: tuple[str, int]) -> None:
    start = START + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
    endless = [b"a" * 10_000] * (20 * MOST_HEAD_BYTES // 10_000)
    assert not asked(address, start, b"X-Long: ", *endless).startswith(b"HTTP/1.1 200")


def test_large_bodies_and_usual_headers_pass(address: tuple[str, int]) -> None:
    body = b"a" * 4_000_000
    head = START + b"X-Long: " + b"b" * 30_000 + b"\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert asked(address, head, body).startswith(b"HTTP/1.1 200")
