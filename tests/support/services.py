"""PostgreSQL and Redis on localhost: whether they answer, and a fresh place in each for one test run.

Run as a command it prints the environment of the scaled form, for the shell, or exits with 1 where one of
the two does not answer.
"""

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

POSTGRES_URL = os.environ.get("CUELIGHT_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("CUELIGHT_TEST_REDIS", "redis://127.0.0.1:6379/0")


@dataclass(frozen=True, slots=True)
class Services:
    """Addresses of one test run's own database, broker and channel layer."""

    environment: dict[str, str]


def missing() -> str | None:
    """Returns which service does not answer, or None when both do."""
    import psycopg
    import redis

    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=2).close()
    except psycopg.Error:
        return f"PostgreSQL at {POSTGRES_URL}"
    try:
        with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=2) as client:
            client.ping()
    except redis.RedisError:
        return f"Redis at {REDIS_URL}"
    return None


@contextmanager
def fresh_services() -> Iterator[Services]:
    """Makes a database and a Redis prefix of their own, and removes both in the end."""
    name = f"cuelight_{uuid.uuid4().hex[:12]}"
    with _database(name) as url:
        try:
            yield Services(scaled_environment(url, name))
        finally:
            _forget_keys(name)


def scaled_environment(database_url: str, prefix: str) -> dict[str, str]:
    """The settings that turn one process into many; nothing else differs."""
    return {
        "DATABASE_URL": database_url,
        "CELERY_BROKER_URL": REDIS_URL,
        "CHANNEL_LAYER_URL": REDIS_URL,
        "CUELIGHT_REDIS_PREFIX": prefix,
    }


@contextmanager
def _database(name: str) -> Iterator[str]:
    import psycopg

    with psycopg.connect(POSTGRES_URL, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(POSTGRES_URL)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(POSTGRES_URL, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def drop_orphans() -> None:
    """Removes the test databases of runs that were killed before they could."""
    import psycopg

    with psycopg.connect(POSTGRES_URL, autocommit=True) as admin:
        named = "SELECT datname FROM pg_database WHERE datname LIKE 'test_cuelight_%'"
        rows = admin.execute(named).fetchall()
        for (name,) in rows:
            process = name.removeprefix("test_cuelight_").partition("_")[0]
            if process.isdecimal() and not Path("/proc", process).exists():
                admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _forget_keys(prefix: str) -> None:
    import redis

    with redis.Redis.from_url(REDIS_URL) as client:
        for key in client.scan_iter(f"*{prefix}*"):
            client.delete(key)


if __name__ == "__main__":
    if absent := missing():
        print(f"{absent} does not answer.", file=sys.stderr)
        raise SystemExit(1)
    drop_orphans()
    # tests/settings.py names a test database and a prefix of each run's own.
    for variable, value in scaled_environment(POSTGRES_URL, "unused").items():
        print(f"export {variable}={value}")
