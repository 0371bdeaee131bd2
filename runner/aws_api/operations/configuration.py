"""What a state machine carries besides its definition: role, logging, tracing, encryption."""

from __future__ import annotations

from typing import Any

from runner.models import Revision

from ..errors import ApiError

JSON = Any

NO_LOGGING: dict[str, JSON] = {"level": "OFF", "includeExecutionData": False}
NO_TRACING: dict[str, JSON] = {"enabled": False}
OWN_KEY: dict[str, JSON] = {"type": "AWS_OWNED_KEY"}

_MEMBERS = ("loggingConfiguration", "tracingConfiguration", "encryptionConfiguration")


def requested(request: dict[str, JSON]) -> dict[str, JSON]:
    """Return the parts that a request gives; raises `ApiError` for one that cannot be."""
    given = {name: request[name] for name in _MEMBERS if name in request}
    if "loggingConfiguration" in given:
        given["loggingConfiguration"] = _logging(given["loggingConfiguration"])
    if "encryptionConfiguration" in given:
        _check_encryption(given["encryptionConfiguration"])
    return given


def shown(revision: Revision) -> dict[str, JSON]:
    """Return all parts as a description shows them."""
    kept = revision.configuration
    return {
        "loggingConfiguration": kept.get("loggingConfiguration", NO_LOGGING),
        "tracingConfiguration": kept.get("tracingConfiguration", NO_TRACING),
        "encryptionConfiguration": kept.get("encryptionConfiguration", OWN_KEY),
    }


def _logging(given: dict[str, JSON]) -> dict[str, JSON]:
    level = given.get("level", "OFF")
    destinations = given.get("destinations", [])
    if len(destinations) > 1 or (level != "OFF" and len(destinations) != 1):
        raise ApiError(
            "InvalidLoggingConfiguration",
            "Invalid Logging Configuration: Must specify exactly one Log Destination.",
        )
    logging = {"level": level, "includeExecutionData": given.get("includeExecutionData", False)}
    return {**logging, "destinations": destinations} if destinations else logging


def _check_encryption(given: dict[str, JSON]) -> None:
    if given["type"] != "AWS_OWNED_KEY":
        raise ApiError(
            "InvalidEncryptionConfiguration",
            "Invalid Encryption Configuration: keys of AWS KMS are not used here; what is stored is "
            "encrypted with the server's own keys.",
        )
