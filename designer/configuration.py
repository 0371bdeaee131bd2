"""What a workflow carries besides its definition: logging and tracing as the service has them, and tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from designer.models import Workflow
from people import audit
from runner import state_machines
from runner.models import Tag

JSON = Any

LEVELS = ("OFF", "ERROR", "FATAL", "ALL")
# https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html
MOST_TAGS = 50


class NotPublished(Exception):
    """Logging and tracing belong to what runs, and nothing does yet."""


class TooManyTags(Exception):
    """A workflow has as many tags as one may have."""


def read(workflow: Workflow) -> dict[str, JSON]:
    """Return the settings; those of a workflow that was never published are the service's defaults."""
    revision = workflow.state_machine.current_revision
    kept: Mapping[str, JSON] = revision.configuration if revision else {}
    logging = kept.get("loggingConfiguration") or {}
    return {
        "published": revision is not None,
        "role_arn": revision.role_arn if revision else "",
        "logging_level": logging.get("level", "OFF"),
        "log_data": bool(logging.get("includeExecutionData", False)),
        "tracing": bool((kept.get("tracingConfiguration") or {}).get("enabled", False)),
        "tags": [{"key": tag.key, "value": tag.value} for tag in _tags(workflow).order_by("key")],
    }


def change(
    workflow: Workflow,
    by: str,
    *,
    logging_level: str | None = None,
    log_data: bool | None = None,
    tracing: bool | None = None,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Write what is given, all of it or nothing; raises `NotPublished` or `TooManyTags`.

    Logging and tracing make a new revision of what runs, as UpdateStateMachine does.
    """
    with transaction.atomic():
        if logging_level is not None or log_data is not None or tracing is not None:
            _write_revision(workflow, by, logging_level, log_data, tracing)
        if tags is not None:
            if len(tags) > MOST_TAGS:
                raise TooManyTags(workflow.state_machine.name)
            _tags(workflow).delete()
            arn = workflow.state_machine.arn
            Tag.objects.bulk_create(
                Tag(workspace_id=workflow.workspace_id, resource_arn=arn, key=key, value=value)
                for key, value in tags.items()
            )
        audit.record(by, "workflow configured", workflow.state_machine.name, workspace=workflow.workspace_id)


def _write_revision(
    workflow: Workflow, by: str, level: str | None, data: bool | None, tracing: bool | None
) -> None:
    machine = workflow.state_machine
    if machine.current_revision is None:
        raise NotPublished(machine.name)
    kept = machine.current_revision.configuration
    logging = {"level": "OFF", "includeExecutionData": False, **(kept.get("loggingConfiguration") or {})}
    if level is not None:
        logging["level"] = level
    if data is not None:
        logging["includeExecutionData"] = data
    written: dict[str, JSON] = {"loggingConfiguration": logging}
    if tracing is not None:
        written["tracingConfiguration"] = {"enabled": tracing}
    state_machines.publish_revision(machine, None, by, configuration=written)


def _tags(workflow: Workflow) -> Any:
    return Tag.objects.filter(workspace_id=workflow.workspace_id, resource_arn=workflow.state_machine.arn)
