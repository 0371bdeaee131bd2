"""Definitions that several tests run."""

from __future__ import annotations

from typing import Any

from asl.parse import parse_definition
from asl.states import Definition

JSON = Any


def machine(*states: tuple[str, JSON], **more: JSON) -> Definition:
    """Return a definition of these states; one that neither ends nor says Next leads to the next."""
    return parse_definition({"StartAt": states[0][0], "States": chain(*states), **more})


def chain(*states: tuple[str, JSON]) -> JSON:
    """Return a States object in which each state leads to the one after it."""
    found: dict[str, JSON] = {}
    for (name, state), following in zip(states, [*(name for name, _ in states[1:]), None], strict=True):
        ends = state["Type"] in ("Succeed", "Fail", "Choice") or "Next" in state or "End" in state
        found[name] = state if ends else {**state, **({"Next": following} if following else {"End": True})}
    return found


def branch(*states: tuple[str, JSON]) -> JSON:
    return {"StartAt": states[0][0], "States": chain(*states)}


def task(**more: JSON) -> JSON:
    return {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", **more}
