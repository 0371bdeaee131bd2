"""The first account's access key pair, and boto3 pointed at a running server as people point it."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

from tests.support.server import Server

ACCESS_KEY_ID = "CUELTESTKEY000000001"
SECRET_ACCESS_KEY = "a-secret-that-only-these-tests-know"
# Settings of a server whose first account has this pair.
KEYS = {"CUELIGHT_ACCESS_KEY_ID": ACCESS_KEY_ID, "CUELIGHT_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY}
REGION = "us-east-1"
# What AWS's command line and SDKs read; the last keeps `sync-` off the host's name.
CLIENT_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": ACCESS_KEY_ID,
    "AWS_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
}

Client = Any  # boto3 makes its clients at run time


def client_of(server: Server, **changes: Any) -> Client:
    """Return a boto3 client; `changes` are those of `boto3.client`."""
    options: dict[str, Any] = {
        "endpoint_url": server.url,
        "region_name": REGION,
        "aws_access_key_id": ACCESS_KEY_ID,
        "aws_secret_access_key": SECRET_ACCESS_KEY,
        "config": Config(
            inject_host_prefix=False,
            retries={"max_attempts": 0},
            max_pool_connections=50,
            read_timeout=90,
        ),
    }
    return boto3.client("stepfunctions", **(options | changes))
