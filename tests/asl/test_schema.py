"""The JSON Schema describes every field that the parser knows, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from asl import fields
from asl.choice_rules import TESTS
from asl.schema import schema
from asl.validate import validate

from .definitions import branch, task

JSON = Any

FIXTURES = Path(__file__).parents[2] / "fixtures"
LANGUAGES = {False: "JSONPath", True: "JSONata"}
STATES = [(kind, jsonata) for kind in fields.TYPES for jsonata in LANGUAGES]
PARTS: list[tuple[str, Mapping[str, str]]] = [
    ("Retrier", fields.RETRIER_FIELDS),
    ("ProcessorConfigSettings", fields.PROCESSOR_CONFIG_FIELDS),
    *(
        (f"{name}.{language}", table[jsonata] if isinstance(table, dict) and jsonata in table else table)
        for jsonata, language in LANGUAGES.items()
        for name, table in (
            ("Catcher", fields.CATCHER_FIELDS),
            ("Branch", fields.BRANCH_FIELDS),
            ("Processor", fields.PROCESSOR_FIELDS),
            ("ItemReaderSettings", fields.ITEM_READER_FIELDS),
            ("ReaderConfigSettings", fields.READER_CONFIG_FIELDS),
            ("ItemBatcherSettings", fields.ITEM_BATCHER_FIELDS),
            ("ResultWriterSettings", fields.RESULT_WRITER_FIELDS),
            ("WriterConfigSettings", fields.WRITER_CONFIG_FIELDS),
        )
    ),
]


def resolved(part: JSON) -> JSON:
    """Return a part of the schema with what it refers to."""
    while "$ref" in part:
        more = schema()["$defs"][part["$ref"].removeprefix("#/$defs/")]
        part = {**more, **{name: value for name, value in part.items() if name != "$ref"}}
    return part


def described(name: str) -> dict[str, JSON]:
    return {field: resolved(part) for field, part in schema()["$defs"][name]["properties"].items()}


def holds(document: JSON) -> bool:
    return bool(Draft202012Validator(schema()).is_valid(document))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(("kind", "jsonata"), STATES)
def test_each_state_has_the_fields_that_the_parser_knows(kind: str, jsonata: bool) -> None:
    known = (fields.JSONATA_FIELDS if jsonata else fields.JSONPATH_FIELDS)[kind]
    found = described(f"{kind}.{LANGUAGES[jsonata]}")
    assert {field: part["x-kind"] for field, part in found.items()} == known


@pytest.mark.parametrize(("name", "known"), PARTS)
def test_each_part_of_a_state_has_the_fields_that_the_parser_knows(
    name: str, known: Mapping[str, str]
) -> None:
    assert {field: part["x-kind"] for field, part in described(name).items()} == known


def test_the_machine_has_the_fields_that_the_parser_knows() -> None:
    found = {field: resolved(part)["x-kind"] for field, part in schema()["properties"].items()}
    assert found == fields.MACHINE_FIELDS


def test_rules_have_every_comparison() -> None:
    paths = {f"{name}Path" for name in TESTS if not name.startswith(("Is", "StringMatches"))}
    comparisons = {"And", "Or", "Not", "IsPresent", *TESTS, *paths}
    assert set(described("ChoiceRule.JSONPath")) == comparisons | set(fields.CHOICE_RULE_FIELDS[False])
    assert set(described("ChoiceRule.JSONata")) == set(fields.CHOICE_RULE_FIELDS[True])
    inner = set(fields.CHOICE_RULE_FIELDS[False]) - {"Next"}
    assert set(described("ChoiceRulePart")) == comparisons | inner


def test_every_field_has_words_for_people() -> None:
    parts = [schema(), *schema()["$defs"].values()]
    for part in parts:
        for field, told in part.get("properties", {}).items():
            words = resolved(told)
            assert words.get("title"), field
            assert words.get("description", "").endswith((".", ":")), field


def test_texts_that_are_chosen_from_a_list_are_those_of_the_parser() -> None:
    for name in schema()["$defs"]:
        for part in described(name).values() if "properties" in schema()["$defs"][name] else ():
            if part.get("x-kind") in fields.ENUMERATIONS:
                listed = part.get("enum") or part["anyOf"][0]["enum"]
                assert tuple(listed) == fields.ENUMERATIONS[part["x-kind"]]


def test_examples_hold() -> None:
    for name, part in schema()["$defs"].items():
        judge = Draft202012Validator({**part, "$defs": schema()["$defs"]})
        for example in part.get("examples", []):
            assert judge.is_valid(example), (name, example)


def test_nothing_is_described_that_nothing_uses() -> None:
    text = json.dumps(schema())
    assert [name for name in schema()["$defs"] if f'"#/$defs/{name}"' not in text] == []


@pytest.mark.parametrize("example", sorted(path.name for path in FIXTURES.iterdir() if path.is_dir()))
def test_the_examples_hold_to_it(example: str) -> None:
    document = json.loads((FIXTURES / example / "definition.asl.json").read_text())
    assert list(Draft202012Validator(schema()).iter_errors(document)) == []


def one_state(state: JSON, **more: JSON) -> JSON:
    return {"StartAt": "S", "States": {"S": state}, **more}


def wrong_documents() -> Iterator[JSON]:
    yield {"StartAt": "S"}
    yield one_state({"Type": "Nap"})
    yield one_state({"Type": "Pass"})
    yield one_state({"Type": "Wait", "End": True})
    yield one_state({"Type": "Wait", "Seconds": "soon", "End": True})
    yield one_state({"Type": "Wait", "Seconds": "soon", "End": True}, QueryLanguage="JSONata")
    yield one_state({"Type": "Pass", "Output": 1, "End": True})
    yield one_state({"Type": "Pass", "InputPath": "$", "End": True}, QueryLanguage="JSONata")
    yield one_state({"Type": "Pass", "QueryLanguage": "JSONPath", "End": True}, QueryLanguage="JSONata")
    yield one_state({"Type": "Parallel", "Branches": [], "End": True})
    yield one_state(
        {"Type": "Parallel", "Branches": [branch(("In", {"Type": "Pass", "Output": 1}))], "End": True}
    )
    yield one_state(task(Retry=[{"ErrorEquals": ["A"], "MaxAttempts": -1}], End=True))
    yield one_state(task(Catch=[{"ErrorEquals": ["A"]}], End=True))
    yield one_state({"Type": "Choice", "Choices": [{"Variable": "$", "NumericEquals": "1", "Next": "S"}]})
    yield one_state({"Type": "Choice", "Choices": [{"Not": {"Variable": "$"}, "Next": "S"}]})
    yield one_state({"Type": "Fail", "Error": "A", "ErrorPath": "$.a"})


@pytest.mark.parametrize("document", list(wrong_documents()))
def test_what_the_validator_refuses_the_schema_refuses_too(document: JSON) -> None:
    assert [found for found in validate(document) if found.severity == "ERROR"]
    assert not holds(document)


def test_a_state_in_jsonata_may_stand_in_a_machine_in_jsonpath_and_hold_states_in_jsonpath() -> None:
    inner = branch(("In", {"Type": "Pass", "InputPath": "$.x"}))
    state = {
        "Type": "Map", "QueryLanguage": "JSONata", "Items": "{% $states.input %}", "ItemProcessor": inner,
        "MaxConcurrency": "{% 2 %}", "End": True,
    }  # fmt: skip
    assert holds(one_state(state))
    assert not holds(one_state(state, QueryLanguage="JSONata"))
