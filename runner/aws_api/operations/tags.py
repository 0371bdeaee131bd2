"""Tags on state machines and activities."""

from __future__ import annotations

from typing import Any

from people.rights import Right
from runner.models import Activity, Tag

from .. import arns
from ..errors import ApiError
from . import found
from .registry import Call, operation

JSON = Any

MOST_TAGS = 50


@operation("TagResource", Right.EDIT)
def tag_resource(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Give tags to a resource; a key that it has gets the new value."""
    arn = _resource(call, request["resourceArn"])
    write(call, arn, request["tags"])
    return {}


@operation("UntagResource", Right.EDIT)
def untag_resource(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Take tags from a resource; keys that it does not have are no fault."""
    arn = _resource(call, request["resourceArn"])
    _of(call, arn).filter(key__in=request["tagKeys"]).delete()
    return {}


@operation("ListTagsForResource", Right.VIEW)
def list_tags_for_resource(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """List the tags of a resource."""
    rows = _of(call, _resource(call, request["resourceArn"])).order_by("id")
    return {"tags": [{"key": row.key, "value": row.value} for row in rows]}


def write(call: Call, arn: str, tags: list[dict[str, JSON]]) -> None:
    """Write tags; raises TooManyTags."""
    wanted = {tag["key"]: tag.get("value", "") for tag in tags if "key" in tag}
    kept = set(_of(call, arn).values_list("key", flat=True))
    if len(kept | wanted.keys()) > MOST_TAGS:
        message = f"A resource has at most {MOST_TAGS} tags."
        raise ApiError("TooManyTags", message, details={"resourceName": arn})
    rows = [
        Tag(workspace=call.workspace, resource_arn=arn, key=key, value=value) for key, value in wanted.items()
    ]
    Tag.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["workspace", "resource_arn", "key"],
        update_fields=["value"],
    )


def forget(call: Call, arn: str) -> None:
    """Drop the tags of a resource that is gone."""
    _of(call, arn).delete()


def _of(call: Call, arn: str) -> Any:
    return Tag.objects.filter(workspace=call.workspace, resource_arn=arn)


def _resource(call: Call, text: str) -> str:
    arn = arns.parsed(text, "stateMachine", "activity")
    if arn.kind == "stateMachine":
        is_there = found.machine_named(call, arns.unqualified_machine(text)) is not None
    else:
        is_there = arn.is_of(call.workspace) and (
            Activity.objects.filter(workspace=call.workspace, name=arn.rest).exists()
        )
    if not is_there:
        raise ApiError("ResourceNotFound", f"Resource not found: '{text}'", details={"resourceName": text})
    return text
