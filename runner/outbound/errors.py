"""Why something did not come back. The messages are shown to people."""

from __future__ import annotations


class OutboundError(Exception):
    """A call that left, or was not let out, and brought no answer."""


class BadUrl(OutboundError):
    """Not an address that can be called: scheme, host or port is wrong."""


class Denied(OutboundError):
    """Refused before anything was sent; the message says what to change."""


class Unreachable(OutboundError):
    """No such name, nobody listens, the connection broke, or TLS failed."""


class TimedOut(OutboundError):
    """No whole answer in time."""


class TooLarge(OutboundError):
    """The answer is larger than the caller wants to hold."""
