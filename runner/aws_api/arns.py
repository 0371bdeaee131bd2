"""ARNs taken apart, with the service's words for those that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings

from people.models import Workspace

from .errors import ApiError, invalid_arn

_PREFIX = re.compile(r"arn:aws[a-z-]*:states:")


@dataclass(frozen=True, slots=True)
class Arn:
    """`arn:aws:states:<region>:<account>:<kind>:<rest>`."""

    text: str
    region: str
    account: str
    kind: str
    rest: str

    def is_of(self, workspace: Workspace) -> bool:
        """Say whether the ARN can name something of this workspace."""
        return self.region == settings.CUELIGHT_REGION and self.account == workspace.number


def parsed(text: str, *kinds: str) -> Arn:
    """Return the parts of an ARN of one of these kinds; raises `InvalidArn`."""
    if not _PREFIX.match(text):
        raise invalid_arn(f"Invalid ARN prefix: {text}")
    parts = text.split(":", 6)
    if len(parts) < 7 or not parts[6]:
        raise invalid_arn(f"Invalid ARN: {text}")
    arn = Arn(text, region=parts[3], account=parts[4], kind=parts[5], rest=parts[6])
    if arn.kind not in kinds:
        raise invalid_arn(f"Resource type not valid in this context: {arn.kind}")
    return arn


@dataclass(frozen=True, slots=True)
class MachineArn:
    """A state machine's ARN, qualified by a version's number, by an alias, or by neither."""

    arn: Arn
    name: str
    qualifier: str | None

    @property
    def unqualified(self) -> str:
        return self.arn.text if self.qualifier is None else self.arn.text.rpartition(":")[0]

    @property
    def version(self) -> int | None:
        """The version's number, or None for an alias and for neither."""
        text = self.qualifier
        return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def machine(text: str) -> MachineArn:
    """Return the parts of a state machine's ARN; raises `InvalidArn`."""
    arn = parsed(text, "stateMachine")
    name, qualified, qualifier = arn.rest.partition(":")
    if not name or (qualified and (not qualifier or ":" in qualifier)):
        raise invalid_arn(f"Invalid ARN: {text}")
    return MachineArn(arn, name, qualifier if qualified else None)


def unqualified_machine(text: str) -> MachineArn:
    """Return the parts of a state machine's ARN that names no version and no alias."""
    found = machine(text)
    if found.qualifier is not None:
        raise ApiError("ValidationException", f"State machine ARN must be unqualified: {text}")
    return found
