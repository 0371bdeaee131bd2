"""Activities, and the long poll of their workers."""

from __future__ import annotations

from typing import Any

from people.rights import Right
from runner import activities, polling
from runner.models import Activity
from runner.row_threads import in_thread

from .. import arns
from ..errors import ApiError
from ..paging import page
from . import configuration, tags
from .registry import Call, operation

JSON = Any


@operation("CreateActivity", Right.EDIT)
def create_activity(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Make an activity; the same request again finds the one that it made."""
    name, given = request["name"], configuration.requested(request)
    try:
        activity, created = activities.create(call.workspace, name, given)
    except activities.InvalidName:
        raise ApiError("InvalidName", f"Invalid Name: '{name}'") from None
    if created:
        tags.write(call, activity.arn, request.get("tags", []))
    return {"activityArn": activity.arn, "creationDate": activity.created_at}


@operation("DescribeActivity", Right.VIEW)
def describe_activity(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Describe an activity."""
    activity = _found(call, request["activityArn"])
    encryption = activity.configuration.get("encryptionConfiguration", configuration.OWN_KEY)
    return {**_summary(activity), "encryptionConfiguration": encryption}


@operation("DeleteActivity", Right.EDIT)
def delete_activity(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Delete an activity; one that is not there is no fault."""
    try:
        activities.delete(_found(call, request["activityArn"]))
    except ApiError as error:
        if error.code != "ActivityDoesNotExist":
            raise
    return {}


@operation("ListActivities", Right.VIEW)
def list_activities(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """List the activities by name."""
    rows = activities.named(call.workspace.pk)

    def read(after: str | None, count: int) -> list[Activity]:
        return list((rows.filter(name__gt=after) if after else rows)[:count])

    shown, token = page(call, request, read, lambda row: row.name)
    return {"activities": [_summary(row) for row in shown], "nextToken": token}


@operation("GetActivityTask", Right.RUN, ends_with_client=True)
async def get_activity_task(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Wait for a task of an activity, up to a minute; without one the answer is empty."""
    call.require(Right.SEE_DATA)  # the task's input is data of an execution
    arn = request["activityArn"]
    await in_thread(_found, call, arn)
    try:
        handed = await polling.next_task(call.workspace.pk, arn, request.get("workerName", ""))
    except polling.TooManyPolls:
        raise ApiError(
            "ActivityWorkerLimitExceeded", f"Too many workers are polling the activity: '{arn}'"
        ) from None
    return {"taskToken": handed.task_token, "input": handed.input_text} if handed is not None else {}


def _found(call: Call, text: str) -> Activity:
    arns.parsed(text, "activity")
    try:
        return activities.find(call.workspace, text)
    except activities.ActivityDoesNotExist as error:
        raise ApiError("ActivityDoesNotExist", str(error)) from None


def _summary(activity: Activity) -> dict[str, JSON]:
    return {"activityArn": activity.arn, "name": activity.name, "creationDate": activity.created_at}
