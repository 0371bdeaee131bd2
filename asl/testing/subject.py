"""The state to be tested: given alone, or named within a whole machine."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import InvalidDefinition
from ..jsontext import from_text
from ..parse import parse_text
from ..query.templates import Constant
from ..states import Definition, Machine, Map, Parallel, State, Task
from ..validate import validate_text

JSON = Any

STATE_NAME = "StateName"  # what the service calls a state under test, also one that is named


class StateNotFound(ValueError):
    """The machine has no state of this name, neither on top nor inside another one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A state under test, under the name that the service gives it, and its own part of the document."""

    state: State
    document: Mapping[str, JSON]

    @property
    def kind(self) -> str:
        """The state's type, as written."""
        return type(self.state).__name__

    @property
    def definition(self) -> Definition:
        """The state as the whole of a machine; where it leads is not there."""
        return Definition(Machine(STATE_NAME, {STATE_NAME: self.state}))

    @property
    def resource(self) -> str | None:
        """The `Resource` of a Task state."""
        return self.state.resource.arn if isinstance(self.state, Task) else None

    @property
    def answers_later(self) -> bool:
        """Whether the state's work is only begun, and somebody answers for it: no test can wait for that."""
        state = self.state
        if not isinstance(state, Task):
            return False
        return state.resource.family == "activity" or state.resource.waits_for_token or self.is_sync

    @property
    def is_sync(self) -> bool:
        """Whether the Resource says to wait until a job has ended."""
        return isinstance(self.state, Task) and ".sync" in self.state.resource.name

    @property
    def item_reader(self) -> Mapping[str, JSON] | None:
        """What the state's items are read with, where they are not taken from its input."""
        return self.state.item_reader if isinstance(self.state, Map) else None

    def with_items(self, items: Sequence[JSON]) -> Subject:
        """Return the state as if its ItemReader had read these items."""
        given = Constant(list(items))
        assert isinstance(self.state, Map)
        state = dataclasses.replace(self.state, item_reader=None, items=given, items_path=given)
        return dataclasses.replace(self, state=state)

    def contains(self, name: str) -> bool:
        """Whether a state of this name is somewhere inside."""
        return any(found == name for machine in _machines(self.state) for found, _ in _states(machine))


def read_subject(
    text: str, state_name: str | None, *, known_resource: Callable[[str], bool] | None = None
) -> Subject:
    """Return the state; raises `InvalidDefinition`, or `StateNotFound` for a name that is not there.

    Without a name the text is the state itself, and may lead to states that are not there.
    """
    if state_name is None:
        definition = parse_text(machine_text(text), known_resource=known_resource)
        found = (definition.states[STATE_NAME], definition.document["States"][STATE_NAME])
    else:
        definition = parse_text(text, known_resource=known_resource)
        named = _named(definition.machine, definition.document, state_name)
        if named is None:
            raise StateNotFound(state_name)
        found = named
    state, document = found
    if isinstance(state, Map):
        state = dataclasses.replace(state, result_writer=None)  # nothing is written: a test gives the result
    return Subject(dataclasses.replace(state, name=STATE_NAME), document)


def machine_text(text: str) -> str:
    """Return a machine's text around a state's own, untouched, and an end for each place that it leads to.

    Diagnostics of a state that is given alone are about this text. Raises `InvalidDefinition`.
    """
    try:
        state = from_text(text)
    except ValueError:
        raise InvalidDefinition(validate_text(text)) from None
    ends = {name: {"Type": "Succeed"} for name in _targets(state) if name != STATE_NAME}
    rest = "".join(f", {json.dumps(name)}: {json.dumps(end)}" for name, end in ends.items())
    return f'{{"StartAt": "{STATE_NAME}", "States": {{"{STATE_NAME}": {text}{rest}}}}}'


def _targets(state: JSON) -> Iterator[str]:
    if not isinstance(state, dict):
        return
    parts = [state]
    for field in ("Choices", "Catch"):
        listed = state.get(field)
        parts.extend(part for part in (listed if isinstance(listed, list) else ()) if isinstance(part, dict))
    for part in parts:
        for field in ("Next", "Default"):
            if isinstance(part.get(field), str):
                yield part[field]


def _named(
    machine: Machine, document: Mapping[str, JSON], name: str
) -> tuple[State, Mapping[str, JSON]] | None:
    """Return the state and its document; a state on top goes before one that is further in."""
    if name in machine.states:
        return machine.states[name], document["States"][name]
    for outer, state in machine.states.items():
        inner = document["States"][outer]
        documents = inner.get("Branches") or [inner.get("ItemProcessor") or inner.get("Iterator")]
        for nested, part in zip(_machines(state), documents, strict=False):
            found = _named(nested, part, name)
            if found is not None:
                return found
    return None


def _machines(state: State) -> tuple[Machine, ...]:
    match state:
        case Parallel():
            return state.branches
        case Map():
            return (state.processor,)
        case _:
            return ()


def _states(machine: Machine) -> Iterator[tuple[str, State]]:
    for name, state in machine.states.items():
        yield name, state
        for nested in _machines(state):
            yield from _states(nested)
