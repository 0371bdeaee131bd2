"""What every integration is: a pure-looking `start` with its ports handed to it.

An integration imports `asl.errors` and its client library; never models, store or engine, and never
another integration. What must be durable it returns: the engine writes it in the transaction that
takes the result.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

JSON = Any


@dataclass(frozen=True, slots=True)
class Request:
    """One try of a Task state's work."""

    resource: str
    arguments: JSON
    context: Mapping[str, JSON]  # the Context Object
    task_token: str
    idempotency_token: str  # the same for every claim of one attempt
    workspace: int
    execution: str  # its key
    state: str
    attempt: int
    timeout_seconds: float | None = None
    poll: JSON = None  # what the previous `Submitted.poll` carried, when polled again
    region: str = "us-east-1"
    credentials: JSON = None  # the state's evaluated `Credentials`; its RoleArn may name an AWS connection


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The result, at once. An `effect` (a mail to send) is written in the same transaction."""

    output: JSON
    usage: JSON = None
    effect: SendMail | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    error: str
    cause: str


@dataclass(frozen=True, slots=True)
class OpenApproval:
    """Ask people; the engine writes the approval and its mails with the result."""

    question: str
    details: JSON
    approvers: tuple[str, ...]  # e-mail addresses, user names or "group:<name>"
    choices: tuple[Mapping[str, str], ...]  # {Value, Label, Description?, Style?}
    fields: tuple[Mapping[str, JSON], ...] = ()
    comment: str = "optional"  # "none" | "optional" | "required"
    expires_in_seconds: float = 259_200.0
    votes_needed: int = 1
    requester_may_decide: bool = True


@dataclass(frozen=True, slots=True)
class StartChild:
    """Start a nested execution, in the same transaction.

    The engine makes the reply (`ExecutionArn`, `StartDate`): with `wait_for_end` it is what was
    submitted, and the child's end gives the result; without, it is the result. An unknown state
    machine or a name in use fails the attempt in the service's words.
    """

    state_machine_arn: str
    name: str | None
    input: JSON
    wait_for_end: bool
    parsed_output: bool  # `.sync:2`
    waits_for_token: bool = False  # `.waitForTaskToken`: started, then submitted until the token comes


@dataclass(frozen=True, slots=True)
class SendMail:
    to: tuple[str, ...]
    subject: str
    text: str
    html: str | None = None


Effect = OpenApproval | StartChild | SendMail


@dataclass(frozen=True, slots=True)
class Submitted:
    """Started; the end comes later: by callback, by a child, or when polled again."""

    output: JSON
    effect: Effect | None = None
    poll_after_seconds: float | None = None
    poll: JSON = None  # handed back in `Request.poll`
    deadline_seconds: float | None = None
    note: tuple[str, JSON] | None = None  # a NoteType and its details


Outcome = Succeeded | Failed | Submitted


class ConnectionRefused(Exception):
    """No such connection in this workspace, or no right to use it; the message is shown to people."""


class Secrets(Protocol):
    """Connections by name, with the right to use them already checked for this execution's workspace.

    Raises `ConnectionRefused`.
    """

    async def connection(self, name_or_arn: str) -> Connection: ...


@dataclass(frozen=True, slots=True)
class Connection:
    """Credentials plus the hosts they may be used against, decrypted for one call. Never logged."""

    name: str
    kind: str  # "http" | "openai" | "aws" | "embedded_model" | "demo"
    base_url: str | None
    hosts: tuple[str, ...]  # "host:port" pairs it may be used against; empty: the base URL's own
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)
    settings: Mapping[str, JSON] = field(default_factory=dict)  # default model, region, headers ...
    builtin: bool = False  # its exact host and port may be private


@dataclass(frozen=True, slots=True)
class ServiceRefusal(Exception):
    """This server's own Step Functions API refused a call."""

    code: str
    message: str
    status: int
    request_id: str


class StatesApi(Protocol):
    """This server's own Step Functions API, asked as the workflow that runs; raises `ServiceRefusal`."""

    async def __call__(self, operation: str, arguments: Mapping[str, JSON]) -> dict[str, JSON]: ...


@dataclass(frozen=True, slots=True)
class Ports:
    """The ways out that an integration gets; tests hand in others."""

    outbound: Any  # runner.outbound: `.request(...)`, `.openai(connection)`, `.aws(connection, service)`
    secrets: Secrets
    blobs: Any  # runner.blobs.BlobStore
    now: Callable[[], datetime]
    states: StatesApi
    progress: Callable[[str], Awaitable[None]]  # partial model text so far; keeps the attempt's lease fresh


class Integration(Protocol):
    """One module or folder in this package holds one; `registry.py` maps Resource names to them."""

    repeatable: bool  # may a lost claim be repeated? (effects happen at least once)

    async def start(self, request: Request, ports: Ports) -> Outcome: ...
