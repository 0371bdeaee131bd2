"""Review tokens: an HMAC of (approval, recipient, generation), so that nothing of them is stored.

The same row gives the same token again: a mail that is sent twice because a worker died carries the
same link. Raising the generation gives another, and the old one is known no more.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from django.conf import settings

from people.encryption import derive
from runner.models import Recipient

_TOKEN = re.compile(r"([0-9a-z]{1,13})-([A-Za-z0-9_-]{43})\Z")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def token_of(recipient: Recipient, generation: int | None = None) -> str:
    """Return the token of the recipient's current link, or of an earlier one."""
    wanted = recipient.generation if generation is None else generation
    return f"{_base36(recipient.pk)}-{_proof(recipient.approval_id, recipient.pk, wanted)}"


def link_of(recipient: Recipient, generation: int | None = None) -> str:
    """Return the address that stands in the mail."""
    return f"{settings.CUELIGHT_BASE_URL}/r/{token_of(recipient, generation)}"


def find_recipient(token: str) -> Recipient | None:
    """Return whose current link this is, with the approval and what its page shows; else None."""
    match = _TOKEN.match(token)
    if match is None:
        return None
    number = int(match[1], 36)
    recipient = (
        Recipient.objects.select_related(
            "user", "approval", "approval__workspace", "approval__execution__state_machine"
        )
        .filter(pk=number)
        .first()
        if number < 2**63
        else None
    )
    # A proof is computed for a stranger's number too, so that time says nothing about which exist.
    proof = _proof(*(_identity(recipient) if recipient is not None else (0, number, 0)))
    return recipient if hmac.compare_digest(proof, match[2]) and recipient is not None else None


def _identity(recipient: Recipient) -> tuple[int, int, int]:
    return recipient.approval_id, recipient.pk, recipient.generation


def _proof(approval: int, recipient: int, generation: int) -> str:
    message = f"{approval}/{recipient}/{generation}".encode()
    digest = hmac.new(derive("cuelight.review-link"), message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
