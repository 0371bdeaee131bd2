"""What every blob store does."""

from __future__ import annotations

import hashlib
import re
from typing import Protocol

_KEY = re.compile(r"[0-9a-f]{64}\Z")


class BlobMissing(Exception):
    """Nothing is kept under this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"No blob is kept under {key}.")


class BlobStore(Protocol):
    """Content-addressed: the same bytes have the same key, and are kept once. Safe from any thread."""

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their key; they are durable when this returns."""
        ...

    def get(self, key: str) -> bytes:
        """Return the bytes; raises `BlobMissing`."""
        ...

    def delete(self, key: str) -> None:
        """Forget the bytes; not an error when they are gone already."""
        ...


def key_of(data: bytes) -> str:
    """Return the SHA-256 of the bytes, which is their key."""
    return hashlib.sha256(data).hexdigest()


def checked(key: str) -> str:
    """Return the key if it can be one; keys never come from a request, and this holds if one ever does."""
    if not _KEY.match(key):
        raise BlobMissing(key)
    return key
