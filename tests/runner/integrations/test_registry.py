"""The table of integrations, and what it tells the palette."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from runner.integrations import registry
from runner.integrations.description import Description

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("resource", "known"),
    [
        ("arn:cuelight:states:::model:invoke", True),
        ("arn:cuelight:states:::model:invoke.waitForTaskToken", False),
        ("arn:cuelight:states:::approval:request", True),
        ("arn:cuelight:states:::function:invoke", True),
        ("arn:cuelight:states:::function:invoke.waitForTaskToken", False),
        ("arn:aws:states:::http:invoke", True),
        ("arn:aws:states:::http:invoke.sync", False),
        ("arn:aws:states:::lambda:invoke.waitForTaskToken", True),
        ("arn:aws:states:::states:startExecution.sync:2", True),
        ("arn:aws:states:::states:startExecution.sync:3", False),
        ("arn:aws:lambda:us-east-1:123456789012:function:add", True),
        ("arn:aws:states:::sqs:sendMessage.waitForTaskToken", True),
        ("arn:aws:states:::teapot:brew", False),
        ("", False),
    ],
)
def test_a_resource_is_known_with_the_suffixes_it_takes(resource: str, known: bool) -> None:
    assert registry.known(resource) is known
    assert (registry.find(resource) is not None) is known


def test_an_activity_is_known_and_no_integration_answers_for_it() -> None:
    arn = "arn:aws:states:us-east-1:123456789012:activity:greet"
    assert registry.known(arn)
    assert registry.find(arn) is None


def test_every_integration_says_whether_it_may_be_repeated() -> None:
    for description in registry.describe():
        integration = registry.find(description.resource)
        assert integration is not None
        # A function is repeated only where its own registration says so.
        assert integration.repeatable is (description.resource != "arn:cuelight:states:::function:invoke")


def _described(description: Description) -> str:
    return description.resource


@pytest.mark.parametrize("description", registry.describe(), ids=_described)
def test_a_form_can_be_made_of_each_description(description: Description) -> None:
    schema = description.arguments_schema
    Draft202012Validator.check_schema(schema)
    assert description.title
    assert description.icon
    assert description.category in registry.CATEGORIES
    places = [field["x-order"] for field in schema["properties"].values()]
    assert places == sorted(set(places))
    assert all(_titled(field) for field in schema["properties"].values())
    assert set(schema["required"]) <= set(schema["properties"])
    for suffix in description.suffixes:
        base = description.resource.removesuffix(".sync:2")
        assert registry.known(base + suffix)


@pytest.mark.parametrize("description", registry.describe(), ids=_described)
def test_what_a_new_state_begins_with_fits_its_own_form(description: Description) -> None:
    literal = {
        name: value
        for name, value in description.arguments.items()
        if not (isinstance(value, str) and value.startswith("{%"))
    }
    properties: dict[str, Any] = description.arguments_schema["properties"]
    for name, value in literal.items():
        assert value == "" or Draft202012Validator(properties[name]).is_valid(value), name


def test_defaults_and_examples_fit_their_fields() -> None:
    for description in registry.describe():
        for name, schema in description.arguments_schema["properties"].items():
            shown = [*schema.get("examples", []), *([schema["default"]] if "default" in schema else [])]
            for value in shown:
                if not (isinstance(value, str) and value.startswith("{%")):
                    assert Draft202012Validator(schema).is_valid(value), (description.resource, name)


def test_cuelights_own_resources_are_marked_for_exports() -> None:
    for description in registry.describe():
        assert description.own is description.resource.startswith("arn:cuelight:")


def test_a_description_is_found_whatever_the_suffix() -> None:
    described = registry.described("arn:aws:states:::states:startExecution")
    assert described is not None
    assert described.title == "Start a workflow"
    assert registry.described("arn:aws:states:::aws-sdk:polly:synthesizeSpeech") is None


def test_looking_at_the_table_imports_no_heavy_library() -> None:
    script = (
        "import sys; from runner.integrations import registry; registry.find('arn:aws:states:::http:invoke');"
        "registry.describe(); heavy = {'boto3', 'botocore', 'openai', 'aiohttp'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def _titled(field: dict[str, Any]) -> bool:
    return bool(field.get("title"))
