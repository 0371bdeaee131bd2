"""Checks of what only a Map state has: its mode, its label, and what reads, batches and writes its items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from . import service_phrases as phrases
from .fields import (
    ENUMERATIONS,
    ITEM_BATCHER_FIELDS,
    ITEM_READER_FIELDS,
    PROCESSOR_CONFIG_FIELDS,
    READER_CONFIG_FIELDS,
    RESULT_WRITER_FIELDS,
    WRITER_CONFIG_FIELDS,
)
from .findings import SCHEMA, Found, is_placeholder, pointer
from .query.jsonata import is_expression
from .validate_values import check_value

JSON = Any

MAX_LABEL = 40
# https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
_FORBIDDEN_IN_LABELS = re.compile(r"[\s<>{}\[\]?*\"#%\\^|~`$&,;:/\x00-\x1f\x7f-\x9f]")
_EXCLUDING = (
    ("MaxItems", "MaxItemsPath"),
    ("MaxItemsPerBatch", "MaxItemsPerBatchPath"),
    ("MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"),
)


def mode_of(processor: JSON) -> tuple[str, str]:
    """Return the mode of an ItemProcessor and what its child executions are."""
    config = processor.get("ProcessorConfig") if isinstance(processor, dict) else None
    if not isinstance(config, dict):
        return "INLINE", "STANDARD"
    return config.get("Mode", "INLINE"), config.get("ExecutionType", "STANDARD")


def check_map(found: Found, state: Mapping[str, JSON], at: str, jsonata: bool, express: bool) -> None:
    """Report what is wrong with a Map state besides its fields' own values."""
    for field in ("ItemProcessor", "Iterator"):
        processor = state.get(field)
        if isinstance(processor, dict) and "ProcessorConfig" in processor:
            place = pointer(pointer(at, field), "ProcessorConfig")
            _check_part(
                found,
                processor["ProcessorConfig"],
                "ProcessorConfig",
                place,
                PROCESSOR_CONFIG_FIELDS,
                {},
                jsonata,
            )
        if express and mode_of(processor)[0] == "DISTRIBUTED":
            message = "On AWS an express state machine has no distributed Map"
            says = "Express state machine does not support Distributed Map"
            place = pointer(at, field)
            mode = pointer(pointer(place, "ProcessorConfig"), "Mode")
            found.refused(SCHEMA, message, mode, says=says, at=place)
    for name, fields in (
        ("ItemReader", ITEM_READER_FIELDS), ("ItemBatcher", ITEM_BATCHER_FIELDS),
        ("ResultWriter", RESULT_WRITER_FIELDS),
    ):  # fmt: skip
        if name not in state or not isinstance(state[name], dict):
            continue  # its kind was checked before
        place = pointer(at, name)
        _check_part(found, state[name], name, place, fields[jsonata], fields[not jsonata], jsonata)
        if name == "ItemReader" and "Resource" not in state[name]:
            message = phrases.required(["Resource"])
            found.refused(SCHEMA, message, place, says=message)
    reader, writer = state.get("ItemReader"), state.get("ResultWriter")
    if isinstance(reader, dict) and "ReaderConfig" in reader:
        place = pointer(pointer(at, "ItemReader"), "ReaderConfig")
        known, others = READER_CONFIG_FIELDS[jsonata], READER_CONFIG_FIELDS[not jsonata]
        _check_part(found, reader["ReaderConfig"], "ReaderConfig", place, known, others, jsonata)
    if isinstance(writer, dict) and "WriterConfig" in writer:
        place = pointer(pointer(at, "ResultWriter"), "WriterConfig")
        _check_part(found, writer["WriterConfig"], "WriterConfig", place, WRITER_CONFIG_FIELDS, {}, jsonata)


def check_label(found: Found, state: Mapping[str, JSON], at: str, labels: set[str]) -> None:
    """Report a Label that the ARN of a Map Run cannot hold; `labels` are those seen before."""
    label = state.get("Label")
    if not isinstance(label, str) or is_placeholder(label):
        return
    place = pointer(at, "Label")
    forbidden = _FORBIDDEN_IN_LABELS.search(label)
    problem = None
    if not label:
        problem = "Label cannot be empty"
    elif forbidden:
        problem = f"Label contains invalid character: {forbidden[0]!r}"
    elif len(label) > MAX_LABEL:
        problem = f"Label cannot exceed {MAX_LABEL} characters"
    if problem is not None:
        found.error("INVALID_LABEL_NAME", problem, place)
    elif label in labels:
        says = f"Duplicate label name: {label}"
        found.refused("DUPLICATE_LABEL_NAME", f"The label '{label}' is used twice", place, says=says)
    labels.add(label)


def _check_part(  # noqa: PLR0917
    found: Found,
    part: JSON,
    name: str,
    at: str,
    known: Mapping[str, str],
    others: Mapping[str, str],
    jsonata: bool,
) -> None:
    """Check an object inside a Map; `others` are the fields it has in the other query language."""
    if not isinstance(part, dict):
        says = phrases.expected(phrases.OBJECT)
        found.wrong(part, f"{name} must be an object", at, says=says)
        return
    for field, value in part.items():
        place = pointer(at, field)
        if field in known:
            if known[field] in ENUMERATIONS:
                _check_choice(found, value, ENUMERATIONS[known[field]], field, place, jsonata)
            else:
                check_value(found, value, known[field], jsonata, place, field)
        elif field in others:
            says = phrases.of_the_other_language(field, jsonata=jsonata)
            message = f"The field '{field}' is not supported here in {'JSONata' if jsonata else 'JSONPath'}"
            found.error(SCHEMA, message, place, says=says, at=at)
        else:
            message = f"The field '{field}' is not known here"
            found.refused(SCHEMA, message, place, says=phrases.not_supported(field), at=at)
    for names in _EXCLUDING:
        if all(one in part for one in names):
            message = f"Only one of [{', '.join(names)}] may be given"
            place = pointer(at, names[1])
            found.error(SCHEMA, message, place, says=phrases.only_one_of(names), at=at)


def _check_choice(  # noqa: PLR0917
    found: Found, value: JSON, allowed: tuple[str, ...], field: str, at: str, jsonata: bool
) -> None:
    if value in allowed or (jsonata and is_expression(value)):
        return
    says = phrases.one_of(allowed) if isinstance(value, str) else phrases.expected(phrases.STRING)
    found.wrong(value, f"{field} must be {' or '.join(allowed)}", at, says=says)
