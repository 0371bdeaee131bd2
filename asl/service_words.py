"""Findings in the service's words: what CreateStateMachine and ValidateStateMachineDefinition answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .errors import Diagnostic, ServiceWords
from .findings import SCHEMA, TARGET
from .jsontext import from_text

JSON = Any

ERROR, WARNING = "ERROR", "WARNING"
MOST_DIAGNOSTICS = 100  # https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
_LABEL = "INVALID_LABEL_NAME"
# The service looks at transitions only where the schema holds, and for states that nothing leads to
# only where something ends the machine.
_TRANSITIONS = (TARGET, "MISSING_END_STATE")


@dataclass(frozen=True, slots=True)
class Validated:
    """The reply to ValidateStateMachineDefinition."""

    result: str  # "OK" | "FAIL"
    diagnostics: tuple[dict[str, str], ...]
    truncated: bool


def diagnostics_of(
    text: str, diagnostics: Sequence[Diagnostic], *, severity: str = ERROR, most: int = 0
) -> Validated:
    """Return what the service says of a definition; at most `most` findings, 0: as many as it allows."""
    said = _said(diagnostics)
    shown = [words for words in said if words.severity == ERROR or severity == WARNING]
    limit = most or MOST_DIAGNOSTICS
    places = _Places(text)
    return Validated(
        "FAIL" if any(words.severity == ERROR for words in said) else "OK",
        tuple(_rendered(words, places) for words in shown[:limit]),
        truncated=len(shown) > limit,
    )


def invalid_definition_message(text: str, diagnostics: Sequence[Diagnostic]) -> str | None:
    """Return the message of the InvalidDefinition with which the service refuses a definition.

    None: it takes the definition.
    """
    refusals = [words for words in _said(diagnostics) if words.severity == ERROR]
    if not refusals:
        return None
    if refusals[0].code == _LABEL:
        return f"Error=ValueError Args={[refusals[0].message]!r} in definition '{text}'."
    places = _Places(text)
    joined = ", ".join(f"{w.code}: {w.message} at {places.shown(w.location)}" for w in refusals)
    return f"Invalid State Machine Definition: '{joined}'"


def _said(diagnostics: Sequence[Diagnostic]) -> list[ServiceWords]:
    said = [found.service for found in diagnostics if found.service is not None]
    if any(words.severity == ERROR and words.code == SCHEMA for words in said):
        return [words for words in said if words.code not in (*_TRANSITIONS, _LABEL)]
    if any(words.code == "MISSING_END_STATE" for words in said):
        said = [words for words in said if not _is_unreachable(words)]
    return sorted(said, key=_is_unreachable)  # what is missing comes before what is not reached


def _is_unreachable(words: ServiceWords) -> bool:
    return words.code == TARGET and words.message.startswith("State ")


def _rendered(words: ServiceWords, places: _Places) -> dict[str, str]:
    rendered = {"severity": words.severity, "code": words.code, "message": words.message}
    if words.location is not None:
        rendered["location"] = places.shown(words.location)
    return rendered


class _Places:
    """From JSON pointers to the service's way of saying a place: `/States/A B/Choices[0]/Next`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._document: JSON = None
        self._read = False

    def shown(self, location: str | None) -> str:
        if location is None:
            return "null"
        if location in ("", "/"):
            return "/"
        if not location.startswith("/"):
            return location  # a line and column of a text that is no JSON
        part, shown = self._root(), ""
        for step in location[1:].split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            if isinstance(part, list):
                shown += f"[{name}]"
                part = part[int(name)] if name.isdecimal() and int(name) < len(part) else None
            else:
                shown += f"/{name}"
                part = part.get(name) if isinstance(part, dict) else None
        return shown

    def _root(self) -> JSON:
        if not self._read:
            self._read = True
            try:
                self._document = from_text(self._text)
            except (ValueError, RecursionError):
                self._document = None
        return self._document
