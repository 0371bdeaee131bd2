"""Answers `POST /` in front of Django: read, authenticate, check the shape, do one call, render."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from people.access import Actor
from people.encryption import CannotDecrypt
from people.recent import Recent
from people.tokens import use_access_key
from runner import asgi
from runner.row_threads import in_thread

from . import protocol, signature
from .errors import ApiError, internal
from .operations import registry
from .performing import perform

JSON = Any

log = logging.getLogger(__name__)

CONTENT_TYPE = b"application/x-amz-json-1.0"
# A definition of a megabyte may take twice that as a JSON string.
MOST_BYTES = 4 * 1024 * 1024

# Keys as they were within the last second.
_keys: Recent[str, tuple[Actor, str]] = Recent()

# Compared with where a key is unknown, so that the answer takes as long.
_NO_SECRET = "no access key has this secret"  # noqa: S105


class AwsApi:
    """An ASGI application around another one, which gets every other request."""

    def __init__(self, inner: asgi.Application) -> None:
        self._inner = inner

    async def __call__(self, scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] != "/":
            await self._inner(scope, receive, send)
            return
        request_id = str(uuid.uuid4())
        try:
            status, body = 200, await _answered(_headers(scope), receive, request_id)
        except asgi.ClientGone:
            return
        except asgi.TooLarge:
            error = ApiError("RequestEntityTooLargeException", "The request is too large.", 413)
            status, body = error.status, _error(error)
        except ApiError as error:
            status, body = error.status, _error(error)
        except Exception:
            log.exception("The request %s failed", request_id)
            status, body = 500, _error(internal())
        if body is None:
            return  # the client went away
        headers = [
            (b"content-type", CONTENT_TYPE),
            (b"x-amzn-requestid", request_id.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        await asgi.answer(send, status, body, headers)


async def _answered(headers: Mapping[str, str], receive: asgi.Receive, request_id: str) -> bytes | None:
    body = await asgi.read_body(receive, MOST_BYTES)
    if body is None:
        return None
    actor = await _authenticated(headers, body)
    target = headers.get("x-amz-target", "")
    name = target.removeprefix(protocol.TARGET_PREFIX)
    found = registry.find(name) if target.startswith(protocol.TARGET_PREFIX) else None
    if found is None:
        raise ApiError("UnknownOperationException", f"The operation '{target}' is not known.")
    call = registry.Call(name, actor, request_id)
    call.require(found.right)  # before the body is looked at
    reply = await perform(found, call, _parsed(body), receive)
    return orjson.dumps(protocol.rendered(protocol.operations()[name].output_shape, reply))


async def _authenticated(headers: Mapping[str, str], body: bytes) -> Actor:
    """Return who signed the request; raises `ApiError`."""
    claim = signature.claim_of(headers, datetime.now(UTC))
    known = _keys.get(claim.access_key_id)
    if known is None:
        known = await in_thread(_key, claim.access_key_id)
        if known is not None:
            _keys.keep(claim.access_key_id, known)
    secret = _NO_SECRET if known is None else known[1]
    if not signature.is_signed_by(secret, claim, headers, body) or known is None:
        raise signature.refused()
    return known[0]


def _key(access_key_id: str) -> tuple[Actor, str] | None:
    try:
        return use_access_key(access_key_id)
    except CannotDecrypt:
        log.exception("The secret of access key %s cannot be read", access_key_id)
        return None


def _parsed(body: bytes) -> JSON:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body)  # lone surrogates and very large numbers
    except (ValueError, RecursionError):
        raise ApiError("SerializationException", "The request is not valid JSON.") from None


def _headers(scope: asgi.Scope) -> dict[str, str]:
    """Return the headers by name; one that is given more often is joined, as it was signed."""
    joined: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _error(error: ApiError) -> bytes:
    return orjson.dumps({"__type": error.code, "message": error.message, **error.details})
