"""`nextToken`: opaque, signed, good for one list of one workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.core import signing

from .errors import ApiError

if TYPE_CHECKING:
    from .operations.registry import Call

JSON = Any
Row = TypeVar("Row")

DEFAULT_SIZE = 100
# The service's tokens live for a day.
LIFETIME_SECONDS = 24 * 3600


def page(
    call: Call,
    request: dict[str, JSON],
    read: Callable[[JSON, int], Sequence[Row]],
    cursor_of: Callable[[Row], JSON],
) -> tuple[list[Row], str | None]:
    """Return a page of rows and the token of the next one, or None.

    `read(after, count)` returns rows after a cursor (None: from the beginning) in the list's order.
    Raises `InvalidToken` for a token that is not of this list.
    """
    size = request.get("maxResults") or DEFAULT_SIZE
    # Whatever chooses the rows belongs to the token: a page of one list never goes on in another.
    chosen = {name: value for name, value in request.items() if name not in ("nextToken", "maxResults")}
    salt = f"{call.operation}:{call.workspace.pk}"
    after = None
    if token := request.get("nextToken"):
        try:
            of, after = signing.loads(token, salt=salt, max_age=LIFETIME_SECONDS)
        except signing.BadSignature:
            raise invalid_token() from None
        if of != chosen:
            raise invalid_token()
    rows = list(read(after, size + 1))
    if len(rows) <= size:
        return rows, None
    rows = rows[:size]
    return rows, signing.dumps([chosen, cursor_of(rows[-1])], salt=salt, compress=True)


def invalid_token() -> ApiError:
    return ApiError("InvalidToken", "Invalid Token: 'Invalid token'")
