"""Connections: stored ones and the built-in two, resolved in one place that checks everything."""

from runner.integrations.interface import ConnectionRefused

from .builtin import BUILTIN_NAMES, builtin_connection
from .resolve import resolve, secrets_of, short_name

__all__ = [
    "BUILTIN_NAMES",
    "ConnectionRefused",
    "builtin_connection",
    "resolve",
    "secrets_of",
    "short_name",
]
