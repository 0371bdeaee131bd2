"""A part of a draft is tried, or a draft with outputs that are given; what is published never is."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asl.interpreter.frames import Status
from asl.parse import parse_definition
from asl.validate import validate_text
from designer.trials import CannotTry, Trial, trial_of
from people.rights import Role
from runner.models import Execution
from tests.asl.definitions import branch, chain, task
from tests.asl.documents import documents
from tests.asl.test_laws import flaky, run
from tests.asl.world import World
from tests.runner.api.office import PASS, Furnished, Office
from tests.runner.engine.conftest import World as Pulled

JSON = Any
PROFILE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

AWKWARD = {
    "a": "{% $states.input %}",
    "b": ["$.x", "{% half", "half %}", "  {% 1 %} "],
    "c.$": "$.x",
    "é": "😀\"'",
}
LINE: JSON = {
    "StartAt": "Fetch",
    "States": chain(
        ("Fetch", task(Retry=[{"ErrorEquals": ["States.ALL"]}])),
        ("Score", task(Catch=[{"ErrorEquals": ["States.ALL"], "Next": "Tell"}])),
        (
            "Good?",
            {
                "Type": "Choice",
                "Choices": [{"Variable": "$.n", "NumericGreaterThan": 1, "Next": "Tell"}],
                "Default": "Bad",
            },
        ),
        ("Bad", {"Type": "Fail", "Error": "Bad"}),
        ("Tell", task()),
    ),
}
NESTED: JSON = {
    "StartAt": "Before",
    "States": chain(
        ("Before", task()),
        (
            "Both",
            {
                "Type": "Parallel",
                "Branches": [
                    branch(("Left", task()), ("Left 2", task())),
                    branch(("Right", task()), ("Right 2", task())),
                ],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "After"}],
            },
        ),
        ("After", task()),
    ),
}


def tried(document: JSON, **more: Any) -> tuple[Trial, JSON]:
    trial = trial_of(json.dumps(document), **more)
    return trial, json.loads(trial.definition)


def names(document: JSON) -> list[str]:
    return sorted(document["States"])


def test_a_trial_ends_right_after_the_state_that_is_named() -> None:
    trial, document = tried(LINE, until="Score")
    assert names(document) == ["Fetch", "Score"]
    score = document["States"]["Score"]
    assert (score["End"], "Next" in score, "Catch" in score) == (True, False, False)
    assert trial.in_words == "up to “Score”"
    assert document["Comment"] == "Trial: up to “Score”"


def test_a_trial_starts_at_the_state_that_is_named() -> None:
    _, document = tried(LINE, from_="Good?")
    assert document["StartAt"] == "Good?"
    assert names(document) == ["Bad", "Good?", "Tell"]


def test_each_way_of_the_last_choice_ends_by_itself() -> None:
    _, document = tried(LINE, until="Good?", from_="Good?")
    assert names(document) == ["Good?", "To Bad", "To Tell"]
    assert document["States"]["To Tell"] == {"Type": "Succeed"}
    assert document["States"]["Good?"]["Choices"][0]["Next"] == "To Tell"
    assert World(parse_definition(document), {"n": 2}).run().execution.status is Status.SUCCEEDED


def test_a_state_in_a_branch_ends_its_branch_and_the_run_ends_after_what_is_around_it() -> None:
    _, document = tried(NESTED, until="Left")
    assert names(document) == ["Before", "Both"]
    both = document["States"]["Both"]
    assert (both["End"], "Next" in both, "Catch" in both) == (True, False, False)
    assert [names(each) for each in both["Branches"]] == [["Left"], ["Right", "Right 2"]]


def test_a_trial_from_inside_a_branch_starts_with_its_container() -> None:
    _, document = tried(NESTED, from_="Right 2")
    assert document["StartAt"] == "Both"
    assert [each["StartAt"] for each in document["States"]["Both"]["Branches"]] == ["Left", "Right 2"]


def test_a_pinned_state_hands_on_its_value_and_its_work_is_not_done() -> None:
    trial, document = tried(LINE, pins={"Score": {"n": 5}})
    assert document["States"]["Score"] == {"Type": "Pass", "Next": "Good?", "Result": {"n": 5}}
    assert trial.pinned == ("Score",)
    worked = World(parse_definition(document), {}).run()
    assert "TaskScheduled" in worked.types
    assert [entry.state for entry in worked.entries if entry.type == "TaskStateEntered"] == ["Fetch", "Tell"]


@pytest.mark.parametrize("language", ["JSONPath", "JSONata"])
@pytest.mark.parametrize("value", [AWKWARD, None, [], "{% 1 %}", "$.a", 2**70, 1.5, [[[1]]], {"": "%}"}])
def test_a_pinned_value_comes_out_as_it_was_given(value: JSON, language: str) -> None:
    document = {
        "QueryLanguage": language,
        "StartAt": "Work",
        "States": chain(("Work", {"Type": "Task", "Resource": "x"})),
    }
    document["States"]["Work"]["Resource"] = "arn:aws:states:::lambda:invoke"
    _, made = tried(document, pins={"Work": value})
    ended = World(parse_definition(made), {"x": "wrong"}).run()
    assert ended.execution.status is Status.SUCCEEDED
    assert ended.execution.output == value


def test_variables_of_a_pinned_state_are_assigned_where_they_can_be_known() -> None:
    works = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Assign": {"n": "{% $states.result.n + 1 %}", "who": "{% $states.input.who %}", "k": "as it is"},
    }
    tells = {"Type": "Pass", "Output": {"n": "{% $n %}", "who": "{% $who %}", "k": "{% $k %}"}}
    document = {
        "QueryLanguage": "JSONata",
        "StartAt": "Work",
        "States": chain(("Work", works), ("Say", tells)),
    }
    _, made = tried(document, pins={"Work": {"n": 2}})
    assert World(parse_definition(made), {"who": "Ann"}).run().execution.output == {
        "n": 3,
        "who": "Ann",
        "k": "as it is",
    }
    document["States"]["Work"]["Output"] = "{% $states.result.other %}"
    _, made = tried(document, pins={"Work": {"n": 2}})
    assert made["States"]["Work"]["Assign"] == {"who": "{% $states.input.who %}", "k": "as it is"}


def test_paths_from_the_result_are_assigned_only_where_the_output_is_the_result() -> None:
    works = task(Assign={"n.$": "$.n", "at.$": "$$.State.Name", "k": "$.n"})
    document = {"StartAt": "Work", "States": chain(("Work", works))}
    assert tried(document, pins={"Work": {"n": 2}})[1]["States"]["Work"]["Assign"] == works["Assign"]
    document["States"]["Work"]["ResultPath"] = "$.into"
    kept = tried(document, pins={"Work": {"n": 2}})[1]["States"]["Work"]["Assign"]
    assert kept == {"at.$": "$$.State.Name", "k": "$.n"}


@pytest.mark.parametrize("language", ["JSONPath", "JSONata"])
def test_variables_of_the_states_before_are_given(language: str) -> None:
    later = {"Type": "Pass", "Output": {"n": "{% $n %}", "input": "{% $states.input %}"}}
    if language == "JSONPath":
        later = {"Type": "Pass", "Parameters": {"n.$": "$n", "input.$": "$"}}
    states = chain(("First", {"Type": "Pass", "Assign": {"n": 1}}), ("Later", later))
    document = {"QueryLanguage": language, "StartAt": "First", "States": states}
    _, made = tried(document, from_="Later", variables={"n": AWKWARD, "other": None})
    assert [one for one in validate_text(json.dumps(made)) if one.severity == "ERROR"] == []
    ended = World(parse_definition(made), {"x": 1}).run()
    assert ended.execution.output == {"n": AWKWARD, "input": {"x": 1}}


def test_what_is_around_the_last_state_runs_although_it_is_pinned() -> None:
    trial, document = tried(NESTED, until="Left", pins={"Both": 1, "Before": 2, "After": 3})
    assert document["States"]["Both"]["Type"] == "Parallel"
    assert trial.pinned == ("Before",)
    assert trial.in_words == "up to “Left”, 1 output pinned"


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"until": "Nobody"}, "until", "no state"),
        ({"from_": "Nobody"}, "from", "no state"),
        ({"pins": {"Nobody": 1}}, "pins", "no state"),
        ({"pins": {"Good?": 1}}, "pins", "Choice"),
        ({"until": "Fetch", "from_": "Score"}, "until", "No way leads"),
        ({"until": "Tell", "from_": "Bad"}, "until", "No way leads"),
    ],
)
def test_what_cannot_be_tried_is_refused_by_field(asked: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(CannotTry) as refused:
        trial_of(json.dumps(LINE), **asked)
    assert refused.value.field == field
    assert said in str(refused.value)


def test_a_choice_that_leads_nowhere_is_no_place_to_end() -> None:
    document = {"StartAt": "Fork", "States": {"Fork": {"Type": "Choice", "Choices": []}}}
    with pytest.raises(CannotTry, match="leads nowhere"):
        trial_of(json.dumps(document), until="Fork")


def all_states(machine: JSON) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    for name, state in machine["States"].items():
        found[name] = state
        for inner in [
            *state.get("Branches", ()),
            *([state["ItemProcessor"]] if "ItemProcessor" in state else []),
        ]:
            found |= all_states(inner)
    return found


@PROFILE
@given(documents(), st.data())
def test_any_trial_of_any_definition_can_run(document: JSON, draw: st.DataObject) -> None:
    states = all_states(document)
    until = draw.draw(st.none() | st.sampled_from(sorted(states)))
    from_ = draw.draw(st.none() | st.sampled_from(sorted(states)))
    working = sorted(name for name, state in states.items() if state["Type"] in ("Task", "Parallel", "Map"))
    pinned = draw.draw(st.lists(st.sampled_from(working), unique=True)) if working else []
    pins = {name: draw.draw(st.sampled_from([AWKWARD, [1, "$"], None])) for name in pinned}
    try:
        trial = trial_of(json.dumps(document), until=until, from_=from_, pins=pins)
    except CannotTry as refused:
        reason = str(refused)
    else:
        reason = ""
    if reason:
        assert until is not None
        assert reason.startswith("No way leads")
        return
    assert [one for one in validate_text(trial.definition) if one.severity == "ERROR"] == []
    made = json.loads(trial.definition)
    assert set(all_states(made)) - set(states) <= {
        name for name in all_states(made) if name.startswith("To ")
    }
    ended = World(parse_definition(made), {"items": [1, 2]}, script=flaky).run()
    assert ended.execution.status is Status.SUCCEEDED
    if until is not None:
        assert until in all_states(made)


@PROFILE
@given(documents())
def test_a_run_with_its_own_outputs_pinned_gives_the_same_output(document: JSON) -> None:
    first = run(document)
    pins = {
        entry.state: json.loads(entry.details["output"])
        for entry in first.entries
        if entry.type in ("TaskStateExited", "ParallelStateExited", "MapStateExited")
        and entry.scope == ()
        and entry.state is not None
    }
    if not pins:
        return
    again = run(json.loads(trial_of(json.dumps(document), pins=pins).definition))
    assert again.execution.output == first.execution.output
    assert not any(kind.startswith("TaskScheduled") for kind in again.types)


def start(office: Office, workflow: Any, role: Role = Role.OWNER, **trial: Any) -> Any:
    body = {"source": "draft", "trial": trial, "input": {}}
    return office[role].post(f"/api/workflows/{workflow.pk}/executions/", body)


def test_a_trial_is_an_execution_that_says_so(office: Office) -> None:
    workflow = office.workflow("line", LINE)
    answer = start(office, workflow, until="Score", pins={"Fetch": {"got": 1}, "Score": {"n": 2}})
    assert answer.status_code == 201, answer.content
    assert (answer.json()["status"], answer.json()["draft"]) == ("SUCCEEDED", True)
    said = office.owner.get(f"/api/executions/{answer.json()['id']}/").json()
    assert said["output"] == {"n": 2}
    tried = {"until": "Score", "from": None, "pinned": ["Fetch", "Score"]}
    assert (answer.json()["trial"], said["trial"]) == (tried, tried)
    assert sorted(json.loads(said["definition"])["States"]) == ["Fetch", "Score"]


def test_trials_are_told_from_real_executions_in_the_list(office: Office) -> None:
    workflow = office.workflow("passes", PASS)
    trial = start(office, workflow, until="Done").json()
    draft = office.owner.post(f"/api/workflows/{workflow.pk}/executions/", {"source": "draft"}).json()
    published = office.owner.post(f"/api/workflows/{workflow.pk}/executions/", {}).json()

    def listed(**query: str) -> dict[str, JSON]:
        said = office[Role.REVIEWER].get("/api/executions/", query).json()
        assert said["count"] == len(said["results"])
        return {row["id"]: row["trial"] for row in said["results"]}

    tried = {trial["id"]: {"until": "Done", "from": None, "pinned": []}}
    real = {published["id"]: None, draft["id"]: None}
    assert (listed(), listed(trial="true"), listed(trial="false")) == (tried | real, tried, real)
    assert listed(trial="true", status="FAILED") == {}


def test_a_draft_that_is_broken_further_on_is_tried_up_to_there(office: Office) -> None:
    broken = json.loads(json.dumps(LINE))
    broken["States"]["Tell"]["Resource"] = 3
    workflow = office.workflow("broken", broken, published=False)
    assert start(office, workflow, until="Score").status_code == 201
    assert start(office, workflow, until="Tell").status_code == 422


def test_what_is_published_never_uses_pins(office: Office) -> None:
    workflow = office.workflow("line", LINE, published=False)
    address = f"/api/workflows/{workflow.pk}/"
    kept = {"layout": {"positions": {}, "pins": {"Fetch": 1, "Score": 2, "Tell": 3}}, "draft_revision": 1}
    assert office.owner.patch(address, kept).status_code == 200
    assert office.owner.post(f"{address}publish/", {"draft_revision": 2}).status_code == 200
    for source in ("published", "draft"):
        answer = office.owner.post(f"{address}executions/", {"source": source})
        execution = Execution.objects.get(key=answer.json()["id"])
        assert execution.status == "RUNNING"  # Fetch waits for its worker: nothing was handed on
        assert json.loads(execution.revision.definition) == LINE
        assert "pins" not in execution.revision.layout.layout
    refused = office.owner.post(f"{address}executions/", {"trial": {"until": "Score"}})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "trial"


def test_a_draft_run_after_a_trial_of_it_is_no_trial(office: Office) -> None:
    workflow = office.workflow("passes", PASS, published=False)
    trial = start(office, workflow, until="Done").json()
    whole = office.owner.post(f"/api/workflows/{workflow.pk}/executions/", {"source": "draft"}).json()
    assert trial["revision"] != whole["revision"]
    assert (trial["trial"] is None, whole["trial"]) == (False, None)


def test_what_stood_among_the_places_of_the_states_is_found_in_the_revision(office: Office) -> None:
    workflow = office.workflow("passes", PASS, published=False)
    key = start(office, workflow, until="Done").json()["id"]
    tried = {"until": "Done", "from": None, "pinned": []}
    revision = Execution.objects.get(key=key).revision
    revision.trial = None
    revision.save()
    revision.layout.layout["trial"] = tried
    revision.layout.save()
    migration = import_module("designer.migrations.0002_trials_leave_the_layout")

    migration.move(apps, None)
    assert office.owner.get(f"/api/executions/{key}/").json()["trial"] == tried
    revision.layout.refresh_from_db()
    assert "trial" not in revision.layout.layout
    migration.move_back(apps, None)
    revision.layout.refresh_from_db()
    assert revision.layout.layout["trial"] == tried


@pytest.mark.parametrize(
    ("trial", "field"),
    [
        ({"until": "Nobody"}, "trial.until"),
        ({"from": "Nobody"}, "trial.from"),
        ({"pins": {"Done": 1}}, "trial.pins"),
        ({}, "trial.until"),
        ({"pins": 3}, "trial.pins"),
        ({"until": "Done", "variables": 3}, "trial.variables"),
    ],
)
def test_what_is_wrong_with_a_trial_is_told_by_field(trial: Any, field: str, north: Furnished) -> None:
    answer = start(north.office, north.passes, **trial)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_a_trial_needs_the_right_to_edit(north: Furnished) -> None:
    assert start(north.office, north.passes, Role.OPERATOR, until="Done").status_code == 403


def test_pins_are_shown_only_to_those_who_see_data(office: Office) -> None:
    workflow = office.workflow("line", LINE)
    address = f"/api/workflows/{workflow.pk}/"
    layout = {"positions": {"Fetch": {"x": 1, "y": 2}}, "pins": {"Fetch": "secret words"}}
    office.owner.patch(address, {"layout": layout, "draft_revision": workflow.draft_revision})
    assert office.owner.get(address).json()["layout"] == layout
    for where in (address, "/api/workflows/"):
        assert "secret words" not in office[Role.REVIEWER].get(where).content.decode()
    assert "secret words" not in office.owner.get("/api/workflows/").content.decode()


def test_the_last_run_tells_what_each_state_was_given_and_made(office: Office) -> None:
    each = {
        "Type": "Map",
        "ItemProcessor": branch(("Inside", {"Type": "Pass", "Parameters": {"v.$": "$"}})),
    }
    document = {
        "StartAt": "Each",
        "States": chain(("Each", each), ("Last", {"Type": "Pass", "Result": "x" * 300_000})),
    }
    workflow = office.workflow("maps", document)
    address = f"/api/workflows/{workflow.pk}/last-run/"
    assert office.owner.get(address).json() == {"execution": None, "states": []}
    execution = office.run(workflow, [1, 2])
    Pulled(office.workspace).pull()
    said = office.owner.get(address).json()
    assert said["execution"]["id"] == str(execution.key)
    by_name = {each["state"]: each for each in said["states"]}
    assert [each["state"] for each in said["states"]] == ["Inside", "Each", "Last"]
    assert by_name["Each"]["output"] == [{"v": 1}, {"v": 2}]
    assert by_name["Each"]["input"] == [1, 2]
    assert by_name["Inside"]["visits"] == 2
    assert (by_name["Last"]["too_large"], "output" in by_name["Last"]) == (["output"], False)
    some = office.owner.get(address, {"state": ["Each"], "execution": str(execution.key)}).json()
    assert [each["state"] for each in some["states"]] == ["Each"]
    assert office.owner.get(address, {"execution": "x"}).status_code == 400


def test_the_last_run_of_another_workflow_is_not_told(north: Furnished) -> None:
    address = f"/api/workflows/{north.waits.pk}/last-run/"
    assert north.office.owner.get(address, {"execution": str(north.ended.key)}).json()["execution"] is None
