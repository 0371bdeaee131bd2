"""Signing in: the password is checked, guesses are slowed down, both are recorded."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone

from . import audit
from .models import FailedSignIns, User

WINDOW = timedelta(minutes=15)
MOST_BY_NAME = 10  # for one name from one address
MOST_BY_ADDRESS = 50  # whatever the names: a whole office may share one address


@dataclass(frozen=True, slots=True)
class SignedIn:
    user: User


@dataclass(frozen=True, slots=True)
class WrongPassword:
    pass


@dataclass(frozen=True, slots=True)
class TooManyAttempts:
    retry_after_seconds: int


Outcome = SignedIn | WrongPassword | TooManyAttempts


def check_password(
    request: Any, username: str, password: str, *, address: str, now: datetime | None = None
) -> Outcome:
    """Return who this is. After too many failures nothing is checked for the rest of the window."""
    now = now or timezone.now()
    by_name = _key("name", f"{username.lower()} {address}")
    limits = {by_name: MOST_BY_NAME, _key("address", address): MOST_BY_ADDRESS}
    wait = _seconds_to_wait(limits, now)
    if wait:
        audit.record(username, "sign-in refused", address=address)
        return TooManyAttempts(wait)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        for key in limits:
            _count(key, now)
        audit.record(username, "sign-in failed", address=address)
        return WrongPassword()
    FailedSignIns.objects.filter(key=by_name).delete()
    audit.record(user.username, "signed in", address=address)
    return SignedIn(user)


def _key(kind: str, text: str) -> str:
    return f"{kind}:{hashlib.sha256(text.encode()).hexdigest()[:48]}"


def _seconds_to_wait(limits: dict[str, int], now: datetime) -> int:
    waits = [
        (row.since + WINDOW - now).total_seconds()
        for row in FailedSignIns.objects.filter(key__in=limits)
        if row.count >= limits[row.key]
    ]
    return math.ceil(max([0.0, *waits]))


def _count(key: str, now: datetime) -> None:
    with transaction.atomic():
        FailedSignIns.objects.filter(since__lte=now - WINDOW).delete()
        row, _ = FailedSignIns.objects.select_for_update().get_or_create(key=key, defaults={"since": now})
        row.count += 1
        row.save(update_fields=["count"])
