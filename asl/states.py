"""The parsed definition: every expression is compiled here once, so that a step only evaluates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from .choice_rules import Rule
from .query.jsonata import JsonataExpression
from .query.jsonpath import Path, ReferencePath
from .query.scope import Expression
from .query.templates import Constant, FieldPath

JSON = Any


class Discard(Enum):
    """A path field that is null: the input becomes {}, the result or the output is left out."""

    NULL = "null"


InputPath = Path | Discard | None  # None: the field is absent, everything passes


@dataclass(frozen=True, slots=True)
class Transform:
    """What a state does with its data; None stands for an absent field."""

    jsonata: bool = False
    input_path: InputPath = None
    arguments: Expression | None = None  # Parameters, or Arguments in JSONata
    result_selector: Expression | None = None
    result_path: ReferencePath | Discard | None = None
    output_path: InputPath = None
    assign: Expression | None = None
    output: Expression | None = None  # JSONata only


@dataclass(frozen=True, slots=True)
class Retrier:
    error_equals: tuple[str, ...]
    interval_seconds: float = 1
    max_attempts: int = 3
    backoff_rate: float = 2.0
    max_delay_seconds: float | None = None
    full_jitter: bool = False


@dataclass(frozen=True, slots=True)
class Catcher:
    error_equals: tuple[str, ...]
    next: str
    result_path: ReferencePath | Discard | None = None
    assign: Expression | None = None
    output: Expression | None = None


@dataclass(frozen=True, slots=True)
class ErrorHandling:
    retry: tuple[Retrier, ...] = ()
    catch: tuple[Catcher, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A value that may be given by an expression: `SecondsPath`, or `{% ... %}`."""

    name: str  # as written in the definition
    expression: Expression
    is_path: bool = False
    text: str = ""  # the path as written


@dataclass(frozen=True, slots=True)
class Pass:
    name: str
    next: str | None
    transform: Transform
    has_result: bool = False
    result: JSON = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A Task state's `Resource`, taken apart as histories show it."""

    arn: str
    family: str  # "task" | "lambda" | "activity": which history events its attempts write
    type: str  # resourceType: "lambda", "aws-sdk:s3" ...
    name: str  # resource: "invoke", "sendMessage.waitForTaskToken" ...
    waits_for_token: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    next: str | None
    transform: Transform
    handling: ErrorHandling
    resource: Resource
    timeout: Field | None = None
    heartbeat: Field | None = None
    credentials: Expression | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One Choice Rule and where it leads; `condition` is a JSONata expression or a rule."""

    condition: Rule | JsonataExpression | Expression
    next: str
    assign: Expression | None = None
    output: Expression | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    transform: Transform  # assign and output: those of the default
    branches: tuple[Branch, ...]
    default: str | None


@dataclass(frozen=True, slots=True)
class Wait:
    name: str
    next: str | None
    transform: Transform
    seconds: Field | None = None
    timestamp: Field | None = None


@dataclass(frozen=True, slots=True)
class Succeed:
    name: str
    transform: Transform


@dataclass(frozen=True, slots=True)
class Fail:
    name: str
    transform: Transform
    error: Expression | None = None
    cause: Expression | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """States and where they start: a whole definition, a branch, or an ItemProcessor."""

    start_at: str
    states: Mapping[str, State]


@dataclass(frozen=True, slots=True)
class Parallel:
    name: str
    next: str | None
    transform: Transform
    handling: ErrorHandling
    branches: tuple[Machine, ...]


@dataclass(frozen=True, slots=True)
class Batcher:
    """A Map state's ItemBatcher."""

    most_items: Field | None = None
    most_bytes: Field | None = None
    shared: Expression | None = None  # BatchInput


@dataclass(frozen=True, slots=True)
class Map:
    name: str
    next: str | None
    transform: Transform
    handling: ErrorHandling
    processor: Machine
    distributed: bool = False
    express: bool = False  # what the children of a distributed Map are
    items_path: FieldPath | Constant | None = None
    items: Expression | None = None  # JSONata
    item_selector: Expression | None = None
    selector_reads_input: bool = False
    item_reader: Mapping[str, JSON] | None = None
    item_batcher: Batcher | None = None
    result_writer: Mapping[str, JSON] | None = None
    max_concurrency: Field | None = None
    tolerated_failure_count: Field | None = None
    tolerated_failure_percentage: Field | None = None
    label: str | None = None


State = Pass | Task | Choice | Wait | Succeed | Fail | Parallel | Map


@dataclass(frozen=True, slots=True)
class Definition:
    """A parsed ASL document."""

    machine: Machine
    timeout_seconds: float | None = None
    comment: str | None = None
    version: str | None = None
    jsonata: bool = False
    document: Mapping[str, JSON] = field(default_factory=dict, compare=False, repr=False)

    @property
    def start_at(self) -> str:
        return self.machine.start_at

    @property
    def states(self) -> Mapping[str, State]:
        return self.machine.states

    def machine_at(self, scope: tuple[tuple[str, int], ...]) -> Machine:
        """Return the machine that a frame with this scope runs."""
        machine = self.machine
        for container, index in scope:
            state = machine.states[container]
            machine = state.branches[index] if isinstance(state, Parallel) else state.processor  # type: ignore[union-attr]
        return machine

    def processor_at(self, scope: tuple[tuple[str, int], ...], state: str) -> Definition:
        """Return what the children of a distributed Map state run: its ItemProcessor alone."""
        container = self.machine_at(scope).states[state]
        assert isinstance(container, Map)
        return Definition(container.processor, jsonata=container.transform.jsonata)
