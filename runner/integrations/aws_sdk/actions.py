"""Finds the botocore service and operation behind `aws-sdk:<service>:<action>`."""

from __future__ import annotations

import functools
import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Action:
    """One operation: botocore's name of its service, its own name and method, and its shapes."""

    service: str
    name: str  # as in the service's model
    method: str
    input: Any
    output: Any


@functools.cache
def action_named(service: str, action: str) -> Action | None:
    """Returns the action, or None where AWS has none of that name. The first look takes a while."""
    import botocore.session
    from botocore import xform_name

    ours = service_named(service)
    if ours is None:
        return None
    model = botocore.session.get_session().get_service_model(ours)
    for name in model.operation_names:
        if name.lower() == action.lower() and action[:1].islower():
            operation = model.operation_model(name)
            # A stream of events cannot be a state's result; the service leaves these out too.
            if operation.has_event_stream_input or operation.has_event_stream_output:
                return None
            return Action(ours, name, xform_name(name), operation.input_shape, operation.output_shape)
    return None


# Services that AWS has ended, and that definitions of older days still name.
RETIRED = frozenset(
    {
        "alexaforbusiness", "backupstorage", "codestar", "honeycode", "iot1clickdevices", "iot1clickprojects",
        "iotanalytics", "iotfleethub", "lookoutmetrics", "lookoutvision", "mobile", "nimble", "opsworks",
        "opsworkscm", "privatenetworks", "qldb", "qldbsession", "robomaker", "sms", "worklink",
    }
)  # fmt: skip


def service_named(service: str) -> str | None:
    """Returns botocore's name for a service as Step Functions writes it: `sfn` is `stepfunctions`."""
    return _services().get(service)


@functools.cache
def _services() -> dict[str, str]:
    """Maps each service id, lower case and without marks, to botocore's name.

    Only the head of each model is read: parsing all four hundred takes seconds.
    """
    import botocore.session

    loader = botocore.session.get_session().get_component("data_loader")
    found: dict[str, str] = {}
    for root in loader.search_paths:
        for file in sorted(Path(root).glob("*/*/service-2.json*")):
            service = file.parent.parent.name
            if head := _service_id(file):
                found[_plain(head)] = service
            found.setdefault(_plain(service), service)
    return found


def _service_id(file: Path) -> str | None:
    opener: Any = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as stream:
        match = re.search(r'"serviceId"\s*:\s*"([^"]+)"', stream.read(4096))
    return match[1] if match else None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
