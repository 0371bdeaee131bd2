"""The actions of AWS that the palette offers; every other one works by naming it."""

from __future__ import annotations

from typing import Any

from runner.integrations.description import Description, fields

from .optimised import TABLE

JSON = Any


def _text(title: str, example: str = "", **more: JSON) -> JSON:
    return {
        "type": "string",
        "title": title,
        "format": "expression",
        **({"examples": [example]} if example else {}),
        **more,
    }


_QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/my-queue"
_TALK = "s3://my-bucket/talk.mp4"
_RUN = "{% $states.context.Execution.Name %}"
_HAIKU = "anthropic.claude-3-5-haiku-20241022-v1:0"
_OR_OBJECT = "A text, or an object sent as JSON."
_ITEM: JSON = {
    "type": "object",
    "title": "Item",
    "description": "DynamoDB's own form: each attribute with its type.",
    "format": "json",
    "examples": [{"id": {"S": "42"}, "title": {"S": "Bread"}}],
}


def _suffixes(resource: str) -> tuple[str, ...]:
    optimised = TABLE.get(resource)
    every = ("", ".sync", ".waitForTaskToken")
    known = optimised.suffixes if optimised is not None else ("", ".waitForTaskToken")
    return tuple(suffix for suffix in every if suffix in known)


def _action(
    resource: str,
    shown: tuple[str, str, str, str],
    arguments: JSON,
    *properties: tuple[str, JSON],
    required: tuple[str, ...],
) -> Description:
    """`shown` is title, description, icon, and the name of a newly inserted state."""
    title, description, icon, state_name = shown
    return Description(
        resource=f"arn:aws:states:::{resource}",
        title=title,
        description=description,
        icon=icon,
        category="AWS",
        state_name=state_name,
        timeout_seconds=60,
        suffixes=_suffixes(f"arn:aws:states:::{resource}"),
        arguments=arguments,
        arguments_schema=fields(*properties, required=required),
    )


# What only its author knows begins empty: the form shows an example, and the problems list asks for it.
DESCRIPTIONS: tuple[Description, ...] = (
    _action(
        "aws-sdk:s3:getObject",
        ("S3 get object", "Read an object", "archive", "Read from S3"),
        {"Bucket": "", "Key": ""},
        ("Bucket", _text("Bucket", "my-bucket")),
        ("Key", _text("Key", "path/to/object.json")),
        ("VersionId", _text("Version", **{"x-group": "advanced"})),
        required=("Bucket", "Key"),
    ),
    _action(
        "aws-sdk:s3:putObject",
        ("S3 put object", "Write an object", "archive-restore", "Write to S3"),
        {"Bucket": "", "Key": "", "Body": "{% $states.input %}"},
        ("Bucket", _text("Bucket", "my-bucket")),
        ("Key", _text("Key", "path/to/object.json")),
        ("Body", {"title": "Content", "description": "A text as it stands, else JSON.", "format": "json"}),
        ("ContentType", _text("Content type", "application/json")),
        required=("Bucket", "Key"),
    ),
    _action(
        "aws-sdk:s3:listObjectsV2",
        ("S3 list objects", "List a bucket", "folder-search", "List a bucket"),
        {"Bucket": ""},
        ("Bucket", _text("Bucket", "my-bucket")),
        ("Prefix", _text("Prefix", "path/")),
        ("MaxKeys", {"type": "integer", "title": "At most", "minimum": 1, "maximum": 1000}),
        ("ContinuationToken", _text("Go on from", **{"x-group": "advanced"})),
        required=("Bucket",),
    ),
    _action(
        "dynamodb:getItem",
        ("DynamoDB get item", "Read by key", "database", "Read an item"),
        {"TableName": "", "Key": {"id": {"S": "{% $states.input.id %}"}}},
        ("TableName", _text("Table", "my-table")),
        ("Key", {**_ITEM, "title": "Key"}),
        ("ConsistentRead", {"type": "boolean", "title": "Consistent read", "default": False}),
        required=("TableName", "Key"),
    ),
    _action(
        "dynamodb:putItem",
        ("DynamoDB put item", "Write an item", "database", "Write an item"),
        {"TableName": "", "Item": {"id": {"S": "{% $states.input.id %}"}}},
        ("TableName", _text("Table", "my-table")),
        ("Item", _ITEM),
        ("ConditionExpression", _text("Condition", "attribute_not_exists(id)", **{"x-group": "advanced"})),
        required=("TableName", "Item"),
    ),
    _action(
        "sqs:sendMessage",
        ("SQS", "Send to a queue", "list-end", "Send to a queue"),
        {"QueueUrl": "", "MessageBody": "{% $states.input %}"},
        ("QueueUrl", _text("Queue", _QUEUE)),
        ("MessageBody", {"title": "Message", "description": _OR_OBJECT, "format": "json"}),
        (
            "DelaySeconds",
            {"type": "integer", "title": "Delay", "format": "duration-seconds", "minimum": 0, "maximum": 900},
        ),
        required=("QueueUrl", "MessageBody"),
    ),
    _action(
        "sns:publish",
        ("SNS", "Publish to a topic", "megaphone", "Publish to a topic"),
        {"TopicArn": "", "Message": "{% $states.input %}"},
        ("TopicArn", _text("Topic", "arn:aws:sns:us-east-1:123456789012:my-topic")),
        ("Message", {"title": "Message", "description": _OR_OBJECT, "format": "json"}),
        ("Subject", _text("Subject")),
        required=("TopicArn", "Message"),
    ),
    _action(
        "aws-sdk:transcribe:startTranscriptionJob",
        ("Transcribe", "Speech to text", "audio-lines", "Start a transcription"),
        {"TranscriptionJobName": _RUN, "LanguageCode": "en-US", "Media": {"MediaFileUri": ""}},
        ("TranscriptionJobName", _text("Job name", _RUN)),
        ("LanguageCode", _text("Language", "en-US")),
        (
            "Media",
            {
                "title": "Recording",
                **fields(("MediaFileUri", _text("Address", _TALK)), required=("MediaFileUri",)),
            },
        ),
        ("OutputBucketName", _text("Bucket for the text", **{"x-group": "advanced"})),
        required=("TranscriptionJobName", "Media"),
    ),
    _action(
        "aws-sdk:bedrockruntime:converse",
        ("Bedrock converse", "One form for all its models", "brain-circuit", "Converse"),
        {
            "ModelId": _HAIKU,
            "Messages": [{"Role": "user", "Content": [{"Text": "Say hello."}]}],
        },
        ("ModelId", _text("Model", _HAIKU)),
        ("Messages", {"type": "array", "title": "Conversation", "format": "json"}),
        ("System", {"type": "array", "title": "Instruction", "format": "json"}),
        (
            "InferenceConfig",
            {
                "type": "object",
                "title": "Inference",
                "format": "json",
                "examples": [{"MaxTokens": 200, "Temperature": 0.5}],
            },
        ),
        required=("ModelId", "Messages"),
    ),
)
