"""One suite for every store."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from runner.blobs import BlobMissing, BlobStore, open_store
from runner.blobs.interface import key_of
from runner.blobs.stores import BadStoreUrl


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x"
    ).create_bucket(Bucket="payloads")
    yield endpoint
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BlobStore:
    if request.param == "folder":
        return open_store((tmp_path / "with space").as_uri())
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    return open_store(f"s3://payloads/some/prefix?endpoint={request.getfixturevalue('s3')}")


@pytest.mark.parametrize("data", [b"", b"text", b"\0\xff" * 1000, os.urandom(3_000_000)])
def test_what_is_put_comes_back(store: BlobStore, data: bytes) -> None:
    assert store.get(store.put(data)) == data


def test_the_key_is_the_hash_of_the_content(store: BlobStore) -> None:
    assert store.put(b"same") == store.put(b"same") == key_of(b"same")
    assert store.put(b"other") != key_of(b"same")


def test_what_was_never_put_is_missing(store: BlobStore) -> None:
    with pytest.raises(BlobMissing):
        store.get(key_of(b"never"))


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, f"{'0' * 64}\n"])
def test_what_is_no_key_is_missing_and_never_a_path(store: BlobStore, key: str) -> None:
    with pytest.raises(BlobMissing):
        store.get(key)
    with pytest.raises(BlobMissing):
        store.delete(key)


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: BlobStore) -> None:
    key = store.put(b"short-lived")
    store.delete(key)
    store.delete(key)
    with pytest.raises(BlobMissing):
        store.get(key)


def test_many_threads_put_the_same_at_once(store: BlobStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(store.put, [b"at once"] * 32))
    assert keys == {key_of(b"at once")}
    assert store.get(keys.pop()) == b"at once"


def test_a_folder_holds_no_unfinished_file(tmp_path: Path) -> None:
    store = open_store(tmp_path.as_uri())
    key = store.put(b"whole")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [key]


@pytest.mark.parametrize("url", ["", "ftp://x/y", "s3://", "nothing"])
def test_an_unknown_store_is_refused_with_what_is_possible(url: str) -> None:
    with pytest.raises(BadStoreUrl, match="file:///folder or s3://bucket/prefix"):
        open_store(url)
