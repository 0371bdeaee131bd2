"""Everything that is wrong with an ASL document, at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from .errors import ALL, PREDEFINED, Diagnostic
from .fields import (
    ALL_FIELDS,
    CATCHER_FIELDS,
    JSONATA_FIELDS,
    JSONPATH_FIELDS,
    MACHINE_FIELDS,
    ONE_OF,
    REQUIRED,
    RETRIER_FIELDS,
    TYPES,
)
from .validate_choices import check_rule
from .validate_values import Found, check_value, is_placeholder, pointer
from .validate_variables import check_variables

JSON = Any

MAX_DEPTH = 60  # containers in containers; the screens and the service stop far earlier
MAX_NAME = 80  # https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
MAX_BYTES = 1024 * 1024
SCHEMA = "SCHEMA_VALIDATION_FAILED"
TARGET = "MISSING_TRANSITION_TARGET"
_NOT_RUN = ("ItemReader", "ItemBatcher", "ResultWriter")
_RESOURCE = re.compile(r"[^\s:]+:.+|\$\{.+")


def validate_text(
    text: str, *, known_resource: Callable[[str], bool] | None = None, machine_type: str = "STANDARD"
) -> list[Diagnostic]:
    """Return what is wrong with an ASL text; a fault of the JSON says line and column."""
    found = Found()
    if len(text.encode(errors="replace")) > MAX_BYTES:
        found.error("INVALID_JSON_DESCRIPTION", "The definition is larger than 1 MiB", "")
        return found.all
    twice: list[str] = []

    def pairs(items: list[tuple[str, JSON]]) -> dict[str, JSON]:
        made = dict(items)
        if len(made) != len(items):
            names = [name for name, _ in items]
            twice.extend(sorted({name for name in names if names.count(name) > 1}))
        return made

    def constant(name: str) -> JSON:
        raise ValueError(f"{name} is not JSON")

    try:
        document = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        message = f"Invalid JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        found.error("INVALID_JSON_DESCRIPTION", message, "")
        return found.all
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        found.error("INVALID_JSON_DESCRIPTION", f"Invalid JSON: {reason}", "")
        return found.all
    for name in dict.fromkeys(twice):
        found.error("DUPLICATE_FIELD", f"The field '{name}' stands twice in one object", "")
    found.all.extend(validate(document, known_resource=known_resource, machine_type=machine_type))
    return found.all


def validate(
    document: JSON, *, known_resource: Callable[[str], bool] | None = None, machine_type: str = "STANDARD"
) -> list[Diagnostic]:
    """Return what is wrong with an ASL document; whatever JSON it is, this raises nothing."""
    found = Found()
    if not isinstance(document, dict):
        found.error(SCHEMA, "A definition must be a JSON object", "")
        return found.all
    jsonata = document.get("QueryLanguage") == "JSONata"
    check = _Check(found, known_resource, machine_type == "EXPRESS", whole_jsonata=jsonata)
    check_value(found, document.get("TimeoutSeconds"), "positive", False, "/TimeoutSeconds", "TimeoutSeconds")
    if document.get("Version") not in (None, "1.0") and not is_placeholder(document["Version"]):
        found.error(SCHEMA, "The only Version is '1.0'", "/Version")
    check.machine(document, "", jsonata, 0)
    check_variables(found, document)
    return found.all


class _Check:
    """One walk over a document."""

    def __init__(
        self, found: Found, known_resource: Callable[[str], bool] | None, express: bool, whole_jsonata: bool
    ) -> None:
        self.found = found
        self.known_resource = known_resource
        self.express = express
        self.whole_jsonata = whole_jsonata
        self.names: set[str] = set()

    def machine(self, document: Mapping[str, JSON], at: str, jsonata: bool, depth: int) -> None:
        """Check states, where they start, and where they lead."""
        if depth > MAX_DEPTH:
            self.found.error(SCHEMA, "The states are nested too deeply", at)
            return
        missing = [name for name in ("StartAt", "States") if name not in document]
        if missing:
            self.found.error(SCHEMA, f"These fields are required: [{', '.join(missing)}]", at or "/")
        self.language(document, at)
        for name in document:
            if name not in MACHINE_FIELDS:
                self.found.warn(SCHEMA, f"The field '{name}' is not known here", pointer(at, name))
        states = document.get("States")
        if states is None and "States" not in document:
            return
        if not isinstance(states, dict) or not states:
            if not is_placeholder(states):
                self.found.error(
                    SCHEMA, "States must be an object with at least one state", pointer(at, "States")
                )
            return
        start = document.get("StartAt")
        known = is_placeholder(start) or (isinstance(start, str) and start in states)
        if "StartAt" in document and not known:
            self.found.error(TARGET, f"Missing 'StartAt' target: {start}", pointer(at, "StartAt"))
        base = pointer(at, "States")
        targets: dict[str, list[str]] = {}
        ends = False
        for name, state in states.items():
            place = pointer(base, name)
            if not isinstance(state, dict):
                if not is_placeholder(state):
                    self.found.error(SCHEMA, "A state must be an object", place)
                continue
            if name in self.names:
                self.found.warn("DUPLICATE_STATE_NAME", f"The name '{name}' is used twice", place)
            self.names.add(name)
            self.state(name, state, place, jsonata, depth)
            targets[name] = self.targets(state, states, place)
            ends = ends or state.get("End") is True or state.get("Type") in ("Succeed", "Fail")
        self.reachable(start, targets, base)
        if not ends and targets:
            self.found.warn("NO_TERMINAL_STATE", "No state ends this machine", at)

    def language(self, document: Mapping[str, JSON], at: str) -> None:
        named = document.get("QueryLanguage")
        if named not in (None, "JSONPath", "JSONata") and not is_placeholder(named):
            self.found.error(
                SCHEMA, "QueryLanguage must be 'JSONPath' or 'JSONata'", pointer(at, "QueryLanguage")
            )
        elif named == "JSONPath" and self.whole_jsonata:
            message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
            self.found.error(SCHEMA, message, at)

    def reachable(self, start: JSON, targets: dict[str, list[str]], base: str) -> None:
        if not isinstance(start, str) or start not in targets:
            return
        seen, pending = {start}, [start]
        while pending:
            for name in targets.get(pending.pop(), []):
                if name not in seen:
                    seen.add(name)
                    pending.append(name)
        for name in targets:
            if name not in seen and not any(is_placeholder(t) for found in targets.values() for t in found):
                self.found.warn(TARGET, f"State '{name}' is not reachable.", pointer(base, name))

    def targets(self, state: Mapping[str, JSON], states: Mapping[str, JSON], at: str) -> list[str]:
        """Return where a state leads, and report what is not there."""
        named: list[tuple[JSON, str, str]] = [
            (state[f], f, pointer(at, f)) for f in ("Next", "Default") if f in state
        ]
        for field in ("Choices", "Catch"):
            parts = state.get(field)
            if isinstance(parts, list):
                named.extend(
                    (part["Next"], "Next", pointer(pointer(pointer(at, field), index), "Next"))
                    for index, part in enumerate(parts)
                    if isinstance(part, dict) and "Next" in part
                )
        found = []
        for target, field, place in named:
            if isinstance(target, str) and (target in states or is_placeholder(target)):
                found.append(target)
            else:
                self.found.error(TARGET, f"Missing '{field}' target: {target}", place)
        return found

    def state(self, name: str, state: Mapping[str, JSON], at: str, around: bool, depth: int) -> None:
        if len(name) > MAX_NAME:
            self.found.error(SCHEMA, f"A state's name has at most {MAX_NAME} characters", at)
        kind = state.get("Type")
        if kind not in TYPES:
            if is_placeholder(kind):
                return
            what = (
                "These fields are required: [Type]"
                if "Type" not in state
                else f"Type must be one of {', '.join(TYPES)}"
            )
            self.found.error(SCHEMA, what, at if "Type" not in state else pointer(at, "Type"))
            return
        self.language(state, at)
        named = state.get("QueryLanguage")
        jsonata = around if named is None else named == "JSONata"
        self.fields(kind, state, at, jsonata)
        if kind not in ("Choice", "Succeed", "Fail"):
            self.moves(state, at)
        if kind == "Task":
            self.resource(state.get("Resource"), pointer(at, "Resource"))
        for field in _NOT_RUN if kind == "Map" else ():
            if field in state:
                message = f"A {field} is not run by Cuelight yet: the state will fail"
                self.found.warn("NOT_SUPPORTED", message, pointer(at, field))
        if kind == "Choice":
            self.choices(state, at, jsonata)
        self.retriers(state.get("Retry"), pointer(at, "Retry"))
        self.catchers(state.get("Catch"), pointer(at, "Catch"), jsonata)
        for field in ("ItemProcessor", "Iterator"):
            self.nested(state.get(field), pointer(at, field), around, depth)
        branches = state.get("Branches")
        if kind == "Parallel" and isinstance(branches, list):
            if not branches:
                self.found.error(SCHEMA, "Branches must not be empty", pointer(at, "Branches"))
            for index, branch in enumerate(branches):
                place = pointer(pointer(at, "Branches"), index)
                if not isinstance(branch, dict) and not is_placeholder(branch):
                    self.found.error(SCHEMA, "A branch must be an object", place)
                self.nested(branch, place, around, depth)

    def nested(self, machine: JSON, at: str, around: bool, depth: int) -> None:
        if isinstance(machine, dict):
            named = machine.get("QueryLanguage")
            self.machine(machine, at, around if named is None else named == "JSONata", depth + 1)
            config = machine.get("ProcessorConfig")
            if config is not None and not isinstance(config, dict):
                self.found.error(SCHEMA, "ProcessorConfig must be an object", pointer(at, "ProcessorConfig"))
                return
            mode = (config or {}).get("Mode", "INLINE")
            if mode not in ("INLINE", "DISTRIBUTED") and not is_placeholder(mode):
                place = pointer(pointer(at, "ProcessorConfig"), "Mode")
                self.found.error(SCHEMA, "Mode must be INLINE or DISTRIBUTED", place)

    def fields(self, kind: str, state: Mapping[str, JSON], at: str, jsonata: bool) -> None:
        allowed = (JSONATA_FIELDS if jsonata else JSONPATH_FIELDS)[kind]
        language = "JSONata" if jsonata else "JSONPath"
        for name, value in state.items():
            place = pointer(at, name)
            if name in allowed:
                check_value(self.found, value, allowed[name], jsonata, place, name)
            elif name in ALL_FIELDS:
                self.found.error(
                    SCHEMA, f"The field '{name}' is not supported by a {kind} state in {language}", place
                )
            else:
                self.found.warn(SCHEMA, f"The field '{name}' is not known here", place)
        missing = [name for name in REQUIRED.get(kind, ()) if name not in state]
        if missing:
            self.found.error(SCHEMA, f"These fields are required: [{', '.join(missing)}]", at)
        for names, needed in ONE_OF.get(kind, ()):
            present = [name for name in names if name in state]
            if len(present) > 1:
                self.found.error(
                    SCHEMA, f"Only one of [{', '.join(names)}] may be given", pointer(at, present[1])
                )
            elif not present and needed:
                wanted = [name for name in names if name in allowed]
                self.found.error(SCHEMA, f"One of these fields is required: [{', '.join(wanted)}]", at)

    def moves(self, state: Mapping[str, JSON], at: str) -> None:
        if "Next" in state and state.get("End") is True:
            self.found.error(SCHEMA, "Only one of [Next, End] may be given", pointer(at, "End"))
        elif "Next" not in state and not state.get("End"):
            self.found.error(SCHEMA, "One of these fields is required: [Next, End]", at)

    def resource(self, resource: JSON, at: str) -> None:
        if not isinstance(resource, str) or is_placeholder(resource):
            return  # its kind was checked before
        if not _RESOURCE.fullmatch(resource):
            self.found.error(SCHEMA, f"The resource provided is invalid: {resource}", at)
        elif self.known_resource is not None and not self.known_resource(resource):
            self.found.error("UNKNOWN_RESOURCE", f"There is no integration for {resource}", at)
        elif self.express and (
            resource.endswith(".waitForTaskToken") or ".sync" in resource.rpartition(":")[2]
        ):
            suffix = ".waitForTaskToken" if resource.endswith(".waitForTaskToken") else ".sync"
            message = f"Express state machine does not support '{suffix}' service integration "
            self.found.error(SCHEMA, message, at)

    def choices(self, state: Mapping[str, JSON], at: str, jsonata: bool) -> None:
        rules = state.get("Choices")
        if not isinstance(rules, list):
            return
        place = pointer(at, "Choices")
        if not rules:
            self.found.error(SCHEMA, "Choices must not be empty", place)
        for index, rule in enumerate(rules):
            check_rule(self.found, rule, jsonata, pointer(place, index), top=True)

    def errors(self, part: JSON, at: str, last: bool) -> bool:
        """Check a Retrier's or Catcher's names; return whether the rest can be checked."""
        if not isinstance(part, dict):
            self.found.error(SCHEMA, "An object is expected", at)
            return False
        names = part.get("ErrorEquals")
        place = pointer(at, "ErrorEquals")
        if names is None:
            self.found.error(SCHEMA, "These fields are required: [ErrorEquals]", at)
        elif not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            self.found.error(SCHEMA, "ErrorEquals must be a list of names that is not empty", place)
        else:
            if ALL in names and (len(names) > 1 or not last):
                self.found.error(SCHEMA, f"{ALL} must stand alone, and last", place)
            for name in names:
                if (
                    name.startswith("States.")
                    and name not in PREDEFINED
                    and not name.startswith("States.Http.")
                ):
                    self.found.warn(SCHEMA, f"There is no predefined error {name}", place)
        return True

    def retriers(self, parts: JSON, at: str) -> None:
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            place = pointer(at, index)
            if not self.errors(part, place, index == len(parts) - 1):
                continue
            for name in part:
                if name not in RETRIER_FIELDS:
                    self.found.warn(SCHEMA, f"The field '{name}' is not known here", pointer(place, name))
            for name, least, whole in (
                ("IntervalSeconds", 1, True), ("MaxAttempts", 0, True), ("BackoffRate", 1, False),
                ("MaxDelaySeconds", 1, True),
            ):  # fmt: skip
                value = part.get(name)
                if name not in part or is_placeholder(value):
                    continue
                wrong = isinstance(value, bool) or not isinstance(value, int | float)
                if wrong or value < least or (whole and value != int(value)):
                    kind = "an integer" if whole else "a number"
                    self.found.error(
                        SCHEMA, f"{name} must be {kind} of at least {least}", pointer(place, name)
                    )
            jitter = part.get("JitterStrategy")
            if "JitterStrategy" in part and jitter not in ("FULL", "NONE") and not is_placeholder(jitter):
                self.found.error(
                    SCHEMA, "JitterStrategy must be FULL or NONE", pointer(place, "JitterStrategy")
                )

    def catchers(self, parts: JSON, at: str, jsonata: bool) -> None:
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            place = pointer(at, index)
            if not self.errors(part, place, index == len(parts) - 1):
                continue
            if "Next" not in part:
                self.found.error(SCHEMA, "These fields are required: [Next]", place)
            allowed = CATCHER_FIELDS[jsonata]
            for name, value in part.items():
                if name not in allowed and name in ("ResultPath", "Output"):
                    self.found.error(
                        SCHEMA, f"The field '{name}' is not supported here", pointer(place, name)
                    )
                elif name not in allowed:
                    self.found.warn(SCHEMA, f"The field '{name}' is not known here", pointer(place, name))
                elif name in ("ResultPath", "Assign", "Output"):
                    kind = {"ResultPath": "reference?", "Assign": "assign", "Output": "any"}[name]
                    check_value(self.found, value, kind, jsonata, pointer(place, name), name)
