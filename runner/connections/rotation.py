"""After a new key was put first in CUELIGHT_ENCRYPTION_KEYS: every stored secret is encrypted with it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from people import encryption
from people.models import AccessKey
from runner.models import Connection


def rotate_all() -> int:
    """Encrypt all secrets anew and return how many; raises `CannotDecrypt` and then changes nothing.

    A row that was given another secret meanwhile is left alone: that one has the new key already.
    """
    with transaction.atomic():
        return _rotate(AccessKey.objects.all()) + _rotate(Connection.objects.exclude(secret=""))


def _rotate(rows: QuerySet[Any]) -> int:
    return sum(
        rows.filter(pk=key, secret=secret).update(secret=encryption.rotate(secret))
        for key, secret in rows.values_list("pk", "secret")
    )
