"""State machines: made, given revisions and versions, found by their ARN."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.dispatch import Signal

from asl.errors import Diagnostic, InvalidDefinition
from asl.parse import parse_text
from asl.validate import validate_text
from people.models import Workspace
from runner import aliases, not_done
from runner.connections import BUILTIN_NAMES
from runner.integrations import registry
from runner.models import Alias, Revision, StateMachine, Version

# https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
_FORBIDDEN_IN_NAMES = re.compile(r"[\s<>{}\[\]?*\"#%\\^|~`$&,;:/\x00-\x1f\x7f-\x9f\ud800-\udfff]")
MOST_CHARACTERS_IN_NAME = 80


class InvalidName(ValueError):
    """A name that the service would refuse; the message says why."""


class NameTaken(Exception):
    """Another state machine of the workspace has the name."""


class NameFixed(Exception):
    """A machine that has revisions is known by its name: its ARN holds it."""


# Told within the transaction, with `machine`, the new `revision` and the one `before` it (or None).
revised = Signal()


@dataclass(frozen=True, slots=True)
class Target:
    """What an ARN means to a start: the revision to run, and the version or alias where one was named."""

    state_machine: StateMachine
    revision: Revision | None  # None: nothing was published yet
    version: Version | None
    alias: Alias | None = None


def diagnose(definition: str, type: str = StateMachine.Type.STANDARD) -> list[Diagnostic]:
    """Return everything that is wrong with a definition, its Resources included."""
    found = validate_text(definition, known_resource=registry.known, machine_type=type)
    return [*found, *not_done.warnings(definition)]


def why_it_cannot_run(definition: str) -> list[Diagnostic]:
    """Return what keeps a definition without errors from running: placeholders that stand for structure."""
    try:
        parse_text(definition)
    except InvalidDefinition as error:
        return list(error.diagnostics)
    return []


def errors_among(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return those that keep a definition from running."""
    return [diagnostic for diagnostic in diagnostics if diagnostic.severity == "ERROR"]


def check_name(name: str) -> str:
    """Return a name that an ARN can hold; raises `InvalidName`."""
    if not name:
        raise InvalidName("A name is needed.")
    if len(name) > MOST_CHARACTERS_IN_NAME:
        raise InvalidName(f"A name has at most {MOST_CHARACTERS_IN_NAME} characters.")
    if found := _FORBIDDEN_IN_NAMES.search(name):
        shown = "white space" if found[0].isspace() else f"“{found[0]}”" if found[0].isprintable() else ""
        raise InvalidName(
            f"A name stands in the ARN and may not hold {shown or 'control characters'}: "
            "use letters, digits, - and _."
        )
    return name


def create(
    workspace: Workspace, name: str, type: str = StateMachine.Type.STANDARD, *, quota_profile: str = ""
) -> StateMachine:
    """Make a state machine without a revision; raises `InvalidName` or `NameTaken`."""
    check_name(name)
    try:
        with transaction.atomic():
            return StateMachine.objects.create(
                workspace=workspace, name=name, type=type, quota_profile=quota_profile
            )
    except IntegrityError:
        raise NameTaken(name) from None


def has_fixed_name(machine: StateMachine) -> bool:
    """Say whether a machine has a revision, of a trial or of what was published: its ARN is known then."""
    return machine.revisions.exists()


def rename(machine: StateMachine, name: str) -> None:
    """Give another name to a machine that has no revision yet; raises as `create` and `NameFixed`."""
    if name == machine.name:
        return
    check_name(name)
    try:
        with transaction.atomic():
            renamed = StateMachine.objects.filter(pk=machine.pk, revisions__isnull=True).update(name=name)
    except IntegrityError:
        raise NameTaken(name) from None
    if not renamed:
        raise NameFixed(machine.name)
    machine.name = name


def publish_revision(
    machine: StateMachine,
    definition: str | None,
    by: str,
    *,
    role_arn: str | None = None,
    configuration: Mapping[str, Any] | None = None,
) -> Revision:
    """Make this definition what an unqualified ARN runs; what is None stays, and no change is no revision.

    The caller has seen that `diagnose` finds no error. Tells `revised` when there is a new revision.
    """
    with transaction.atomic():
        current = locked(machine).current_revision
        wanted = Revision(
            state_machine=machine,
            definition=definition if definition is not None else current.definition if current else "",
            role_arn=role_arn if role_arn is not None else current.role_arn if current else "",
            configuration={**(current.configuration if current else {}), **(configuration or {})},
            created_by=by,
        )
        if current is None or _content(current) != _content(wanted):
            before = current
            current = _numbered(wanted)
            StateMachine.objects.filter(pk=machine.pk).update(current_revision=current)
            machine.current_revision = current
            revised.send(StateMachine, machine=machine, revision=current, before=before)
        machine.current_revision = current
        return current


def draft_revision(
    machine: StateMachine, definition: str, by: str, trial: dict[str, Any] | None = None
) -> Revision:
    """Return a revision that runs this definition without publishing it; the newest serves if it is equal.

    `trial` says what of a draft is tried: until, from and pinned.
    """
    with transaction.atomic():
        locked(machine)
        newest = machine.revisions.order_by("-number").first()
        if newest is not None and newest.draft and (newest.definition, newest.trial) == (definition, trial):
            return newest
        current = machine.current_revision
        return _numbered(
            Revision(
                state_machine=machine,
                definition=definition,
                draft=True,
                trial=trial,
                # Tried out under the settings that it would be published with.
                role_arn=current.role_arn if current else "",
                configuration=current.configuration if current else {},
                created_by=by,
            )
        )


def publish_version(revision: Revision, description: str, by: str) -> Version:
    """Give a revision the next version number, or return the version that it has, as the service does."""
    with transaction.atomic():
        machine = locked(revision.state_machine)
        existing = revision.versions.order_by("-number").first()
        if existing is not None:
            return existing
        newest = machine.versions.aggregate(newest=Max("number"))["newest"] or 0
        number = max(newest + 1, machine.next_version)
        StateMachine.objects.filter(pk=machine.pk).update(next_version=number + 1)
        return Version.objects.create(
            state_machine=machine,
            number=number,
            revision=revision,
            description=description,
            created_by=by,
        )


def list_machines(workspace: Workspace) -> QuerySet[StateMachine]:
    """Return the published machines of a workspace by name, with what their ARN needs."""
    machines = StateMachine.objects.filter(
        workspace=workspace, current_revision__isnull=False, deleted_at=None
    )
    return machines.select_related("workspace").order_by("name")


def find_by_arn(arn: str, workspace: Workspace) -> Target | None:
    """Return what an ARN of this workspace names, with or without a version or alias; None for nothing.

    An alias chooses one of its versions anew each time.
    """
    prefix = f"arn:aws:states:{settings.CUELIGHT_REGION}:{workspace.number}:stateMachine:"
    if not arn.startswith(prefix):
        return None
    name, qualified, number = arn.removeprefix(prefix).partition(":")
    machines = StateMachine.objects.select_related("workspace", "current_revision")
    machine = machines.filter(workspace=workspace, name=name, deleted_at=None).first()
    if machine is None:
        return None
    if not qualified:
        return Target(machine, machine.current_revision, None)
    if number.isascii() and number.isdigit() and len(number) < 10:
        return target_of_version(machine, int(number))
    return target_of_alias(machine, number)


def target_of_version(machine: StateMachine, number: int) -> Target | None:
    """Return what a version means to a start; None where there is no such version."""
    version = machine.versions.select_related("revision").filter(number=number).first()
    return None if version is None else Target(machine, version.revision, version)


def target_of_alias(machine: StateMachine, name: str) -> Target | None:
    """Return what this start by an alias runs, chosen by its weights; None where there is no such alias."""
    alias = aliases.find(machine, name)
    if alias is None:
        return None
    chosen = aliases.choose(alias, random.random())  # noqa: S311 (a share, not a secret)
    return Target(machine, chosen.revision, chosen, alias)


def names_connection(definition: str) -> bool:
    """Say whether a definition names a connection that is not built in, or works its name out by itself."""
    try:
        document = json.loads(definition)
    except (ValueError, RecursionError):
        return False
    return any(name.rpartition(":connection:")[2] not in BUILTIN_NAMES for name in _connections(document))


def _connections(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for name, inner in value.items():
                if name.removesuffix(".$") in ("Connection", "ConnectionArn") and isinstance(inner, str):
                    yield inner
                else:
                    yield from _connections(inner)
        case list():
            for inner in value:
                yield from _connections(inner)


def naming(workspace: Workspace, texts: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return in how many published definitions one of each name's texts stands, in one query."""
    current = Revision.objects.filter(
        state_machine__workspace=workspace, pk=F("state_machine__current_revision")
    )
    counts = {}
    for number, wanted in enumerate(texts.values()):
        any_of = Q(pk__in=())
        for text in wanted:
            any_of |= Q(definition__contains=text)
        counts[f"n{number}"] = Count("pk", filter=any_of)
    found = current.aggregate(**counts) if counts else {}
    return {name: found[f"n{number}"] for number, name in enumerate(texts)}


def locked(machine: StateMachine) -> StateMachine:
    """Return the machine as its row says now, held: numbers are given, and its end decided, one by one."""
    rows = StateMachine.objects.select_for_update(of=("self",)).select_related("current_revision")
    return rows.get(pk=machine.pk)


def _content(revision: Revision) -> tuple[str, str, dict[str, Any]]:
    return revision.definition, revision.role_arn, revision.configuration


def _numbered(revision: Revision) -> Revision:
    newest = revision.state_machine.revisions.aggregate(newest=Max("number"))["newest"] or 0
    revision.number = newest + 1
    revision.save(force_insert=True)
    return revision
