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
# a whole machine, one in a branch, and one in an ItemProcessor or Iterator; the service knows no
# QueryLanguage in the latter two
MACHINE_FIELDS: dict[str, str] = {
    "Comment": "text", "StartAt": "text", "States": "object", "QueryLanguage": "language",
    "TimeoutSeconds": "positive", "Version": "text",
}  # fmt: skip
BRANCH_FIELDS: dict[str, str] = {"Comment": "text", "StartAt": "text", "States": "object"}
PROCESSOR_FIELDS: dict[str, str] = {**BRANCH_FIELDS, "ProcessorConfig": "object"}
PROCESSOR_CONFIG_FIELDS: dict[str, str] = {"Mode": "mode", "ExecutionType": "execution_type"}

RETRIER_FIELDS: dict[str, str] = {
    "ErrorEquals": "list", "IntervalSeconds": "interval", "MaxAttempts": "attempts", "BackoffRate": "rate",
    "MaxDelaySeconds": "delay", "JitterStrategy": "jitter", "Comment": "text",
}  # fmt: skip
CATCHER_FIELDS: dict[bool, dict[str, str]] = {  # by whether the language is JSONata
    False: {
        "ErrorEquals": "list", "Next": "text", "ResultPath": "reference?", "Assign": "assign",
        "Comment": "text",
    },
    True: {"ErrorEquals": "list", "Next": "text", "Assign": "assign", "Output": "any", "Comment": "text"},
}  # fmt: skip
CHOICE_RULE_FIELDS: dict[bool, dict[str, str]] = {  # without the comparisons of choice_rules.py
    False: {"Variable": "path", "Next": "text", "Assign": "assign", "Comment": "text"},
    True: {"Condition": "condition", "Next": "text", "Assign": "assign", "Output": "any", "Comment": "text"},
}

# https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html and the pages after it
ITEM_READER_FIELDS: dict[bool, dict[str, str]] = {
    False: {"Resource": "text", "ReaderConfig": "object", "Parameters": "payload"},
    True: {"Resource": "text", "ReaderConfig": "object", "Arguments": "arguments"},
}
READER_CONFIG_FIELDS: dict[bool, dict[str, str]] = {
    True: {
        "InputType": "input_type", "Transformation": "reader_transformation", "ManifestType": "manifest_type",
        "CSVDelimiter": "csv_delimiter", "CSVHeaderLocation": "csv_header_location", "CSVHeaders": "list",
        "MaxItems": "count", "ItemsPointer": "text",
    },
}  # fmt: skip
READER_CONFIG_FIELDS[False] = {**READER_CONFIG_FIELDS[True], "MaxItemsPath": "path"}
ITEM_BATCHER_FIELDS: dict[bool, dict[str, str]] = {
    True: {"MaxItemsPerBatch": "count", "MaxInputBytesPerBatch": "count", "BatchInput": "any"},
    False: {
        "MaxItemsPerBatch": "count", "MaxItemsPerBatchPath": "path", "MaxInputBytesPerBatch": "count",
        "MaxInputBytesPerBatchPath": "path", "BatchInput": "payload",
    },
}  # fmt: skip
RESULT_WRITER_FIELDS: dict[bool, dict[str, str]] = {
    False: {"Resource": "text", "WriterConfig": "object", "Parameters": "payload"},
    True: {"Resource": "text", "WriterConfig": "object", "Arguments": "arguments"},
}
WRITER_CONFIG_FIELDS: dict[str, str] = {
    "Transformation": "writer_transformation", "OutputType": "output_type",
}  # fmt: skip

JITTER = ("FULL", "NONE")
# kind of value -> what it may be
ENUMERATIONS: dict[str, tuple[str, ...]] = {
    "language": ("JSONPath", "JSONata"),
    "jitter": JITTER,
    "mode": ("INLINE", "DISTRIBUTED"),
    "execution_type": ("STANDARD", "EXPRESS"),
    "input_type": ("CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"),
    "reader_transformation": ("NONE", "LOAD_AND_FLATTEN"),
    "manifest_type": ("ATHENA_DATA", "S3_INVENTORY"),
    "csv_delimiter": ("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"),
    "csv_header_location": ("FIRST_ROW", "GIVEN"),
    "writer_transformation": ("NONE", "COMPACT", "FLATTEN"),
    "output_type": ("JSON", "JSONL"),
}
