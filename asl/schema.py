"""The JSON Schema of ASL documents: what forms, completion and hover help are made from."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("schema.json")


@cache
def schema() -> dict[str, Any]:
    """Return the schema, draft 2020-12.

    `$defs` has an entry for each type of state and query language (`Task.JSONata`), whose properties name
    title, description and examples; `x-kind` is the kind of value as fields.py has it.
    """
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


@cache
def etag() -> str:
    """Return what changes with the schema, in quotes as HTTP wants it."""
    return f'"{hashlib.sha256(FILE.read_bytes()).hexdigest()[:32]}"'
