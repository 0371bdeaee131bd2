"""Which fields a state may have, and of what kind their values are."""

from __future__ import annotations

_COMMON = {"Type": "text", "Comment": "text", "QueryLanguage": "language"}
_MOVES = {"Next": "text", "End": "true"}
_IN_OUT = {"InputPath": "path?", "OutputPath": "path?"}
_RESULT = {"ResultPath": "reference?", "ResultSelector": "payload"}
_HANDLING = {"Retry": "list", "Catch": "list"}
_ASSIGN = {"Assign": "assign"}
_OUTPUT = {"Output": "any"}

_TASK = {
    "Resource": "text", "Credentials": "credentials", "TimeoutSeconds": "positive",
    "HeartbeatSeconds": "positive",
}  # fmt: skip
_TASK_PATHS = {"TimeoutSecondsPath": "path", "HeartbeatSecondsPath": "path"}
_MAP = {
    "ItemProcessor": "object", "Iterator": "object", "ItemSelector": "any", "ItemReader": "object",
    "ItemBatcher": "object", "ResultWriter": "object", "MaxConcurrency": "count",
    "ToleratedFailurePercentage": "percentage", "ToleratedFailureCount": "count", "Label": "text",
}  # fmt: skip
_MAP_PATHS = {
    "MaxConcurrencyPath": "path", "ToleratedFailurePercentagePath": "path",
    "ToleratedFailureCountPath": "path",
    "ItemsPath": "path", "Parameters": "payload", "ItemSelector": "payload",
}  # fmt: skip

# type -> field -> kind of value; a ? allows null
JSONPATH_FIELDS: dict[str, dict[str, str]] = {
    "Pass": {
        **_COMMON, **_MOVES, **_IN_OUT, **_ASSIGN, "Result": "any", "ResultPath": "reference?",
        "Parameters": "payload",
    },
    "Task": {
        **_COMMON, **_MOVES, **_IN_OUT, **_ASSIGN, **_RESULT, **_HANDLING, **_TASK, **_TASK_PATHS,
        "Parameters": "payload",
    },
    "Choice": {**_COMMON, **_IN_OUT, **_ASSIGN, "Choices": "list", "Default": "text"},
    "Wait": {
        **_COMMON, **_MOVES, **_IN_OUT, **_ASSIGN, "Seconds": "seconds", "SecondsPath": "path",
        "Timestamp": "timestamp",
        "TimestampPath": "path",
    },
    "Succeed": {**_COMMON, **_IN_OUT},
    "Fail": {
        **_COMMON, "Error": "text", "ErrorPath": "path_or_function", "Cause": "text",
        "CausePath": "path_or_function",
    },
    "Parallel": {
        **_COMMON, **_MOVES, **_IN_OUT, **_ASSIGN, **_RESULT, **_HANDLING, "Parameters": "payload",
        "Branches": "list",
    },
    "Map": {**_COMMON, **_MOVES, **_IN_OUT, **_ASSIGN, **_RESULT, **_HANDLING, **_MAP, **_MAP_PATHS},
}  # fmt: skip
JSONATA_FIELDS: dict[str, dict[str, str]] = {
    "Pass": {**_COMMON, **_MOVES, **_ASSIGN, **_OUTPUT},
    "Task": {**_COMMON, **_MOVES, **_ASSIGN, **_OUTPUT, **_HANDLING, **_TASK, "Arguments": "arguments"},
    "Choice": {**_COMMON, **_ASSIGN, **_OUTPUT, "Choices": "list", "Default": "text"},
    "Wait": {**_COMMON, **_MOVES, **_ASSIGN, **_OUTPUT, "Seconds": "seconds", "Timestamp": "timestamp"},
    "Succeed": {**_COMMON, **_OUTPUT},
    "Fail": {**_COMMON, "Error": "text", "Cause": "text"},
    "Parallel": {
        **_COMMON, **_MOVES, **_ASSIGN, **_OUTPUT, **_HANDLING, "Arguments": "arguments", "Branches": "list",
    },
    "Map": {**_COMMON, **_MOVES, **_ASSIGN, **_OUTPUT, **_HANDLING, **_MAP, "Items": "items"},
}  # fmt: skip

REQUIRED: dict[str, tuple[str, ...]] = {
    "Task": ("Resource",), "Choice": ("Choices",), "Parallel": ("Branches",),
}  # fmt: skip
# at most one of these; where `needed`, exactly one
ONE_OF: dict[str, tuple[tuple[tuple[str, ...], bool], ...]] = {
    "Task": (
        (("TimeoutSeconds", "TimeoutSecondsPath"), False),
        (("HeartbeatSeconds", "HeartbeatSecondsPath"), False),
    ),
    "Wait": ((("Seconds", "SecondsPath", "Timestamp", "TimestampPath"), True),),
    "Fail": ((("Error", "ErrorPath"), False), (("Cause", "CausePath"), False)),
    "Map": (
        (("ItemProcessor", "Iterator"), True),
        (("ItemSelector", "Parameters"), False),
        (("MaxConcurrency", "MaxConcurrencyPath"), False),
        (("ToleratedFailureCount", "ToleratedFailureCountPath"), False),
        (("ToleratedFailurePercentage", "ToleratedFailurePercentagePath"), False),
    ),
}
TYPES = tuple(JSONPATH_FIELDS)
ALL_FIELDS = frozenset(
    name for table in (JSONPATH_FIELDS, JSONATA_FIELDS) for fields in table.values() for name in fields
)
MACHINE_FIELDS = frozenset(
    {"Comment", "StartAt", "States", "TimeoutSeconds", "Version", "QueryLanguage", "ProcessorConfig"}
)
RETRIER_FIELDS = frozenset(
    {
        "ErrorEquals",
        "IntervalSeconds",
        "MaxAttempts",
        "BackoffRate",
        "MaxDelaySeconds",
        "JitterStrategy",
        "Comment",
    }
)
CATCHER_FIELDS = {
    False: frozenset({"ErrorEquals", "Next", "ResultPath", "Assign", "Comment"}),
    True: frozenset({"ErrorEquals", "Next", "Assign", "Output", "Comment"}),
}
