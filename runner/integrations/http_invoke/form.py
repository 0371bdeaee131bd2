"""How the HTTP call shows in the palette and in the inspector."""

from runner.integrations.description import Description, fields

from .call import METHODS
from .encoding import ARRAY_FORMATS, BODY_ENCODINGS

DESCRIPTION = Description(
    resource="arn:aws:states:::http:invoke",
    title="HTTP call",
    description="With a stored connection",
    icon="globe",
    category="Web and code",
    state_name="Call an endpoint",
    timeout_seconds=60,
    arguments={"Method": "GET", "ApiEndpoint": "https://api.example.com/items"},
    arguments_schema=fields(
        ("Method", {"type": "string", "title": "Method", "enum": list(METHODS), "default": "GET"}),
        (
            "ApiEndpoint",
            {
                "type": "string",
                "title": "Address",
                "description": "The whole address, or a path below the connection's base URL.",
                "format": "expression",
                "minLength": 1,
                "examples": ["https://api.example.com/items", "/transcripts"],
            },
        ),
        (
            "InvocationConfig",
            {
                "title": "Connection",
                "description": "Whose credentials and hosts are used.",
                **fields(
                    (
                        "ConnectionArn",
                        {
                            "type": "string",
                            "title": "Connection",
                            "format": "connection",
                            "x-kinds": ["http", "openai", "embedded_model", "demo"],
                            "examples": ["demo"],
                        },
                    )
                ),
            },
        ),
        (
            "QueryParameters",
            {
                "type": "object",
                "title": "Query",
                "description": "Encoded and put behind the address; a list repeats its name.",
                "format": "key-values",
                "additionalProperties": {"type": "string"},
                "examples": [{"page": "1"}],
            },
        ),
        (
            "Headers",
            {
                "type": "object",
                "title": "Headers",
                "description": "Credentials belong into the connection: Authorization is refused here.",
                "format": "key-values",
                "additionalProperties": {"type": "string"},
                "examples": [{"Accept": "application/json"}],
            },
        ),
        (
            "RequestBody",
            {
                "title": "Body",
                "description": "Sent as JSON; a text is sent as it stands.",
                "format": "json",
                "examples": ["{% $states.input %}"],
            },
        ),
        (
            "Transform",
            {
                "title": "Body encoding",
                "x-group": "advanced",
                **fields(
                    (
                        "RequestBodyEncoding",
                        {
                            "type": "string",
                            "title": "Encoding",
                            "enum": list(BODY_ENCODINGS),
                            "default": "NONE",
                        },
                    ),
                    (
                        "RequestEncodingOptions",
                        {
                            "title": "Options",
                            **fields(
                                (
                                    "ArrayFormat",
                                    {
                                        "type": "string",
                                        "title": "Arrays",
                                        "enum": list(ARRAY_FORMATS),
                                        "default": "INDICES",
                                    },
                                )
                            ),
                        },
                    ),
                ),
            },
        ),
        required=("Method", "ApiEndpoint"),
    ),
)
