"""Everything that is told of a draft: what the language says, and what would fail when it runs."""

from __future__ import annotations

from asl.errors import Diagnostic
from designer.walking import document_of
from runner import state_machines

from . import express, placeholders, required


def judge(definition: str, type: str) -> list[Diagnostic]:
    """Return all that is wrong with a draft; what the language takes and a run would not is a warning."""
    found = state_machines.diagnose(definition, type)
    document = document_of(definition)
    told = {each.location for each in found}
    # One sentence for a place: the language's own says more.
    return [
        *found,
        *(each for each in placeholders.warnings(document) if each.location not in told),
        *express.warnings(document, type),
        *(each for each in required.warnings(document) if each.location not in told),
    ]
