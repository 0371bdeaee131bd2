"""Which store BLOB_STORE_URL names."""

from __future__ import annotations

import functools
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from .folder import FolderStore
from .interface import BlobStore


class BadStoreUrl(Exception):
    """BLOB_STORE_URL names no store that is known."""


@functools.cache
def store() -> BlobStore:
    """Return the process's blob store."""
    from django.conf import settings

    return open_store(settings.BLOB_STORE_URL)


def open_store(url: str) -> BlobStore:
    """Return the store at `file:///folder` or `s3://bucket/prefix?endpoint=https://…&region=…`.

    The endpoint is the operator's own and may be private; credentials are boto3's AWS_* settings.
    """
    parts = urlsplit(url)
    match parts.scheme:
        case "file":
            return FolderStore(Path(unquote(parts.path)))
        case "s3" if parts.netloc:
            from .s3 import S3Store

            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            prefix = parts.path.strip("/")
            client = _s3_client(query.get("endpoint"), query.get("region"))
            return S3Store(client, parts.netloc, f"{prefix}/" if prefix else "")
        case _:
            raise BadStoreUrl(f"BLOB_STORE_URL must be file:///folder or s3://bucket/prefix, not “{url}”.")


def _s3_client(endpoint: str | None, region: str | None) -> object:
    from runner import outbound

    also = frozenset({outbound.HostPort.of_url(endpoint)}) if endpoint else frozenset()
    return outbound.current().aws_at(endpoint, "s3", region, also=also)
