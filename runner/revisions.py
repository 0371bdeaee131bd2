"""Revisions made ready to run, kept for as long as they are in use."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache

from asl.parse import parse_published
from asl.quotas import EXPRESS_SECONDS, PROFILES, Quotas
from asl.states import Definition
from runner import history_log
from runner.models import MapRun, Revision, StateMachine


@dataclass(frozen=True, slots=True)
class Compiled:
    """What every execution of one revision has in common."""

    definition: Definition
    quotas: Quotas
    workspace_id: int
    state_machine_id: int
    state_machine_arn: str
    state_machine_name: str
    role_arn: str
    is_express: bool
    logging: history_log.Logging | None  # None: nothing is logged

    def execution_arn(self, name: str, key: object) -> str:
        """Return the ARN of an execution of this revision; express ones are told apart by their key."""
        if self.is_express:
            return f"{self.state_machine_arn.replace(':stateMachine:', ':express:')}:{name}:{key}"
        return f"{self.state_machine_arn.replace(':stateMachine:', ':execution:')}:{name}"


# A revision never changes, so what was parsed once stays true; the bound is for memory alone.
@lru_cache(maxsize=512)
def compiled(revision_id: int, map_run_id: int | None = None) -> Compiled:
    """Return the parsed definition of a revision with the names that its executions carry.

    The children of a Map Run run its ItemProcessor alone, and carry its label with the machine's name.
    """
    if map_run_id is not None:
        return _of_map_run(map_run_id)
    revision = Revision.objects.select_related("state_machine__workspace").get(pk=revision_id)
    machine = revision.state_machine
    is_express = machine.type == StateMachine.Type.EXPRESS
    quotas = PROFILES[machine.quota_profile or machine.workspace.quota_profile]
    return Compiled(
        definition=parse_published(revision.definition),
        quotas=replace(quotas, execution_seconds=EXPRESS_SECONDS) if is_express else quotas,
        workspace_id=machine.workspace_id,
        state_machine_id=machine.pk,
        state_machine_arn=machine.arn,
        state_machine_name=machine.name,
        role_arn=revision.role_arn,
        is_express=is_express,
        logging=history_log.asked_for(revision.configuration),
    )


def _of_map_run(map_run_id: int) -> Compiled:
    run = MapRun.objects.select_related("execution").get(pk=map_run_id)
    around = compiled(run.execution.revision_id, run.execution.map_run_id)
    scope = tuple((name, index) for name, index in json.loads(run.scope))
    seconds = EXPRESS_SECONDS if run.is_express else around.quotas.execution_seconds
    return replace(
        around,
        definition=around.definition.processor_at(scope, run.state),
        quotas=replace(around.quotas, execution_seconds=seconds),
        state_machine_arn=f"{around.state_machine_arn.partition('/')[0]}/{run.label}",
        state_machine_name=f"{around.state_machine_name.partition('/')[0]}/{run.label}",
        is_express=run.is_express,
    )
