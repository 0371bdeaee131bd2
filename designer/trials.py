"""Trials: a plain definition that runs a part of a draft, or runs it with outputs that are given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from designer import walking

JSON = Any

# What does work that a given output can stand for.
PINNABLE = ("Task", "Parallel", "Map")
# https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-state-structure.html
_LONGEST_NAME = 80
_NESTED = ("ItemProcessor", "Iterator")


class CannotTry(Exception):
    """A trial that cannot be made; `field` is the part of it that is wrong: until, from or pins."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried: its definition, and the states whose outputs in it are given."""

    definition: str
    until: str | None
    from_: str | None
    pinned: tuple[str, ...]

    @property
    def as_kept(self) -> dict[str, JSON]:
        """What the revision that runs it keeps of it."""
        return {"until": self.until, "from": self.from_, "pinned": list(self.pinned)}

    @property
    def in_words(self) -> str:
        """What it is a trial of, as people are told."""
        count = len(self.pinned)
        parts = [
            *([f"from “{self.from_}”"] if self.from_ is not None else []),
            *([f"up to “{self.until}”"] if self.until is not None else []),
            *([f"{count} {'output' if count == 1 else 'outputs'} pinned"] if count else []),
        ]
        return ", ".join(parts) or "nothing pinned is reached"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a state stands: its machine, and the containers around it from the outside in."""

    machine: dict[str, JSON]
    around: tuple[tuple[dict[str, JSON], str], ...]
    jsonata: bool


def trial_of(
    text: str,
    *,
    until: str | None = None,
    from_: str | None = None,
    pins: Mapping[str, JSON] | None = None,
    variables: Mapping[str, JSON] | None = None,
) -> Trial:
    """Return what to run; state names are unique in a definition. Raises `CannotTry`.

    It ends right after `until`, starts at `from_`, and each pinned state hands on its value instead of
    working. The containers around `until` and `from_` run, whether they are pinned or not. `variables`
    are assigned before anything else: what the states before `from_` would have left.
    """
    document = walking.document_of(text)
    if not isinstance(document, dict):
        raise CannotTry("until" if until is not None else "from", "The definition cannot be read.")
    pins = dict(pins or {})
    _check(document, until, from_, pins)
    kept = {name for wanted in (until, from_) if wanted is not None for name in _around(document, wanted)}
    if from_ is not None:
        _start_at(document, from_)
    # What is pinned cannot fail, so that its Catch leads nowhere: it comes before what is reached.
    for name, value in pins.items():
        place = _places(document).get(name)
        if place is not None and name not in kept:
            place.machine["States"][name] = _pinned(place.machine["States"][name], value, place.jsonata)
    if until is not None:
        _reach(document, until)
        _end_after(document, until)
    _drop_unreached(document)
    if variables:
        _assign_first(document, variables)
    left = _places(document)
    pinned = tuple(name for name in pins if name in left and name not in kept)
    trial = Trial("", until, from_, pinned)
    document["Comment"] = f"Trial: {trial.in_words}"
    return replace(trial, definition=json.dumps(document, ensure_ascii=False, indent=2))


def _places(document: dict[str, JSON]) -> dict[str, _Place]:
    return dict(_walk(document, (), document.get("QueryLanguage") == "JSONata"))


def _walk(
    machine: JSON, around: tuple[tuple[dict[str, JSON], str], ...], jsonata: bool
) -> Iterator[tuple[str, _Place]]:
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict):
        return
    for name, state in states.items():
        if not isinstance(state, dict):
            continue
        language = state.get("QueryLanguage")
        yield name, _Place(machine, around, jsonata if language is None else language == "JSONata")
        for inner in _machines(state):
            yield from _walk(inner, (*around, (machine, name)), jsonata)


def _machines(state: Mapping[str, JSON]) -> list[dict[str, JSON]]:
    branches = state.get("Branches")
    found = [*(branches if isinstance(branches, list) else ()), *(state.get(key) for key in _NESTED)]
    return [machine for machine in found if isinstance(machine, dict)]


def _check(document: dict[str, JSON], until: str | None, from_: str | None, pins: dict[str, JSON]) -> None:
    places = _places(document)
    for field, name in (("until", until), ("from", from_), *(("pins", name) for name in pins)):
        if name is not None and name not in places:
            raise CannotTry(field, f"There is no state “{name}”.")
    for name in pins:
        kind = places[name].machine["States"][name].get("Type")
        if kind not in PINNABLE:
            said = "an output of a Task, Parallel or Map state can be pinned"
            raise CannotTry("pins", f"“{name}” is a {kind} state: {said}.")


def _around(document: dict[str, JSON], name: str) -> list[str]:
    return [container for _, container in _places(document)[name].around]


def _start_at(document: dict[str, JSON], name: str) -> None:
    place = _places(document)[name]
    place.machine["StartAt"] = name
    for machine, container in place.around:
        machine["StartAt"] = container


def _assign_first(document: dict[str, JSON], variables: Mapping[str, JSON]) -> None:
    name = _free(set(_places(document)), "Given variables")
    first: dict[str, JSON] = {"Type": "Pass"}
    if document.get("QueryLanguage") == "JSONata":
        first["Assign"] = _literal(dict(variables))
    else:
        # Taken from a result that is left out: a value itself may look like a template.
        first |= {"Result": dict(variables), "ResultPath": None}
        first["Assign"] = {f"{each}.$": f"$['{each}']" for each in variables}
    first["Next"] = document.get("StartAt")
    document["States"] = {name: first, **document["States"]}
    document["StartAt"] = name


def _reach(document: dict[str, JSON], until: str) -> None:
    place = _places(document)[until]
    for machine, name in (*place.around, (place.machine, until)):
        if name not in _reached(machine):
            start = machine.get("StartAt")
            raise CannotTry("until", f"No way leads from “{start}” to “{name}”.")


def _end_after(document: dict[str, JSON], until: str) -> None:
    place = _places(document)[until]
    taken = set(_places(document))
    for machine, name in (*place.around, (place.machine, until)):
        _end(machine, name, taken)


def _end(machine: dict[str, JSON], name: str, taken: set[str]) -> None:
    """Let a machine end right after a state, whatever comes of it."""
    state = machine["States"][name]
    if state.get("Type") in ("Succeed", "Fail"):
        return
    if state.get("Type") == "Choice":
        _end_choice(machine, state, taken)
        return
    state.pop("Next", None)
    state.pop("Catch", None)
    state["End"] = True


def _end_choice(machine: dict[str, JSON], choice: dict[str, JSON], taken: set[str]) -> None:
    """Lead each way of a Choice to an end of its own, so that the picture says which way was taken."""
    ends: dict[str, str] = {}
    rules = choice.get("Choices")
    ways = [(rule, "Next") for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []
    for rule, key in [*ways, (choice, "Default")]:
        target = rule.get(key)
        if not isinstance(target, str):
            continue
        if target not in ends:
            ends[target] = _free(taken, f"To {target}")
            machine["States"][ends[target]] = {"Type": "Succeed"}
        rule[key] = ends[target]
    if not ends:
        raise CannotTry("until", "This Choice leads nowhere.")


def _free(taken: set[str], wanted: str) -> str:
    name, number = wanted[:_LONGEST_NAME], 2
    while name in taken:
        name = f"{wanted[: _LONGEST_NAME - 5]} ({number})"
        number += 1
    taken.add(name)
    return name


def _drop_unreached(machine: dict[str, JSON]) -> None:
    states = machine.get("States")
    if not isinstance(states, dict):
        return
    reached = _reached(machine)
    for name in [name for name in states if name not in reached]:
        del states[name]
    for state in states.values():
        for inner in _machines(state) if isinstance(state, dict) else ():
            _drop_unreached(inner)


def _reached(machine: Mapping[str, JSON]) -> set[str]:
    states = machine.get("States")
    found: set[str] = set()
    pending = [machine.get("StartAt")]
    while pending:
        name = pending.pop()
        if not isinstance(states, dict) or not isinstance(name, str) or name in found or name not in states:
            continue
        found.add(name)
        state = states[name]
        if isinstance(state, dict):
            pending.extend(_ways(state))
    return found


def _ways(state: Mapping[str, JSON]) -> Iterator[JSON]:
    yield state.get("Next")
    yield state.get("Default")
    for key in ("Choices", "Catch"):
        rules = state.get(key)
        for rule in rules if isinstance(rules, list) else ():
            yield rule.get("Next") if isinstance(rule, dict) else None


def _pinned(state: dict[str, JSON], value: JSON, jsonata: bool) -> dict[str, JSON]:
    fields = ("Comment", "QueryLanguage", "Next", "End")
    kept: dict[str, JSON] = {key: state[key] for key in fields if key in state}
    assigned = _assigned_jsonata(state, value) if jsonata else _assigned_jsonpath(state)
    output = {"Output": _literal(value)} if jsonata else {"Result": value}
    return {"Type": "Pass", **kept, **output, **({"Assign": assigned} if assigned else {})}


def _literal(value: JSON) -> JSON:
    """Return a JSONata template whose value is this: a text that looks like an expression becomes one."""
    match value:
        case dict():
            return {name: _literal(part) for name, part in value.items()}
        case list():
            return [_literal(part) for part in value]
        case str() if value.lstrip().startswith("{%") or value.rstrip().endswith("%}"):
            return f"{{% {_written(value)} %}}"
    return value


def _written(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False)


_RESULT = re.compile(r"\$states\s*\.\s*result\b")
# A path from the result in JSONPath: neither $$ nor $variable.
_FROM_RESULT = re.compile(r"(?<!\$)\$(?![\w$])")


def _assigned_jsonata(state: Mapping[str, JSON], value: JSON) -> dict[str, JSON]:
    """Return what can still be assigned: the result is known only where the output is the result."""
    known = "Output" not in state
    given = f"$pinnedResult := {_written(value)}" if known else ""

    def settled(part: JSON) -> JSON:
        match part:
            case dict():
                return {name: settled(inner) for name, inner in part.items()}
            case list():
                return [settled(inner) for inner in part]
            case str() if part.startswith("{%") and _RESULT.search(part):
                source = part.strip().removeprefix("{%").removesuffix("%}").strip()
                return f"{{% ({given}; {_RESULT.sub('$pinnedResult', source)}) %}}"
        return part

    assigned = state.get("Assign")
    return {
        name: settled(part)
        for name, part in (assigned if isinstance(assigned, dict) else {}).items()
        if known or not any(_RESULT.search(text) for text in _texts(part))
    }


def _assigned_jsonpath(state: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return what can still be assigned; $ is the result, which the output is where nothing changed it."""
    known = "ResultSelector" not in state and all(
        state.get(field, "$") == "$" for field in ("ResultPath", "OutputPath")
    )
    assigned = state.get("Assign")
    return {
        name: part
        for name, part in (assigned if isinstance(assigned, dict) else {}).items()
        if known or not any(_FROM_RESULT.search(text) for text in _texts({name: part}, paths_only=True))
    }


def _texts(value: JSON, *, paths_only: bool = False, is_path: bool = True) -> Iterator[str]:
    match value:
        case str() if is_path or not paths_only:
            yield value
        case dict():
            for name, part in value.items():
                yield from _texts(part, paths_only=paths_only, is_path=name.endswith(".$"))
        case list():
            for part in value:
                yield from _texts(part, paths_only=paths_only, is_path=False)
