"""What a check has found so far, in two voices: ours for people, the service's for its clients."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

from .errors import Diagnostic, ServiceWords

JSON = Any

# https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
SCHEMA = "SCHEMA_VALIDATION_FAILED"
TARGET = "MISSING_TRANSITION_TARGET"
PLACEHOLDER = "UNRESOLVED_PLACEHOLDER"  # ours: the service never sees one

_PLACEHOLDER = re.compile(r"\$\{[^{}]{1,80}\}")


class Found:
    """The findings so far, and which of them keep a definition without errors from running."""

    def __init__(self) -> None:
        self.all: list[Diagnostic] = []
        self.blocking: list[Diagnostic] = []

    def error(
        self,
        code: str,
        message: str,
        location: str,
        *,
        says: str | None = None,
        at: str | None = None,
        as_code: str | None = None,
    ) -> None:
        """Report what we refuse as the service does; where it says it otherwise, `says`, `at`, `as_code`."""
        self._add("ERROR", "ERROR", code, message, location, says or message, at, as_code)

    def wrong(self, value: JSON, message: str, location: str, *, says: str | None) -> None:
        """Report a value that cannot stand here; for a placeholder it is not too late."""
        if is_placeholder(value):
            self.placeholder(value, location, says)
        else:
            self.error(SCHEMA, message, location, says=says)

    def refused(
        self,
        code: str,
        message: str,
        location: str,
        *,
        says: str,
        at: str | None = None,
        as_code: str | None = None,
        nowhere: bool = False,
    ) -> None:
        """Warn of what runs here and is refused by the service, which may give no place for it."""
        self._add("WARNING", "ERROR", code, message, location, says, at, as_code, nowhere)

    def warn(self, code: str, message: str, location: str, *, says: str | None = None) -> None:
        """Warn of what may be meant otherwise; with `says` the service warns of it too."""
        self._add("WARNING", "WARNING", code, message, location, says, None, None)

    def placeholder(self, value: str, location: str, says: str | None, *, blocks: bool = True) -> None:
        """Warn of a `${placeholder}` that must be replaced; where it `blocks`, nothing can run before."""
        named = _PLACEHOLDER.search(value)
        shown = named[0] if named else value[:60]
        message = f"The placeholder {shown} has to be replaced before this can run"
        self._add("WARNING", "ERROR", PLACEHOLDER, message, location, says, None, SCHEMA)
        if blocks:
            self.blocking.append(self.all[-1])

    def _add(  # noqa: PLR0917
        self,
        severity: str,
        service_severity: str,
        code: str,
        message: str,
        location: str,
        says: str | None,
        at: str | None,
        as_code: str | None,
        nowhere: bool = False,
    ) -> None:
        words = None
        if says is not None:
            place = None if nowhere else location if at is None else at
            words = ServiceWords(service_severity, as_code or code, says, place)
        self.all.append(Diagnostic(severity, code, message, location, words))


def pointer(base: str, step: str | int) -> str:
    """Return the JSON pointer one step further."""
    name = str(step)
    if "~" in name or "/" in name:
        name = name.replace("~", "~0").replace("/", "~1")
    return f"{base}/{name}"


def is_placeholder(value: object) -> TypeGuard[str]:
    """Whether a value is, or holds, a `${placeholder}` of a deployment template."""
    return isinstance(value, str) and "${" in value
