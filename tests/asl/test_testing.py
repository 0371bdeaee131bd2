"""One state run by itself: its stages, its errors, and what stands in for what it would have waited for."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from asl.errors import InvalidDefinition
from asl.interpreter.frames import Execution
from asl.testing.given_context import ContextRefused, check_context
from asl.testing.reader_data import read_data
from asl.testing.state_test import ErrorDetails, StateTest, StateTestResult, StateTestStatus
from asl.testing.subject import StateNotFound, Subject, read_subject

from .definitions import branch, task
from .world import START

JSON = Any

ARN = "arn:aws:states:us-east-1:123456789012"


def subject(state: JSON, name: str | None = None) -> Subject:
    return read_subject(json.dumps(state), name)


def begun(state: JSON, value: JSON = None, **more: Any) -> StateTest:
    """Return a test that has entered the state; it ends there where the state says nothing else."""
    tested = state
    if not isinstance(state, Subject):
        ends = state["Type"] in ("Choice", "Succeed", "Fail") or "Next" in state
        tested = subject(state if ends else {**state, "End": True})
    execution = Execution(
        key="6f1f1f9e-0000-4000-8000-000000000001",
        arn=f"{ARN}:express:machine:run:1",
        name="run",
        state_machine_arn=f"{ARN}:stateMachine:machine",
        state_machine_name="machine",
        role_arn=None,
        started_at=START,
        input={} if value is None else value,
    )
    test = StateTest(tested, execution, seed=1, **more)
    test.begin(START)
    return test


def succeeded(
    state: JSON, result: JSON, value: JSON = None, *, failed: int = 0, **more: Any
) -> StateTestResult:
    test = begun(state, value, **more)
    test.succeed(result, START, failed_iterations=failed)
    return test.result()


def failed(
    state: JSON, error: str, cause: str | None = None, value: JSON = None, **more: Any
) -> StateTestResult:
    test = begun(state, value, **more)
    test.fail(error, cause, START)
    return test.result()


def mapped(**more: JSON) -> JSON:
    """Return a distributed Map state in JSONata over the input's `cues`."""
    return {
        "Type": "Map", "QueryLanguage": "JSONata", "Items": "{% $states.input.cues %}",
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            **branch(("Call", {"Type": "Pass"})),
        },
        **more,
    }  # fmt: skip


CUES = {"cues": ["lights", "sound", "fly"]}


# ------------------------------------------------------------------ the stages of the data flow
def test_every_stage_of_jsonpath_is_shown_also_where_the_state_says_nothing_about_it() -> None:
    result = succeeded(task(), {"lit": True}, {"cue": 7})
    assert result.status is StateTestStatus.SUCCEEDED
    assert result.stages == {
        "afterInputPath": {"cue": 7},
        "afterParameters": {"cue": 7},
        "result": {"lit": True},
        "afterResultSelector": {"lit": True},
        "afterResultPath": {"lit": True},
    }


def test_each_filter_of_jsonpath_shows_what_it_leaves() -> None:
    state = task(
        InputPath="$.cue", Parameters={"number.$": "$.number"}, ResultSelector={"on.$": "$.lit"},
        ResultPath="$.done", OutputPath="$.done",
    )  # fmt: skip
    result = succeeded(state, {"lit": True, "watts": 40}, {"cue": {"number": 7}})
    assert result.output == {"on": True}
    assert result.stages == {
        "afterInputPath": {"number": 7},
        "afterParameters": {"number": 7},
        "result": {"lit": True, "watts": 40},
        "afterResultSelector": {"on": True},
        "afterResultPath": {"cue": {"number": 7}, "done": {"on": True}},
    }


def test_jsonata_shows_its_arguments_and_the_result() -> None:
    state = task(QueryLanguage="JSONata", Arguments={"n": "{% $states.input.cue + 1 %}"}, Output="done")
    result = succeeded(state, {"lit": True}, {"cue": 7})
    assert result.output == "done"
    assert result.stages == {"afterArguments": {"n": 8}, "result": {"lit": True}}


def test_a_pass_state_with_a_result_looks_at_nothing_before_it() -> None:
    state = {"Type": "Pass", "InputPath": "$.absent", "Result": "go", "ResultPath": "$.said"}
    result = begun(state, {"cue": 7}).result()
    assert result.output == {"cue": 7, "said": "go"}
    assert set(result.stages) == {"result", "afterResultSelector", "afterResultPath"}


@pytest.mark.parametrize(
    "state",
    [
        {"Type": "Fail", "Error": "Dark"},
        {"Type": "Succeed"},
        {"Type": "Choice", "Choices": [{"Variable": "$.cue", "IsPresent": True, "Next": "Go"}]},
    ],
)
def test_a_state_without_a_result_shows_what_input_path_leaves(state: JSON) -> None:
    assert begun(state, {"cue": 7}).result().stages == {"afterInputPath": {"cue": 7}}


def test_a_parallel_state_shows_what_comes_of_its_result_only() -> None:
    state = {"Type": "Parallel", "Branches": [branch(("Call", {"Type": "Pass"}))], "ResultPath": "$.all"}
    result = succeeded(state, ["lit"], {"cue": 7})
    assert result.output == {"cue": 7, "all": ["lit"]}
    assert set(result.stages) == {"afterResultSelector", "afterResultPath"}


def test_a_map_state_shows_its_limits_and_the_input_of_each_iteration() -> None:
    state = mapped(
        ItemSelector={"what": "{% $states.context.Map.Item.Value %}"}, MaxConcurrency=2,
        ToleratedFailureCount=1, ToleratedFailurePercentage=50,
    )  # fmt: skip
    result = succeeded(state, ["a", "b", "c"], CUES)
    assert result.stages == {
        "maxConcurrency": 2,
        "afterItemSelector": [{"what": "lights"}, {"what": "sound"}, {"what": "fly"}],
        "toleratedFailureCount": 1,
        "toleratedFailurePercentage": 50.0,
    }


def test_a_map_state_without_items_still_takes_its_mocked_result() -> None:
    assert succeeded(mapped(), ["made", "up"], {"cues": []}).output == ["made", "up"]


def test_stages_end_where_the_state_failed_and_the_cause_names_no_place() -> None:
    state = {"Type": "Map", "ItemsPath": "$.cue", "ItemProcessor": branch(("Call", {"Type": "Pass"}))}
    result = begun(state, {"cue": 7}).result()
    assert (result.status, result.error) == (StateTestStatus.FAILED, "States.Runtime")
    assert result.cause == 'Reference path "$.cue" must point to array.'
    assert result.stages == {"afterInputPath": {"cue": 7}}
    assert not result.has_output


# ------------------------------------------------------------------ which state is tested
def test_a_state_may_lead_to_states_that_are_not_there() -> None:
    result = begun({"Type": "Pass", "Next": "Curtain"}, {"cue": 7}).result()
    assert (result.status, result.next_state) == (StateTestStatus.SUCCEEDED, "Curtain")
    assert result.output == {"cue": 7}


def test_a_state_is_found_by_its_name_also_inside_another_one() -> None:
    inner = {"Type": "Map", "ItemProcessor": branch(("Deep", {"Type": "Pass", "Result": "found"}))}
    outer = {"Type": "Parallel", "Branches": [branch(("Call", {"Type": "Pass"})), branch(("Each", inner))]}
    result = begun(subject(branch(("Split", outer)), "Deep")).result()
    assert result.output == "found"


def test_of_two_states_of_one_name_the_outer_one_is_tested() -> None:
    split = {"Type": "Parallel", "Branches": [branch(("Cue", {"Type": "Pass", "Result": "inner"}))]}
    machine = branch(("Split", split), ("Cue", {"Type": "Pass", "Result": "outer"}))
    assert begun(subject(machine, "Cue")).result().output == "outer"


def test_a_name_that_is_nowhere_is_not_found() -> None:
    with pytest.raises(StateNotFound):
        subject(branch(("Cue", {"Type": "Pass"})), "Curtain")


def test_the_query_language_of_the_machine_holds_for_the_named_state() -> None:
    machine = {"QueryLanguage": "JSONata", **branch(("Add", {"Type": "Pass", "Output": "{% 1 + 1 %}"}))}
    assert begun(subject(machine, "Add")).result().output == 2


def test_what_is_wrong_with_a_state_is_told_with_its_place() -> None:
    with pytest.raises(InvalidDefinition) as refused:
        subject({"Type": "Wait", "End": True})
    assert [found.location for found in refused.value.diagnostics] == ["/States/StateName"]


def test_a_text_that_is_no_json_is_told_with_line_and_column() -> None:
    with pytest.raises(InvalidDefinition, match="line 2"):
        read_subject('{\n"Type": Pass}', None)


def test_a_field_that_stands_twice_in_the_state_is_refused() -> None:
    with pytest.raises(InvalidDefinition, match="twice"):
        read_subject('{"Type": "Pass", "End": true, "End": true}', None)


# ------------------------------------------------------------------ variables and the Context Object
def test_variables_are_seen_and_what_the_state_assigns_is_added() -> None:
    state = {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $act %}", "Assign": {"scene": 2}}
    result = begun(state, variables={"act": 1}).result()
    assert result.output == 1
    assert result.variables == {"act": 1, "scene": 2}


def test_without_a_context_the_execution_is_an_express_one_of_no_role() -> None:
    state = {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.context %}"}
    context = begun(state, {"cue": 7}).result().output
    assert context["State"]["Name"] == "StateName"
    assert context["Execution"]["RoleArn"] is None
    assert context["Execution"]["Input"] == {"cue": 7}
    assert "RedriveCount" not in context["Execution"]


def test_a_given_context_is_all_that_the_state_sees() -> None:
    state = task(ResultSelector={"all.$": "$$"})
    context = {"Execution": {"Name": "matinee"}}
    assert succeeded(state, 1, context=context).output == {"all": context}
    assert succeeded(state, 1, context={}).output == {"all": {}}


def test_item_selector_sees_each_item_whatever_context_is_given() -> None:
    state = mapped(ItemSelector="{% $states.context.Map.Item.Value & $states.context.Execution.Name %}")
    result = succeeded(state, [], CUES, context={"Execution": {"Name": "!"}})
    assert result.stages["afterItemSelector"] == ["lights!", "sound!", "fly!"]


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ({"Stage": {}}, "Field 'Stage' is not allowed"),
        ({"Map": {"Item": {"Colour": "red"}}}, "Field 'Colour' is not allowed"),
        ({"Execution": "run"}, "Field 'Execution' must be an object"),
        ({"State": {"RetryCount": "2"}}, "Field 'RetryCount' must be a number"),
        ({"StateMachine": {"Name": 1}}, "Field 'Name' must be a string"),
        ([], "Context object must be a JSON object"),
    ],
)
def test_a_context_that_no_execution_has_is_refused(context: JSON, said: str) -> None:
    with pytest.raises(ContextRefused, match=said):
        check_context(context, subject(task(End=True)))


@pytest.mark.parametrize(
    ("resource", "has_token"),
    [
        ("arn:aws:states:::lambda:invoke", False),
        ("arn:aws:states:::lambda:invoke.waitForTaskToken", True),
        ("arn:aws:states:::states:startExecution.sync:2", True),
    ],
)
def test_only_who_is_answered_later_has_a_task_token(resource: str, has_token: bool) -> None:
    tested = subject({"Type": "Task", "Resource": resource, "End": True})
    if has_token:
        check_context({"Task": {"Token": "t"}}, tested)
    else:
        with pytest.raises(ContextRefused, match="contains 'Task'"):
            check_context({"Task": {"Token": "t"}}, tested)


# ------------------------------------------------------------------ errors
RETRY = [{"ErrorEquals": ["Dim"]}, {"ErrorEquals": ["Dark"], "IntervalSeconds": 2, "MaxAttempts": 2}]


def test_an_error_that_is_retried_says_which_retrier_and_for_how_long_it_rests() -> None:
    result = failed(task(Retry=RETRY), "Dark", "no power", retries=1)
    assert (result.status, result.error, result.cause) == (StateTestStatus.RETRIABLE, "Dark", "no power")
    assert result.error_details == ErrorDetails(retry_index=1, backoff_seconds=4)


def test_after_the_last_retry_the_state_fails_and_says_which_retrier_gave_up() -> None:
    result = failed(task(Retry=RETRY), "Dark", retries=2)
    assert result.status is StateTestStatus.FAILED
    assert result.error_details == ErrorDetails(retry_index=1)


def test_after_the_last_retry_a_catcher_may_take_the_error() -> None:
    state = task(Retry=RETRY, Catch=[{"ErrorEquals": ["States.ALL"], "Next": "Torch", "ResultPath": "$.why"}])
    result = failed(state, "Dark", "no power", {"cue": 7}, retries=2)
    assert (result.status, result.next_state) == (StateTestStatus.CAUGHT_ERROR, "Torch")
    assert result.output == {"cue": 7, "why": {"Error": "Dark", "Cause": "no power"}}
    assert result.error_details == ErrorDetails(catch_index=0, retry_index=1)


def test_an_error_in_an_expression_can_be_caught_too() -> None:
    state = task(
        QueryLanguage="JSONata", Arguments="{% $states.input.absent %}",
        Catch=[{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "Mend"}],
    )  # fmt: skip
    result = begun(state).result()
    assert (result.status, result.next_state) == (StateTestStatus.CAUGHT_ERROR, "Mend")
    assert result.error == "States.QueryEvaluationError"
    assert (result.cause or "").startswith("The JSONata expression")


def test_an_error_that_nobody_takes_fails_the_state() -> None:
    result = failed(task(), "Dark", "no power")
    assert (result.status, result.error, result.cause) == (StateTestStatus.FAILED, "Dark", "no power")
    assert result.error_details is None


def test_an_error_inside_a_map_state_is_its_own() -> None:
    catch = [{"ErrorEquals": ["Dark"], "Next": "Torch"}]
    assert failed(mapped(Catch=catch), "Dark", None, CUES).next_state == "Torch"
    assert failed(mapped(Retry=RETRY), "Dark", None, CUES).status is StateTestStatus.RETRIABLE


@pytest.mark.parametrize(
    ("limits", "failures", "holds"),
    [
        ({}, 3, True),
        ({"ToleratedFailureCount": 1}, 1, True),
        ({"ToleratedFailureCount": 1}, 2, False),
        ({"ToleratedFailurePercentage": 34}, 1, True),
        ({"ToleratedFailurePercentage": 34}, 2, False),
        ({"ToleratedFailureCount": 3, "ToleratedFailurePercentage": 34}, 2, False),
    ],
)
def test_failed_iterations_are_held_against_the_thresholds(limits: JSON, failures: int, holds: bool) -> None:
    result = succeeded(mapped(**limits), ["a", "b", "c"], CUES, failed=failures)
    assert (result.status is StateTestStatus.SUCCEEDED) is holds
    assert (result.error == "States.ExceedToleratedFailureThreshold") is not holds


# ------------------------------------------------------------------ time
def test_a_wait_state_goes_on_when_its_time_has_come() -> None:
    test = begun({"Type": "Wait", "Seconds": 30, "Next": "Go"}, {"cue": 7})
    assert test.due == START + timedelta(seconds=30)
    test.wake(START + timedelta(seconds=30))
    result = test.result()
    assert (result.status, result.next_state, result.output) == (StateTestStatus.SUCCEEDED, "Go", {"cue": 7})


def test_what_still_waits_when_the_test_ends_has_timed_out() -> None:
    result = begun({"Type": "Wait", "Seconds": 30}).result()
    assert (result.status, result.error) == (StateTestStatus.FAILED, "States.Timeout")


def test_work_that_takes_longer_than_the_state_allows_is_caught_as_a_timeout() -> None:
    catch = [{"ErrorEquals": ["States.Timeout"], "Next": "Late"}]
    test = begun(task(TimeoutSeconds=5, Catch=catch))
    test.start_attempt(START)
    assert test.due == START + timedelta(seconds=5)
    test.wake(test.due)
    assert test.result().next_state == "Late"


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:states:us-east-1:123456789012:activity:paint",
        "arn:aws:states:::states:startExecution.sync",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    ],
)
def test_work_that_somebody_answers_for_later_takes_a_mock(resource: str) -> None:
    state = {"Type": "Task", "Resource": resource, "End": True}
    assert subject(state).answers_later
    assert succeeded(state, {"painted": True}).output == {"painted": True}


# ------------------------------------------------------------------ what an ItemReader would have read
@pytest.mark.parametrize(
    ("text", "config", "items"),
    [
        ('[1, 2, 3]', {"InputType": "JSON"}, [1, 2, 3]),
        ('{"a": 1}', {"InputType": "JSON"}, [{"Key": "a", "Value": 1}]),
        ('{"x": {"y": [1, 2]}}', {"InputType": "JSON", "ItemsPointer": "/x/y"}, [1, 2]),
        ('{"n": 1}\n\n{"n": 2}\n', {"InputType": "JSONL"}, [{"n": 1}, {"n": 2}]),
        ("who,what\nAnn,go\n", {"InputType": "CSV"}, [{"who": "Ann", "what": "go"}]),
        (
            "Ann;go\nBob;stay",
            {
                "InputType": "CSV", "CSVDelimiter": "SEMICOLON", "CSVHeaderLocation": "GIVEN",
                "CSVHeaders": ["who", "what"], "MaxItems": 1,
            },
            [{"who": "Ann", "what": "go"}],
        ),
    ],
)  # fmt: skip
def test_reader_data_becomes_items_as_the_reader_says(text: str, config: JSON, items: JSON) -> None:
    reader = {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": config}
    assert read_data(text, reader).items == items
    state = {**mapped(ItemReader=reader, ItemSelector="{% $states.context.Map.Item.Value %}"), "End": True}
    del state["Items"]
    test = begun(subject(state).with_items(read_data(text, reader).items))
    assert test.iterations == len(items)
    test.succeed([], START)
    assert test.result().stages["afterItemSelector"] == items


def test_reader_data_that_holds_no_items_is_refused() -> None:
    with pytest.raises(ValueError, match="array or an object"):
        read_data("7", {"ReaderConfig": {"InputType": "JSON"}})
    with pytest.raises(ValueError, match="leads to nothing"):
        read_data("{}", {"ReaderConfig": {"InputType": "JSON", "ItemsPointer": "/x"}})


def test_what_items_pointer_leads_to_is_a_stage() -> None:
    reader = {"ReaderConfig": {"InputType": "JSON", "ItemsPointer": "/cues"}}
    read = read_data('{"cues": [1]}', reader)
    assert read.stages == {"afterItemsPointer": [1]}
    state = {"Type": "Map", "ItemProcessor": branch(("Call", {"Type": "Pass"})), "End": True}
    stages = succeeded(subject(state).with_items(read.items), [], stages=read.stages).stages
    assert stages["afterItemsPointer"] == [1]
    assert "afterItemsPath" not in stages


@pytest.mark.parametrize(
    ("batcher", "sizes"),
    [
        ({"MaxItemsPerBatch": 2}, [2, 1]),
        ({"MaxItemsPerBatch": "{% $states.input.most %}"}, [3]),
        ({"MaxInputBytesPerBatch": 28}, [2, 1]),  # {"Items":["lights","sound"]} has 28 bytes
        ({"MaxInputBytesPerBatch": 27}, [1, 2]),
        ({"MaxInputBytesPerBatch": 1}, [1, 1, 1]),
    ],
)
def test_items_are_put_into_batches_as_large_as_may_be(batcher: JSON, sizes: list[int]) -> None:
    test = begun(mapped(ItemBatcher=batcher), {**CUES, "most": 9})
    assert test.iterations == len(sizes)
    test.succeed([], START)
    batches = test.result().stages["afterItemBatcher"]
    assert [len(batch["Items"]) for batch in batches] == sizes
    assert [item for batch in batches for item in batch["Items"]] == CUES["cues"]


def test_each_batch_carries_the_batch_input_beside_what_was_selected() -> None:
    state = mapped(
        ItemSelector={"what": "{% $states.context.Map.Item.Value %}"},
        ItemBatcher={"MaxItemsPerBatch": 2, "BatchInput": {"act": "{% $states.input.act %}"}},
    )
    stages = succeeded(state, [], {**CUES, "act": 1}).stages
    assert stages["afterItemBatcher"][1] == {"BatchInput": {"act": 1}, "Items": [{"what": "fly"}]}
