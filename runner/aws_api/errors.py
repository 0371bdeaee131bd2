"""Errors as the service names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ApiError(Exception):
    """A refusal: the code that clients know it by, and a sentence in the service's words."""

    code: str
    message: str
    status: int = 400
    details: Mapping[str, str] = field(default_factory=dict)  # further members of the error's shape


def validation(message: str) -> ApiError:
    """Return the error of a request that breaks a rule of its shape."""
    return ApiError("ValidationException", message)


def invalid_arn(message: str) -> ApiError:
    return ApiError("InvalidArn", f"Invalid Arn: '{message}'")


def access_denied(message: str) -> ApiError:
    return ApiError("AccessDeniedException", message)


def internal() -> ApiError:
    """Return what a client is told of a fault of ours; the log has the rest."""
    return ApiError("InternalFailure", "The request failed because of a fault of this server.", 500)
