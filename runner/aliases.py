"""Aliases: names that stand still while the versions behind them change, one version or a share of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from runner.models import Alias, Route, StateMachine, Version

# https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html
_NAME = re.compile(r"^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+\Z")
MOST_CHARACTERS_IN_NAME = 80
MOST_ROUTES = 2
# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
MOST_ALIASES = 100


@dataclass(frozen=True, slots=True)
class Share:
    """The part of an alias's starts that a version gets, in per cent."""

    version: Version
    weight: int


class InvalidAliasName(ValueError):
    """A name that the service would refuse; the message says why."""


class InvalidRouting(ValueError):
    """Shares that the service would refuse; the message says why."""


class AliasTaken(Exception):
    """The machine has an alias of this name that says something else."""


class TooManyAliases(Exception):
    """The machine has as many aliases as one may have."""


def check_name(name: str) -> str:
    """Return a name that can follow a machine's ARN and is no version's number; raises `InvalidAliasName`."""
    if not name:
        raise InvalidAliasName("A name is needed.")
    if len(name) > MOST_CHARACTERS_IN_NAME:
        raise InvalidAliasName(f"A name has at most {MOST_CHARACTERS_IN_NAME} characters.")
    if not _NAME.match(name):
        raise InvalidAliasName(
            "A name holds letters, digits, - _ and . and is more than a number, which names a version."
        )
    return name


def check_routing(machine: StateMachine, routing: Sequence[Share]) -> None:
    """Raise `InvalidRouting` unless these are one or two versions of the machine that share 100 per cent."""
    if not 1 <= len(routing) <= MOST_ROUTES:
        raise InvalidRouting("An alias points to one version or shares starts out among two.")
    if any(share.version.state_machine_id != machine.pk for share in routing):
        raise InvalidRouting("An alias points to versions of its own workflow.")
    if len({share.version.pk for share in routing}) < len(routing):
        raise InvalidRouting("The two versions must differ.")
    if any(not 0 <= share.weight <= 100 for share in routing):
        raise InvalidRouting("A share is between 0 and 100 per cent.")
    if sum(share.weight for share in routing) != 100:
        raise InvalidRouting("The shares must add up to 100 per cent.")


def create(machine: StateMachine, name: str, description: str, routing: Sequence[Share]) -> Alias:
    """Make an alias, or return the one that says just this already, as the service does.

    Raises `InvalidAliasName`, `InvalidRouting`, `AliasTaken` or `TooManyAliases`.
    """
    check_name(name)
    check_routing(machine, routing)
    with transaction.atomic():
        _lock(machine)
        existing = find(machine, name)
        if existing is not None:
            if existing.description != description or _weights(shares(existing)) != _weights(routing):
                raise AliasTaken(name)
            return existing
        if machine.aliases.count() >= MOST_ALIASES:
            raise TooManyAliases(name)
        alias = Alias.objects.create(state_machine=machine, name=name, description=description)
        _write_routes(alias, routing)
        return alias


def change(alias: Alias, *, description: str | None = None, routing: Sequence[Share] | None = None) -> None:
    """Write what is given; the next start goes by it. Raises `InvalidRouting`, or `Alias.DoesNotExist`."""
    if routing is not None:
        check_routing(alias.state_machine, routing)
    with transaction.atomic():
        _lock(alias.state_machine)
        # Somebody may have deleted it since it was read.
        locked = Alias.objects.get(pk=alias.pk)
        if description is not None:
            locked.description = description
        if routing is not None:
            locked.routes.all().delete()
            _write_routes(locked, routing)
        locked.updated_at = timezone.now()
        locked.save(update_fields=["description", "updated_at"])
    alias.description, alias.updated_at = locked.description, locked.updated_at


def delete(machine: StateMachine, name: str) -> bool:
    """Remove an alias and say whether there was one; its versions and what they run stay."""
    deleted, _ = Alias.objects.filter(state_machine=machine, name=name).delete()
    return deleted > 0


def find(machine: StateMachine, name: str) -> Alias | None:
    """Return the machine's alias of this name."""
    return Alias.objects.filter(state_machine=machine, name=name).first()


def of_machine(machine: StateMachine, version: Version | None = None) -> QuerySet[Alias]:
    """Return the aliases of a machine by name, with their routes; of one version, those that point to it."""
    found = Alias.objects.filter(state_machine=machine).prefetch_related("routes__version")
    if version is not None:
        found = found.filter(routes__version=version)
    return found.order_by("name")


def shares(alias: Alias) -> list[Share]:
    """Return what the alias points to, the larger share first."""
    routes = sorted(alias.routes.all(), key=lambda route: (-route.weight, -route.version.number))
    return [Share(route.version, route.weight) for route in routes]


def choose(alias: Alias, draw: float) -> Version:
    """Return the version that this start runs; `draw` is a random number from 0 up to 1."""
    mark = draw * 100
    routing = shares(alias)
    for share in routing:
        if mark < share.weight:
            return share.version
        mark -= share.weight
    return routing[0].version


def _weights(routing: Sequence[Share]) -> dict[int, int]:
    return {share.version.pk: share.weight for share in routing}


def _write_routes(alias: Alias, routing: Sequence[Share]) -> None:
    Route.objects.bulk_create(
        Route(alias=alias, version=share.version, weight=share.weight) for share in routing
    )


def _lock(machine: StateMachine) -> None:
    # Whoever counts the aliases of a machine, or writes one anew, holds the machine's row.
    StateMachine.objects.select_for_update(of=("self",)).get(pk=machine.pk)
