"""After a new key was put first in CUELIGHT_ENCRYPTION_KEYS: every stored secret is encrypted with it."""

from __future__ import annotations

from django.db import transaction

from people import encryption
from people.models import AccessKey
from runner.models import Connection


def rotate_all() -> int:
    """Encrypt all secrets anew and return how many; raises `CannotDecrypt` and then changes nothing.

    A row that was given another secret meanwhile is left alone: that one has the new key already.
    """
    rotated = 0
    with transaction.atomic():
        for model in (AccessKey, Connection):
            for key, secret in model._default_manager.exclude(secret="").values_list("pk", "secret"):
                renewed = encryption.rotate(secret)
                rotated += model._default_manager.filter(pk=key, secret=secret).update(secret=renewed)
    return rotated
