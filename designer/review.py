"""What a definition would use if it ran: read and never run, so that somebody can judge it first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from designer.judging.placeholders import names as named_in
from designer.walking import JSON, Standing, document_of, states_of
from people.models import Workspace
from runner.connections import BUILTIN_NAMES
from runner.integrations import registry
from runner.integrations.resource import parsed
from runner.models import Connection, StateMachine

_SDK = "arn:aws:states:::aws-sdk:"
_OPTIMISED = "arn:aws:states:::"


WORKED_OUT = "worked out when it runs"


@dataclass(slots=True)
class Use:
    """One thing that is used, by which states, and whether it is there."""

    name: str
    states: list[str] = field(default_factory=list)
    known: bool = True


@dataclass(slots=True)
class Review:
    """Everything a definition would reach; each list is by first use."""

    states: int
    language: str
    actions: list[Use]
    hosts: list[Use]
    connections: list[Use]
    functions: list[Use]
    workflows: list[Use]
    people: list[Use]
    placeholders: list[str]


def review(text: str, workspace: Workspace) -> Review:
    """Return what a definition would use; nothing is called, resolved or run."""
    document = document_of(text)
    found: dict[str, dict[str, Use]] = {}
    count = 0
    for standing in states_of(document):
        count += 1
        for kind, name in _uses(standing):
            use = found.setdefault(kind, {}).setdefault(name, Use(name))
            if standing.name not in use.states:
                use.states.append(standing.name)
    connections = set(Connection.objects.filter(workspace=workspace).values_list("name", flat=True))
    for use in found.get("connection", {}).values():
        use.known = use.name == WORKED_OUT or use.name in connections | set(BUILTIN_NAMES)
    machines = set(StateMachine.objects.filter(workspace=workspace).values_list("name", flat=True))
    for use in found.get("workflow", {}).values():
        use.known = use.name == WORKED_OUT or use.name.rpartition(":stateMachine:")[2] in machines
    for use in found.get("action", {}).values():
        use.known = registry.known(use.name)

    def listed(kind: str) -> list[Use]:
        return list(found.get(kind, {}).values())

    jsonata = isinstance(document, dict) and document.get("QueryLanguage") == "JSONata"
    return Review(
        states=count,
        language="JSONata" if jsonata else "JSONPath",
        actions=listed("action"),
        hosts=listed("host"),
        connections=listed("connection"),
        functions=listed("function"),
        workflows=listed("workflow"),
        people=listed("person"),
        placeholders=named_in(text),
    )


def _uses(standing: Standing) -> Iterator[tuple[str, str]]:
    if standing.type == "Map":
        for key in ("ItemReader", "ResultWriter"):
            holder = standing.state.get(key)
            if isinstance(holder, dict) and isinstance(holder.get("Resource"), str):
                yield "action", parsed(holder["Resource"]).name
    resource = standing.resource
    if not resource:
        return
    name = parsed(resource).name
    if ":function:" in name:
        yield "function", name
    else:
        yield "action", name
    if name.startswith("arn:aws:states:::lambda:"):
        yield "function", _said(standing.argument("FunctionName"))
    if "function:invoke" in name and not name.startswith(_OPTIMISED):
        yield "function", _said(standing.argument("Function"))
    if name == "arn:aws:states:::http:invoke":
        yield "host", _host(standing.argument("ApiEndpoint"), standing)
        yield "connection", _connection(standing.argument("InvocationConfig", "ConnectionArn"))
    elif (connection := standing.argument("Connection")) is not None:
        yield "connection", _connection(connection)
    if name.startswith((f"{_OPTIMISED}states:startExecution", f"{_SDK}sfn:start")):
        yield "workflow", _said(standing.argument("StateMachineArn"))
    for field_name in ("Approvers", "To"):
        for person in _listed(standing.argument(field_name)):
            yield "person", person


def _host(endpoint: JSON, standing: Standing) -> str:
    said = _said(endpoint)
    if said.startswith("/"):
        return f"the host of {_connection(standing.argument('InvocationConfig', 'ConnectionArn'))}"
    if said == WORKED_OUT:
        return said
    try:
        return urlsplit(said).netloc.rpartition("@")[2] or said
    except ValueError:
        return said


def _connection(value: JSON) -> str:
    return _said(value).rpartition(":connection:")[2]


def _said(value: JSON) -> str:
    """Return a text that stands there as it is; what an expression gives is known only when it runs."""
    if not isinstance(value, str) or value.startswith(("{%", "$.", "$$", "States.")) or value == "$":
        return WORKED_OUT
    return value


def _listed(value: Any) -> Iterator[str]:
    if value is None:
        return
    for each in value if isinstance(value, list) else [value]:
        yield _said(each)
