"""The examples in fixtures/: what the template gallery offers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

JSON = Any


@dataclass(frozen=True, slots=True)
class Template:
    """A workflow that can be started from: its definition as text, and an input to try it with.

    `details` is what its README says beyond the first line, as Markdown.
    """

    slug: str
    name: str
    description: str
    details: str
    definition: str
    layout: dict[str, Any]
    input: JSON


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Return the examples by name; the first line of each README says what it is for."""
    folder = Path(settings.BASE_DIR) / "fixtures"
    return tuple(_read(path.parent) for path in sorted(folder.glob("*/definition.asl.json")))


def _read(folder: Path) -> Template:
    first, _, rest = (folder / "README.md").read_text().partition("\n")
    return Template(
        slug=folder.name,
        name=folder.name,
        description=first.lstrip("# ").strip(),
        details=rest.strip(),
        definition=(folder / "definition.asl.json").read_text(),
        layout=json.loads((folder / "layout.json").read_text()),
        input=json.loads((folder / "input.json").read_text()),
    )
