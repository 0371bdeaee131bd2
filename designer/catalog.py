"""What the palette offers: integrations, flow states, and patterns as ready sub-graphs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from designer import patterns
from people.models import Workspace
from runner import activities
from runner.integrations import aws_sdk, registry
from runner.integrations.aws_sdk import PREFIX as PLAIN
from runner.integrations.aws_sdk import forms
from runner.integrations.description import Description
from runner.integrations.resource import parsed
from runner.models import Activity

JSON = Any

# More would bury everything else; any other is named by its ARN.
MOST_ACTIVITIES = 50


OPTIMISED = "arn:aws:states:::"
SUFFIXES = ("", ".sync", ".waitForTaskToken")
# What people run most often and wait for, with the service's name as people say it; every other one is
# found by searching. Told here, since reading the models of AWS would make the palette wait.
WANTED_JOBS = {
    "athena:startQueryExecution": "Athena",
    "batch:submitJob": "Batch",
    "bedrock:createModelCustomizationJob": "Bedrock",
    "codebuild:startBuild": "CodeBuild",
    "databrew:startJobRun": "Glue DataBrew",
    "ecs:runTask": "ECS",
    "elasticmapreduce:addStep": "EMR",
    "elasticmapreduce:createCluster": "EMR",
    "emr-containers:startJobRun": "EMR on EKS",
    "emr-serverless:startJobRun": "EMR Serverless",
    "glue:startJobRun": "Glue",
    "mediaconvert:createJob": "MediaConvert",
    "sagemaker:createProcessingJob": "SageMaker",
    "sagemaker:createTrainingJob": "SageMaker",
    "sagemaker:createTransformJob": "SageMaker",
}


@lru_cache(maxsize=1)
def groups() -> list[dict[str, JSON]]:
    """Return the palette's groups in their order: `{title, tab, items}`."""
    return [*_actions(), {"title": "Flow", "tab": "flow", "items": FLOW}, *_patterns()]


def groups_of(workspace: Workspace) -> list[dict[str, JSON]]:
    """Return the palette's groups with the workspace's activities among them."""
    found = [_activity(activity) for activity in activities.named(workspace.pk)[:MOST_ACTIVITIES]]
    group = {"title": "Activities", "tab": "actions", "items": found or [_first_activity(workspace)]}
    fixed = groups()
    # Behind what runs code, before the long list of AWS.
    place = next((at for at, each in enumerate(fixed) if each["title"] == "AWS"), len(fixed))
    return [*fixed[:place], group, *fixed[place:]]


def _activity(activity: Activity, description: str = "Done by a worker of yours") -> dict[str, JSON]:
    return {
        "id": f"activity-{activity.name}",
        "title": activity.name,
        "description": description,
        "icon": "hard-hat",
        "resource": activity.arn,
        "type": "Task",
        "name": activity.name[0].upper() + activity.name[1:],
        "template": {"Type": "Task", "Resource": activity.arn},
        "arguments_schema": None,
        "suffixes": [],
        "own": False,
    }


def _first_activity(workspace: Workspace) -> dict[str, JSON]:
    """Return what stands there while no activity was made: it says where one is."""
    unmade = Activity(workspace=workspace, name="my-activity")
    return {**_activity(unmade, "Make one in the settings first"), "title": "Activity"}


def _actions() -> list[dict[str, JSON]]:
    by_category: dict[str, list[dict[str, JSON]]] = {}
    for description in registry.describe():
        by_category.setdefault(description.category, []).append(_action(description))
    offered_as = [{"title": title, "tab": "actions", "items": items} for title, items in by_category.items()]
    return [*offered_as, {"title": "AWS jobs", "tab": "actions", "items": _jobs()}]


def _jobs() -> list[dict[str, JSON]]:
    """Return the actions that start a job and wait for it; their forms are read when they are wanted."""
    return [
        {
            "id": name.replace(":", "-"),
            "title": forms.in_words(name.partition(":")[2]),
            "description": f"{service}, waits until it is done",
            "icon": "cloud",
            "resource": f"{OPTIMISED}{name}",
            "type": "Task",
            "name": forms.in_words(name.partition(":")[2]),
            "template": {"Type": "Task", "Resource": f"{OPTIMISED}{name}.sync", "Arguments": {}},
            "arguments_schema": None,
            "suffixes": [
                suffix for suffix in SUFFIXES if suffix in aws_sdk.OPTIMISED[OPTIMISED + name].suffixes
            ],
            "own": False,
        }
        for name, service in WANTED_JOBS.items()
    ]


def aws_action(service: str, action: str) -> dict[str, JSON] | None:
    """Return any action of AWS as an item of the palette, with the form of its arguments."""
    described = forms.form_of(service, action)
    return None if described is None else _action(described)


def optimised_action(service: str, action: str) -> dict[str, JSON] | None:
    """Return an action in its older form, which waits for its job where it starts one."""
    described = forms.form_of_optimised(f"{OPTIMISED}{service}:{action}")
    if described is None:
        return None
    item = _action(described)
    if ".sync" in described.suffixes:
        item["template"]["Resource"] += ".sync"
    return item


def form_of(resource: str) -> JSON:
    """Return the JSON Schema of what a `Resource` takes as its arguments; None where nobody knows it."""
    name = parsed(resource).name
    described = registry.described(resource) or forms.form_of_optimised(name)
    if described is None and name.startswith(PLAIN):
        described = forms.form_of(*name.removeprefix(PLAIN).split(":", 1))
    return described.arguments_schema if described else None


def _action(described: Description) -> dict[str, JSON]:
    template: dict[str, JSON] = {
        "Type": "Task",
        "Resource": described.resource,
        "Arguments": described.arguments,
    }
    if described.timeout_seconds is not None:
        template["TimeoutSeconds"] = described.timeout_seconds
    return {
        "id": described.resource.rpartition(":::")[2].replace(":", "-"),
        "title": described.title,
        "description": described.description,
        "icon": described.icon,
        "resource": described.resource,
        "type": "Task",
        "name": described.state_name,
        "template": template,
        "arguments_schema": described.arguments_schema,
        "suffixes": list(described.suffixes),
        "own": described.own,
    }


def _flow(id: str, title: str, description: str, icon: str, template: dict[str, JSON]) -> dict[str, JSON]:
    return {
        "id": id,
        "title": title,
        "description": description,
        "icon": icon,
        "resource": None,
        "type": template["Type"],
        "name": title,
        "template": template,
        "arguments_schema": None,
    }


def _lane() -> dict[str, JSON]:
    """Return a branch without a state: the canvas shows where its first one goes."""
    return {"StartAt": "", "States": {}}


FLOW = [
    # A rule and an otherwise way whose targets are still to be chosen: the canvas shows a place for each.
    _flow(
        "choice",
        "Choice",
        "Goes one way or another",
        "split",
        {"Type": "Choice", "Choices": [{"Condition": "{% false %}", "Next": ""}], "Default": ""},
    ),
    _flow(
        "parallel",
        "Parallel",
        "Runs branches side by side",
        "columns-3",
        {"Type": "Parallel", "Branches": [_lane(), _lane()]},
    ),
    _flow(
        "map",
        "Map",
        "Runs the same states for each item",
        "layers",
        {
            "Type": "Map",
            "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, **_lane()},
        },
    ),
    _flow("wait", "Wait", "Waits for a time or until a moment", "hourglass", {"Type": "Wait", "Seconds": 10}),
    _flow("pass", "Pass", "Makes or reshapes data", "braces", {"Type": "Pass"}),
    _flow("succeed", "Succeed", "Ends the execution well", "circle-check-big", {"Type": "Succeed"}),
    _flow(
        "fail",
        "Fail",
        "Ends the execution with an error",
        "octagon-x",
        # No words of ours come out of a real run: the form shows in muted text what may stand there.
        {"Type": "Fail"},
    ),
]


def _patterns() -> list[dict[str, JSON]]:
    items = [
        {
            "id": pattern.id,
            "title": pattern.title,
            "description": pattern.description,
            "icon": pattern.icon,
            "resource": None,
            "type": "Pattern",
            "name": pattern.title,
            "template": pattern.graph,
            "arguments_schema": None,
        }
        for pattern in patterns.PATTERNS
    ]
    return [{"title": "Patterns", "tab": "patterns", "items": items}]
