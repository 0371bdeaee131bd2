"""Everything that is wrong with an ASL document, at once."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from . import service_phrases as phrases
from .errors import Diagnostic
from .fields import (
    ALL_FIELDS,
    BRANCH_FIELDS,
    JSONATA_FIELDS,
    JSONPATH_FIELDS,
    MACHINE_FIELDS,
    ONE_OF,
    PROCESSOR_FIELDS,
    REQUIRED,
    TYPES,
)
from .findings import SCHEMA, Found, is_placeholder, pointer
from .validate_choices import check_rule
from .validate_errors import check_catchers, check_retriers
from .validate_graph import check_graph
from .validate_hints import check_hints
from .validate_maps import check_label, check_map, mode_of
from .validate_values import check_value
from .validate_variables import check_variables

JSON = Any

MAX_DEPTH = 60  # containers in containers; the screens and the service stop far earlier
MAX_NAME = 80  # https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
MAX_BYTES = 1024 * 1024
INVALID_JSON = "INVALID_JSON_DESCRIPTION"
_RESOURCE = re.compile(r"[^\s:]+:.+")


def validate_text(
    text: str, *, known_resource: Callable[[str], bool] | None = None, machine_type: str = "STANDARD"
) -> list[Diagnostic]:
    """Return what is wrong with an ASL text; a fault of the JSON says line and column."""
    return check_text(text, known_resource, machine_type).all


def validate(
    document: JSON, *, known_resource: Callable[[str], bool] | None = None, machine_type: str = "STANDARD"
) -> list[Diagnostic]:
    """Return what is wrong with an ASL document; whatever JSON it is, this raises nothing."""
    found = Found()
    check_document(found, document, known_resource, machine_type)
    return found.all


def check_text(
    text: str, known_resource: Callable[[str], bool] | None = None, machine_type: str = "STANDARD"
) -> Found:
    """Return the findings about an ASL text."""
    found = Found()
    if len(text.encode(errors="replace")) > MAX_BYTES:
        found.error(INVALID_JSON, "The definition is larger than 1 MiB", "")
        return found
    twice: list[str] = []

    def pairs(items: list[tuple[str, JSON]]) -> dict[str, JSON]:
        made = dict(items)
        if len(made) != len(items):
            counts = Counter(name for name, _ in items)
            twice.extend(sorted(name for name, count in counts.items() if count > 1))
        return made

    def constant(name: str) -> JSON:
        raise ValueError(f"{name} is not JSON")

    try:
        document = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        message = f"Invalid JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        says, place = phrases.json_fault(error)
        found.error(INVALID_JSON, message, "", says=says, at=place)
        return found
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        found.error(INVALID_JSON, f"Invalid JSON: {reason}", "")
        return found
    for name in dict.fromkeys(twice):
        message = f"The field '{name}' stands twice in one object"
        found.error("DUPLICATE_FIELD", message, "", says=f"Duplicate field '{name}'", as_code=INVALID_JSON)
    check_document(found, document, known_resource, machine_type)
    return found


def check_document(
    found: Found, document: JSON, known_resource: Callable[[str], bool] | None, machine_type: str
) -> None:
    """Add the findings about an ASL document."""
    if not isinstance(document, dict):
        says = phrases.expected(phrases.OBJECT)
        found.error(SCHEMA, "A definition must be a JSON object", "", says=says)
        return
    jsonata = document.get("QueryLanguage") == "JSONata"
    check = _Check(found, known_resource, whole_jsonata=jsonata)
    check.machine(document, "", MACHINE_FIELDS, jsonata, 0, express=machine_type == "EXPRESS")
    check_value(found, document.get("TimeoutSeconds"), "positive", False, "/TimeoutSeconds", "TimeoutSeconds")
    version = document.get("Version")
    if version not in (None, "1.0") and not is_placeholder(version):
        found.error(SCHEMA, "The only Version is '1.0'", "/Version", says=phrases.one_of(["1.0"]))
    check_variables(found, document)


class _Check:
    """One walk over a document."""

    def __init__(
        self, found: Found, known_resource: Callable[[str], bool] | None, *, whole_jsonata: bool
    ) -> None:
        self.found = found
        self.known_resource = known_resource
        self.whole_jsonata = whole_jsonata
        self.names: set[str] = set()
        self.labels: set[str] = set()

    def machine(
        self,
        document: Mapping[str, JSON],
        at: str,
        known: Mapping[str, str],
        jsonata: bool,
        depth: int,
        *,
        express: bool,
    ) -> None:
        """Check states, where they start, and where they lead."""
        if depth > MAX_DEPTH:
            self.found.error(SCHEMA, "The states are nested too deeply", at, as_code="TOO_DEEPLY_NESTED")
            return
        missing = [name for name in ("States", "StartAt") if name not in document]
        if missing:
            self.found.error(SCHEMA, phrases.required(missing), at or "/")
        self.language(document, at)
        if "Comment" in document:
            place = pointer(at, "Comment")
            check_value(self.found, document["Comment"], "text", False, place, "Comment")
        for name in document:
            if name in known:
                continue
            says = phrases.not_supported(name)
            if name == "QueryLanguage":
                message = "AWS takes a QueryLanguage for the whole machine and for a state, not here"
            else:
                message = f"The field '{name}' is not known here"
            self.found.refused(SCHEMA, message, pointer(at, name), says=says, at=at)
        if "States" not in document:
            return
        states = document["States"]
        place = pointer(at, "States")
        if not isinstance(states, dict) or not states:
            says = phrases.EMPTY if states == {} else phrases.expected(phrases.OBJECT)
            self.found.wrong(states, "States must be an object with at least one state", place, says=says)
        else:
            for name, state in states.items():
                self.state(name, state, pointer(place, name), jsonata, depth, express)
            check_graph(self.found, document, at)

    def language(self, document: Mapping[str, JSON], at: str) -> None:
        named = document.get("QueryLanguage")
        place = pointer(at, "QueryLanguage")
        if named not in (None, "JSONPath", "JSONata"):
            message = "QueryLanguage must be 'JSONPath' or 'JSONata'"
            self.found.wrong(named, message, place, says=phrases.one_of(("JSONPath", "JSONata")))
        elif named == "JSONPath" and self.whole_jsonata:
            self.found.error(SCHEMA, phrases.DOWNGRADE, at)

    def state(  # noqa: PLR0917
        self, name: str, state: JSON, at: str, around: bool, depth: int, express: bool
    ) -> None:
        if not isinstance(state, dict):
            says = phrases.expected(phrases.OBJECT)
            self.found.wrong(state, "A state must be an object", at, says=says)
            return
        self.name(name, at)
        kind = state.get("Type")
        if kind not in TYPES:
            self.unknown_type(state, at)
            return
        self.language(state, at)
        named = state.get("QueryLanguage")
        jsonata = around if named is None else named == "JSONata"
        self.fields(kind, state, at, jsonata)
        if kind not in ("Choice", "Succeed", "Fail"):
            self.moves(state, at)
        if kind == "Task":
            self.resource(state.get("Resource"), pointer(at, "Resource"), express)
            self.heartbeat(state, at)
        if kind == "Choice":
            self.choices(state, at, jsonata)
        check_hints(self.found, kind, state, at, jsonata)
        check_retriers(self.found, state.get("Retry"), pointer(at, "Retry"))
        check_catchers(self.found, state.get("Catch"), pointer(at, "Catch"), jsonata)
        if kind == "Map":
            check_map(self.found, state, at, jsonata, express)
            check_label(self.found, state, at, self.labels)
            for field in ("ItemProcessor", "Iterator"):
                processor = state.get(field)
                express_items = mode_of(processor) == ("DISTRIBUTED", "EXPRESS")
                self.nested(
                    processor, pointer(at, field), PROCESSOR_FIELDS, around, depth,
                    express=express or express_items,
                )  # fmt: skip
        if kind == "Parallel":
            self.branches(state.get("Branches"), pointer(at, "Branches"), around, depth, express)

    def name(self, name: str, at: str) -> None:
        if len(name) > MAX_NAME:
            message = f"A state's name has at most {MAX_NAME} characters"
            self.found.error(SCHEMA, message, at, as_code="INVALID_STATE_NAME")
        if "\x00" in name:  # which PostgreSQL keeps in no column
            message = "A state's name may not hold the character NUL"
            self.found.error(SCHEMA, message, at, as_code="INVALID_STATE_NAME")
        if name in self.names:
            message = f"The name '{name}' is used twice"
            says = f"Duplicate State name: {name}"
            self.found.refused("DUPLICATE_STATE_NAME", message, at, says=says)
        self.names.add(name)

    def unknown_type(self, state: Mapping[str, JSON], at: str) -> None:
        kind = state.get("Type")
        place = pointer(at, "Type")
        if "Type" not in state:
            self.found.error(SCHEMA, phrases.required(["Type"]), at)
        else:
            says = phrases.one_of(TYPES) if isinstance(kind, str) else phrases.expected(phrases.STRING)
            self.found.wrong(kind, f"Type must be one of {', '.join(TYPES)}", place, says=says)

    def branches(self, branches: JSON, at: str, around: bool, depth: int, express: bool) -> None:
        if not isinstance(branches, list):
            return  # its kind was checked before
        if not branches:
            self.found.error(SCHEMA, "Branches must not be empty", at, says=phrases.EMPTY)
        for index, branch in enumerate(branches):
            place = pointer(at, index)
            if not isinstance(branch, dict):
                says = phrases.expected(phrases.OBJECT)
                self.found.wrong(branch, "A branch must be an object", place, says=says)
            self.nested(branch, place, BRANCH_FIELDS, around, depth, express=express)

    def nested(
        self, machine: JSON, at: str, known: Mapping[str, str], around: bool, depth: int, *, express: bool
    ) -> None:
        if isinstance(machine, dict):
            named = machine.get("QueryLanguage")
            jsonata = around if named is None else named == "JSONata"
            self.machine(machine, at, known, jsonata, depth + 1, express=express)

    def fields(self, kind: str, state: Mapping[str, JSON], at: str, jsonata: bool) -> None:
        allowed, others = JSONPATH_FIELDS[kind], JSONATA_FIELDS[kind]
        if jsonata:
            allowed, others = others, allowed
        missing = [name for name in REQUIRED.get(kind, ()) if name not in state]
        if missing:
            self.found.error(SCHEMA, phrases.required(missing), at)
        for name, value in state.items():
            place = pointer(at, name)
            if name in allowed:
                check_value(self.found, value, allowed[name], jsonata, place, name)
            elif name in ALL_FIELDS:
                language = "JSONata" if jsonata else "JSONPath"
                message = f"The field '{name}' is not supported by a {kind} state in {language}"
                says = phrases.not_supported(name)
                if name in others:
                    says = phrases.of_the_other_language(name, jsonata=jsonata)
                self.found.error(SCHEMA, message, place, says=says, at=at)
            else:
                message = f"The field '{name}' is not known here"
                self.found.refused(SCHEMA, message, place, says=phrases.not_supported(name), at=at)
        for names, needed in ONE_OF.get(kind, ()):
            present = [name for name in names if name in state]
            wanted = [name for name in names if name in allowed]
            if len(present) > 1:
                message = f"Only one of [{', '.join(names)}] may be given"
                says = phrases.only_one_of(names)
                self.found.error(SCHEMA, message, pointer(at, present[1]), says=says, at=at)
            elif not present and needed:
                message = f"One of these fields is required: [{', '.join(wanted)}]"
                self.found.error(SCHEMA, message, at, says=phrases.one_needed(wanted))

    def moves(self, state: Mapping[str, JSON], at: str) -> None:
        names = ("Next", "End")
        if "Next" in state and state.get("End") is True:
            message, place = "Only one of [Next, End] may be given", pointer(at, "End")
            self.found.error(SCHEMA, message, place, says=phrases.only_one_of(names), at=at)
        elif is_placeholder(state.get("End")):
            return  # said with the field's value
        elif "Next" not in state and not state.get("End"):
            message = "One of these fields is required: [Next, End]"
            self.found.error(SCHEMA, message, at, says=phrases.one_needed(names))

    def resource(self, resource: JSON, at: str, express: bool) -> None:
        if not isinstance(resource, str):
            return  # its kind was checked before
        if is_placeholder(resource):
            # the state fails and says so; whoever knows what runs a Resource refuses it before
            self.found.placeholder(resource, at, phrases.NOT_AN_ARN, blocks=False)
        elif not _RESOURCE.fullmatch(resource):
            message = f"The resource provided is invalid: {resource}"
            self.found.error(SCHEMA, message, at, says=phrases.NOT_AN_ARN)
        elif self.known_resource is not None and not self.known_resource(resource):
            self.found.error(
                "UNKNOWN_RESOURCE", f"There is no integration for {resource}", at,
                says=phrases.unknown_resource(resource), as_code=SCHEMA,
            )  # fmt: skip
        elif express and _ACTIVITY.fullmatch(resource):
            message = "An express state machine cannot wait for an activity"
            self.found.error(SCHEMA, message, at, says=phrases.NO_ACTIVITIES)
        elif express and (suffix := _SUFFIX.search(resource)):
            message = f"An express state machine does not support {suffix[1]}"
            self.found.error(SCHEMA, message, at, says=phrases.not_in_express(suffix[1]))

    def heartbeat(self, state: Mapping[str, JSON], at: str) -> None:
        heartbeat, limit = state.get("HeartbeatSeconds"), state.get("TimeoutSeconds")
        if isinstance(heartbeat, int) and isinstance(limit, int) and heartbeat >= limit:
            message = "HeartbeatSeconds must be less than TimeoutSeconds"
            self.found.refused(SCHEMA, message, pointer(at, "HeartbeatSeconds"), says=message)

    def choices(self, state: Mapping[str, JSON], at: str, jsonata: bool) -> None:
        rules = state.get("Choices")
        if not isinstance(rules, list):
            return
        place = pointer(at, "Choices")
        if not rules:
            self.found.error(SCHEMA, "Choices must not be empty", place, says=phrases.EMPTY)
        for index, rule in enumerate(rules):
            check_rule(self.found, rule, jsonata, pointer(place, index), top=True)


_ACTIVITY = re.compile(r"arn:[^:]*:states:[^:]*:[^:]*:activity:.+")
_SUFFIX = re.compile(r"(\.waitForTaskToken|\.sync)(?::\d+)?$")
