"""Revisions made ready to run, kept for as long as they are in use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from asl.parse import parse_text
from asl.quotas import PROFILES, Quotas
from asl.states import Definition
from runner.models import Revision


@dataclass(frozen=True, slots=True)
class Compiled:
    """What every execution of one revision has in common."""

    definition: Definition
    quotas: Quotas
    workspace_id: int
    state_machine_id: int
    state_machine_arn: str
    state_machine_name: str
    execution_arn_prefix: str  # followed by the execution's name


# A revision never changes, so what was parsed once stays true; the bound is for memory alone.
@lru_cache(maxsize=512)
def compiled(revision_id: int) -> Compiled:
    """Return the parsed definition of a revision with the names that its executions carry."""
    revision = Revision.objects.select_related("state_machine__workspace").get(pk=revision_id)
    machine = revision.state_machine
    return Compiled(
        definition=parse_text(revision.definition),
        quotas=PROFILES[machine.workspace.quota_profile],
        workspace_id=machine.workspace_id,
        state_machine_id=machine.pk,
        state_machine_arn=machine.arn,
        state_machine_name=machine.name,
        execution_arn_prefix=machine.arn.replace(":stateMachine:", ":execution:") + ":",
    )
