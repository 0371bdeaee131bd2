"""Activities: names under which workers outside ask for work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from people.models import Workspace
from runner.models import Activity, Tag
from runner.state_machines import InvalidName, check_name
from runner.store import offered

__all__ = ["ActivityDoesNotExist", "InvalidName", "create", "delete", "find", "named", "waiting"]

JSON = Any


class ActivityDoesNotExist(Exception):
    """No activity of this workspace has the ARN."""

    def __init__(self, arn: str) -> None:
        super().__init__(f"Activity Does Not Exist: '{arn}'")


def create(
    workspace: Workspace, name: str, configuration: dict[str, JSON] | None = None
) -> tuple[Activity, bool]:
    """Make an activity, or find the one of that name, and say whether it is new; raises `InvalidName`."""
    check_name(name)
    try:
        with transaction.atomic():
            made, created = Activity.objects.select_related("workspace").get_or_create(
                workspace=workspace, name=name, defaults={"configuration": configuration or {}}
            )
    except IntegrityError:  # somebody made it in between
        made, created = named(workspace.pk).get(name=name), False
    return made, created


def named(workspace_id: int) -> QuerySet[Activity]:
    """Return the activities of a workspace by name."""
    return Activity.objects.filter(workspace_id=workspace_id).select_related("workspace").order_by("name")


def find(workspace: Workspace, arn: str) -> Activity:
    """Return the activity with this ARN; raises `ActivityDoesNotExist`."""
    home = f"arn:aws:states:{settings.CUELIGHT_REGION}:{workspace.number}:activity:"
    found = named(workspace.pk).filter(name=arn.removeprefix(home)).first() if arn.startswith(home) else None
    if found is None:
        raise ActivityDoesNotExist(arn)
    return found


def delete(activity: Activity) -> None:
    """Forget an activity and its tags; tasks that were scheduled stay until they are ended or time out."""
    with transaction.atomic():
        Tag.objects.filter(workspace_id=activity.workspace_id, resource_arn=activity.arn).delete()
        activity.delete()


def waiting(activities: Iterable[Activity]) -> dict[str, int]:
    """Return how many tasks of each activity wait for a worker, by ARN."""
    return offered.counts(activity.arn for activity in activities)
