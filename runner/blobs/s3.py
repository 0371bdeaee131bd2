"""Blobs in S3, or in anything that speaks it."""

from __future__ import annotations

from typing import Any

from .interface import BlobMissing, checked, key_of


class S3Store:
    """`client` is a boto3 S3 client."""

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def put(self, data: bytes) -> str:
        key = key_of(data)
        self._client.put_object(Bucket=self._bucket, Key=self._prefix + key, Body=data)
        return key

    def get(self, key: str) -> bytes:
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + checked(key))
        except self._client.exceptions.NoSuchKey:
            raise BlobMissing(key) from None
        data: bytes = answer["Body"].read()
        return data

    def delete(self, key: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=self._prefix + checked(key))
