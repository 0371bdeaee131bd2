"""The Context Object, and task tokens."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .interpreter.frames import Execution

JSON = Any


def time_text(at: datetime) -> str:
    """Return the time as the service writes it: `2026-01-31T12:00:00.123Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def context_object(
    execution: Execution,
    *,
    state: str | None,
    entered_at: datetime | None,
    retry_count: int | None = None,
    task_token: str | None = None,
    map_item: Mapping[str, JSON] | None = None,
    with_input: bool = True,
) -> dict[str, JSON]:
    """Return what `$$` and `$states.context` show in this state."""
    context: dict[str, JSON] = {
        "Execution": {
            "Id": execution.arn,
            **({"Input": execution.given_input()} if with_input else {}),
            "Name": execution.name,
            "RoleArn": execution.role_arn,
            "StartTime": time_text(execution.started_at),
            # an express execution cannot be redriven
            **({} if ":express:" in execution.arn else {"RedriveCount": execution.redrive_count}),
        },
        "StateMachine": {"Id": execution.state_machine_arn, "Name": execution.state_machine_name},
    }
    if execution.redriven_at is not None:
        context["Execution"]["RedriveTime"] = time_text(execution.redriven_at)
    if state is not None and entered_at is not None:
        context["State"] = {"Name": state, "EnteredTime": time_text(entered_at)}
        if retry_count is not None:
            context["State"]["RetryCount"] = retry_count
    if task_token is not None:
        context["Task"] = {"Token": task_token}
    if map_item is not None:
        context["Map"] = {"Item": dict(map_item)}
    return context


def task_token(execution_key: str, frame: int, wait: int, nonce: str) -> str:
    """Return the token that locates a wait; it is a locator and gives no right."""
    return base64.urlsafe_b64encode(f"{execution_key}:{frame}:{wait}:{nonce}".encode()).decode().rstrip("=")


def read_task_token(token: str) -> tuple[str, int, int]:
    """Return (execution key, frame, wait); raises ValueError for what is no token."""
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        key, frame, wait, _ = text.split(":")
        return key, int(frame), int(wait)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise ValueError("not a task token") from None
