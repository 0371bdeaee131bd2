"""Walks over a definition as text or document, whatever is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

JSON = Any
# Deeper than the validator lets a definition be.
_DEEPEST = 80


@dataclass(frozen=True, slots=True)
class Standing:
    """A state where it stands: `at` is a JSON pointer to it, `jsonata` the language of its expressions."""

    name: str
    state: Mapping[str, JSON]
    at: str
    jsonata: bool

    @property
    def type(self) -> str:
        return str(self.state.get("Type", ""))

    @property
    def resource(self) -> str:
        found = self.state.get("Resource")
        return found if isinstance(found, str) else ""

    @property
    def arguments(self) -> Mapping[str, JSON]:
        found = self.state.get("Arguments", self.state.get("Parameters"))
        return found if isinstance(found, dict) else {}

    def argument(self, *path: str) -> JSON:
        """Return what stands at this place of the arguments, given as it is or as a path."""
        value: JSON = self.arguments
        for step in path:
            if not isinstance(value, dict):
                return None
            value = value.get(step, value.get(f"{step}.$"))
        return value


def document_of(text: str) -> JSON:
    """Return what a definition's text holds, or None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def states_of(document: JSON) -> Iterator[Standing]:
    """Return every state of a definition, those of branches and item processors too, as they are written."""
    language = document.get("QueryLanguage") if isinstance(document, dict) else None
    yield from _machine(document, "", language == "JSONata", 0)


def steps(text: str) -> str:
    """Return one step of a JSON pointer."""
    return text.replace("~", "~0").replace("/", "~1")


def _machine(machine: JSON, at: str, jsonata: bool, depth: int) -> Iterator[Standing]:
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or depth > _DEEPEST:
        return
    for name, state in states.items():
        if not isinstance(state, dict):
            continue
        here = f"{at}/States/{steps(name)}"
        language = state.get("QueryLanguage")
        own = jsonata if language is None else language == "JSONata"
        yield Standing(name, state, here, own)
        branches = state.get("Branches")
        for index, branch in enumerate(branches if isinstance(branches, list) else ()):
            yield from _machine(branch, f"{here}/Branches/{index}", jsonata, depth + 1)
        for key in ("ItemProcessor", "Iterator"):
            yield from _machine(state.get(key), f"{here}/{key}", jsonata, depth + 1)
