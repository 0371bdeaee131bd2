"""What an ItemReader would have read, given as a text: turned into items as its ReaderConfig says."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..jsontext import from_text

JSON = Any

# https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
_DELIMITERS = {"COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "SPACE": " ", "TAB": "\t"}


@dataclass(frozen=True, slots=True)
class ReadData:
    """The items, and what ItemsPointer led to where the reader has one."""

    items: list[JSON]
    stages: Mapping[str, JSON] = field(default_factory=dict)


def read_data(text: str, reader: Mapping[str, JSON]) -> ReadData:
    """Return what this text holds; raises ValueError where it is not of the reader's InputType."""
    config = reader.get("ReaderConfig") or {}
    pointer = config.get("ItemsPointer")
    stages = {} if pointer is None else {"afterItemsPointer": _pointed(from_text(text), pointer)}
    items = _items(text, config)
    most = config.get("MaxItems")
    return ReadData(items[:most] if isinstance(most, int) and most > 0 else items, stages)


def _items(text: str, config: Mapping[str, JSON]) -> list[JSON]:
    match config.get("InputType", "JSON"):
        case "CSV":
            return _rows(text, config)
        case "JSONL":
            return [from_text(line) for line in text.splitlines() if line.strip()]
        case _:  # JSON, and listings and manifests, whose entries are given as JSON
            return _listed(_pointed(from_text(text), config.get("ItemsPointer")))


def _rows(text: str, config: Mapping[str, JSON]) -> list[JSON]:
    delimiter = _DELIMITERS.get(config.get("CSVDelimiter", "COMMA"), ",")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    if config.get("CSVHeaderLocation") == "GIVEN":
        header = [str(name) for name in config.get("CSVHeaders") or ()]
    else:
        header, rows = (rows[0], rows[1:]) if rows else ([], [])
    return [dict(zip(header, row, strict=False)) for row in rows]


def _pointed(value: JSON, pointer: JSON) -> JSON:
    """Return what a JSON pointer leads to."""
    for step in str(pointer or "").split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            raise ValueError(f"ItemsPointer '{pointer}' leads to nothing")
    return value


def _listed(value: JSON) -> list[JSON]:
    if isinstance(value, dict):
        return [{"Key": key, "Value": part} for key, part in value.items()]
    if not isinstance(value, list):
        raise ValueError("it must be an array or an object")
    return value
