"""A small language model of the product's own: no key, no network, the OpenAI protocol on loopback.

`address()` starts it on first use, `status()` is what a screen shows, `fetch()` installs it.
"""

from .fetching import fetch
from .process import EmbeddedModelUnavailable, address, status, stop
from .state import State, Status

__all__ = ["EmbeddedModelUnavailable", "State", "Status", "address", "fetch", "status", "stop"]
