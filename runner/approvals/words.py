"""Moments, durations and counts, in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def zone() -> tzinfo:
    """Return the time zone in which this instance speaks to people."""
    name = getattr(settings, "CUELIGHT_TIME_ZONE", "") or settings.TIME_ZONE
    return ZoneInfo(name) if name != "UTC" else UTC


def moment(at: datetime, *, full: bool = False) -> str:
    """Return `Tue 24 Nov 2026, 18:00 CET`, or with the day and month in full."""
    local = at.astimezone(zone())
    day = f"{local:%A} {local.day} {local:%B %Y}" if full else f"{local:%a} {local.day} {local:%b %Y}"
    name = local.tzname() or ""
    return f"{day}, {local:%H:%M} {f'UTC{name}' if name[:1] in '+-' else name}"


def span(length: timedelta) -> str:
    """Return a duration in its two largest units: `2 days 6 hours`, `45 minutes`."""
    seconds = max(0, int(length.total_seconds()))
    parts: list[tuple[int, str]] = []
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        many, seconds = divmod(seconds, size)
        if many or parts:
            parts.append((many, unit))
        if len(parts) == 2 or unit == "second":
            break
    if parts and parts[0][1] == "minute":
        parts = parts[:1]  # seconds beside minutes say nothing
    said = [f"{many} {unit}{'' if many == 1 else 's'}" for many, unit in parts if many]
    return " ".join(said) or "a moment"


def short_name(name: str) -> str:
    """Return a run's name, or how it begins where it was given a UUID for a name."""
    return name[:8] if _UUID.fullmatch(name) else name


def number(many: int) -> str:
    """Return a small number as a word."""
    return _NUMBERS[many] if 0 <= many < len(_NUMBERS) else str(many)


def listed(words: list[str], last: str = "or") -> str:
    """Return `A, B or C`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
