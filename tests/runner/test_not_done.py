import json

from runner import state_machines

PASS = {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}
DISTRIBUTED = {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
READS = {
    "StartAt": "Each",
    "States": {
        "Each": {
            "Type": "Map",
            "ItemReader": {
                "Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": {"InputType": "JSON"},
                "Parameters": {"Bucket": "b", "Key": "k"},
            },
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                **PASS,
            },
            "Next": "Pods",
        },
        "Pods": {"Type": "Task", "Resource": "arn:aws:states:::eks:call", "End": True},
    },
}


def test_what_will_fail_here_is_told_before_it_runs() -> None:
    found = state_machines.diagnose(json.dumps(READS))
    told = {one.location: one.severity for one in found if one.code == "NOT_DONE_HERE"}
    assert told == {"/States/Each/ItemReader": "WARNING", "/States/Pods/Resource": "WARNING"}
    assert state_machines.errors_among(found) == []


def test_what_is_no_definition_has_no_such_warning() -> None:
    for text in ("", "{", "[]", "[" * 100_000, '{"a":' * 300 + "1" + "}" * 300):
        assert all(one.code != "NOT_DONE_HERE" for one in state_machines.diagnose(text))
