"""Secrets at rest: encrypted with the first of CUELIGHT_ENCRYPTION_KEYS, readable with any of them."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotDecrypt(Exception):
    """None of the keys opens this secret: a key was removed before its secrets were rotated."""

    def __init__(self) -> None:
        super().__init__(
            "A stored secret cannot be read with the keys in CUELIGHT_ENCRYPTION_KEYS; "
            "add the key it was encrypted with at the end of the list, or store the secret anew."
        )


def derive(purpose: str) -> bytes:
    """Return 32 bytes made from CUELIGHT_SECRET_KEY for one purpose alone."""
    return hmac.new(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256).digest()


@functools.cache
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key_bytes(key)) for key in keys])


def _key_bytes(key: str) -> bytes:
    """A Fernet key is taken as it is; any other text is hashed into one."""
    try:
        if len(base64.urlsafe_b64decode(key)) == 32:
            return key.encode()
    except ValueError:
        pass
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())


def _current() -> MultiFernet:
    configured = getattr(settings, "CUELIGHT_ENCRYPTION_KEYS", None) or ()
    if isinstance(configured, str):
        configured = configured.split(",")
    keys = tuple(key.strip() for key in configured if key.strip())
    return _fernet(keys or (base64.urlsafe_b64encode(derive("cuelight.encryption")).decode(),))


def encrypt(text: str) -> str:
    """Return the text encrypted with the newest key."""
    return _current().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return what `encrypt` was given; raises `CannotDecrypt`."""
    try:
        return _current().decrypt(token.encode()).decode()
    except InvalidToken:
        raise CannotDecrypt from None


def rotate(token: str) -> str:
    """Return the same secret encrypted with the newest key; raises `CannotDecrypt`."""
    try:
        return _current().rotate(token.encode()).decode()
    except InvalidToken:
        raise CannotDecrypt from None
