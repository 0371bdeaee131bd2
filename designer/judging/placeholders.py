"""The `${placeholders}` of a deployment template: what runs here has to have them filled in before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from asl.errors import Diagnostic
from asl.findings import PLACEHOLDER, pointer
from designer.walking import JSON

# As CloudFormation and SAM have them; JSONata's `${'a': 1}` names nothing between its braces.
_NAMED = re.compile(r"\$\{([A-Za-z_][\w.]*)\}")


def names(text: str) -> list[str]:
    """Return the names of all placeholders of a definition's text."""
    return sorted(set(_NAMED.findall(text)))


def warnings(document: JSON, by_when: str = "before this can run") -> list[Diagnostic]:
    """Return a warning for each text that holds placeholders; the definition is valid all the same."""
    return [
        Diagnostic("WARNING", PLACEHOLDER, f"{_told(found)} to be filled in {by_when}", location)
        for found, location in _standing(document)
    ]


def _told(found: list[str]) -> str:
    shown = [f"${{{name}}}" for name in found]
    if len(shown) == 1:
        return f"The placeholder {shown[0]} has"
    return f"The placeholders {', '.join(shown[:-1])} and {shown[-1]} have"


def _standing(document: JSON) -> Iterator[tuple[list[str], str]]:
    # A stack of its own: what is nested deeply is somebody else's to refuse.
    pending: list[tuple[JSON, str]] = [(document, "")]
    while pending:
        value, location = pending.pop()
        if isinstance(value, str):
            if found := list(dict.fromkeys(_NAMED.findall(value))):
                yield found, location
        elif isinstance(value, dict):
            for name in value:
                if found := list(dict.fromkeys(_NAMED.findall(name))):
                    yield found, pointer(location, name)
            pending.extend((part, pointer(location, name)) for name, part in reversed(value.items()))
        elif isinstance(value, list):
            inner = [(part, pointer(location, number)) for number, part in enumerate(value)]
            pending.extend(reversed(inner))
