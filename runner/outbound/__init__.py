"""The only way out to the network: each address is checked, and the checked one is connected to."""

from .errors import BadUrl, Denied, OutboundError, TimedOut, TooLarge, Unreachable
from .gate import Gate, HostPort
from .outbound import Outbound, Response, close, current

__all__ = [
    "BadUrl",
    "Denied",
    "Gate",
    "HostPort",
    "Outbound",
    "OutboundError",
    "Response",
    "TimedOut",
    "TooLarge",
    "Unreachable",
    "close",
    "current",
]
