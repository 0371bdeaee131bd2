"""Checks of where states lead: targets that are not there, states that nothing leads to, no end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import service_phrases as phrases
from .findings import SCHEMA, TARGET, Found, is_placeholder, pointer

JSON = Any

NO_END = "NO_TERMINAL_STATE"


def check_graph(found: Found, document: Mapping[str, JSON], at: str) -> None:
    """Report what is wrong with the transitions of one machine whose `States` is an object."""
    states: Mapping[str, JSON] = document["States"]
    start = document.get("StartAt")
    if "StartAt" in document:
        _target(found, start, "StartAt", states, pointer(at, "StartAt"))
    base = pointer(at, "States")
    leads: dict[str, list[str]] = {}
    ends = False
    for name, state in states.items():
        if not isinstance(state, dict):
            continue
        leads[name] = [
            target
            for target, field, place in _transitions(state, pointer(base, name))
            if _target(found, target, field, states, place)
        ]
        ends = ends or state.get("End") is True or state.get("Type") in ("Succeed", "Fail")
    if leads and not ends:
        found.refused(
            NO_END, "No state ends this machine", at,
            says=phrases.NO_TERMINAL_STATE, as_code="MISSING_END_STATE", nowhere=True,
        )  # fmt: skip
    if is_placeholder(start) or any(
        is_placeholder(target) for targets in leads.values() for target in targets
    ):
        return  # it may lead anywhere
    reached = _reached(start, leads)
    for name in leads:
        if name not in reached:
            message = f"State '{name}' is not reachable."
            found.refused(TARGET, message, pointer(base, name), says=phrases.unreachable(name))


def _transitions(state: Mapping[str, JSON], at: str) -> Iterator[tuple[JSON, str, str]]:
    """Return (target, field, place) for everything in a state that names the state after it."""
    for field in ("Next", "Default"):
        if field in state:
            yield state[field], field, pointer(at, field)
    for field in ("Choices", "Catch"):
        parts = state.get(field)
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            if isinstance(part, dict) and "Next" in part:
                yield part["Next"], "Next", pointer(pointer(pointer(at, field), index), "Next")


def _target(found: Found, target: JSON, field: str, states: Mapping[str, JSON], place: str) -> bool:
    """Whether a target is there, or may be; reports one that is not."""
    if isinstance(target, str) and target in states:
        return True
    if is_placeholder(target):
        found.placeholder(target, place, phrases.missing_target(target))
        return True
    message = f"Missing '{field}' target: {target}"
    if target == "":
        message = "This leads nowhere yet: choose the state it goes on with"
    if isinstance(target, str):
        found.error(TARGET, message, place, says=phrases.missing_target(target))
    else:
        found.error(TARGET, message, place, says=phrases.expected(phrases.STRING), as_code=SCHEMA)
    return False


def _reached(start: JSON, leads: Mapping[str, list[str]]) -> set[str]:
    if not isinstance(start, str) or start not in leads:
        return set() if isinstance(start, str) else set(leads)
    seen, pending = {start}, [start]
    while pending:
        for name in leads.get(pending.pop(), []):
            if name not in seen:
                seen.add(name)
                pending.append(name)
    return seen
