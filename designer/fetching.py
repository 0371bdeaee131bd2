"""Fetches a definition that is to be imported: one GET through the one way out, small and soon."""

from __future__ import annotations

import asyncio
from urllib.parse import unquote, urlsplit

from runner import outbound

MOST_BYTES = 1_048_576  # as large as a definition may be
TIMEOUT_SECONDS = 15.0
REDIRECTS = 3


class NotFetched(Exception):
    """The address brought no text; the message is for people and holds no secret."""


def fetch(url: str) -> tuple[str, str]:
    """Return the text at an address and the file's name in it; raises `NotFetched`."""
    # A loop of its own: what it opens is closed with it.
    answer = asyncio.run(_get(url))
    if answer.status != 200:
        raise NotFetched(f"The address answered {answer.status} {answer.reason}".strip() + ".")
    try:
        text = answer.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotFetched("What is there is no text.") from None
    return text, unquote(urlsplit(answer.url).path.rpartition("/")[2])[:120]


async def _get(url: str) -> outbound.Response:
    try:
        return await outbound.current().request(
            "GET",
            url,
            headers={"Accept": "application/json, application/yaml, text/plain, */*"},
            timeout_s=TIMEOUT_SECONDS,
            max_bytes=MOST_BYTES,
            redirects=REDIRECTS,
        )
    except outbound.OutboundError as error:
        raise NotFetched(str(error)) from None
    finally:
        await outbound.close()
