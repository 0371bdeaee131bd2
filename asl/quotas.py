"""Limits, as a profile of the workspace (law 9)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotas:
    """What one execution may use. None: no limit."""

    payload_bytes: int | None
    history_events: int | None
    map_concurrency: int  # iterations of an inline Map that run at one time when MaxConcurrency is 0
    distributed_map_concurrency: int
    execution_seconds: float | None = None  # after which an execution times out, whatever it says itself
    burst: int = 500  # transitions in one transaction; then the burst goes on in the next
    attempts_lost: int = 3  # lost claims after which an attempt fails


# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
AWS = Quotas(
    payload_bytes=262_144, history_events=25_000, map_concurrency=40, distributed_map_concurrency=10_000
)
OPEN = Quotas(
    payload_bytes=16 * 1024 * 1024,
    history_events=None,
    map_concurrency=100,
    distributed_map_concurrency=10_000,
)

PROFILES = {"aws": AWS, "open": OPEN}

EXPRESS_SECONDS = 300.0
