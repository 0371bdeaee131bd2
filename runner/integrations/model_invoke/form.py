"""How the model invoke shows in the palette and in the inspector."""

from runner.integrations.description import Description, fields

from .prompt import DEFAULT_CONNECTION, ROLES

DESCRIPTION = Description(
    resource="arn:cuelight:states:::model:invoke",
    title="Model",
    description="Any OpenAI-compatible server, or Bedrock",
    icon="sparkles",
    category="Models",
    own=True,
    state_name="Ask a model",
    timeout_seconds=120,
    arguments={"Connection": DEFAULT_CONNECTION, "Prompt": "Say hello.", "MaxTokens": 200},
    arguments_schema=fields(
        (
            "Connection",
            {
                "type": "string",
                "title": "Connection",
                "description": "Who answers; another connection is all it takes to change the model.",
                "format": "connection",
                "x-kinds": ["embedded_model", "openai", "aws"],
                "default": DEFAULT_CONNECTION,
            },
        ),
        (
            "Model",
            {
                "type": "string",
                "title": "Model",
                "description": "Left out, the connection's own is used.",
                "examples": ["gpt-5-mini", "anthropic.claude-3-5-haiku-20241022-v1:0"],
            },
        ),
        (
            "System",
            {
                "type": "string",
                "title": "Instruction",
                "description": "What the model is to be, said before the conversation.",
                "format": "textarea",
                "examples": ["You write short video titles."],
            },
        ),
        (
            "Prompt",
            {
                "type": "string",
                "title": "Prompt",
                "description": "One message from the user. Either this or the conversation.",
                "format": "textarea",
                "x-either": "Messages",
                "examples": ["{% 'Write a title for: ' & $states.input.Text %}"],
            },
        ),
        (
            "Messages",
            {
                "type": "array",
                "title": "Conversation",
                "description": "Messages in order; the last one is from the user.",
                "x-either": "Prompt",
                "format": "expression",
                "items": fields(
                    ("Role", {"type": "string", "title": "Role", "enum": list(ROLES), "default": "user"}),
                    ("Content", {"type": "string", "title": "Content", "format": "textarea"}),
                    required=("Role", "Content"),
                ),
                "examples": ["{% $append($conversation, {'Role': 'user', 'Content': 'Shorter, please.'}) %}"],
            },
        ),
        (
            "ResponseSchema",
            {
                "type": "object",
                "title": "Answer as JSON",
                "description": "A JSON Schema that the answer has to fit; the value comes back in Json.",
                "format": "json-schema",
                "examples": [
                    {
                        "type": "object",
                        "properties": {"title": {"type": "string"}},
                        "required": ["title"],
                    }
                ],
            },
        ),
        (
            "MaxTokens",
            {
                "type": "integer",
                "title": "Most tokens",
                "description": "Left out, the server's own limit holds (the embedded model's is 512).",
                "minimum": 1,
                "examples": [200],
            },
        ),
        (
            "Temperature",
            {
                "type": "number",
                "title": "Temperature",
                "description": "0 is the most predictable.",
                "minimum": 0,
                "maximum": 2,
                "examples": [0.7],
            },
        ),
        (
            "TopP",
            {"type": "number", "title": "Top P", "minimum": 0, "maximum": 1, "x-group": "advanced"},
        ),
        (
            "Seed",
            {
                "type": "integer",
                "title": "Seed",
                "description": "The same seed gives the same answer, where the server heeds it.",
                "minimum": 0,
                "maximum": 2**32 - 1,
                "x-group": "advanced",
            },
        ),
        (
            "StopSequences",
            {
                "type": "array",
                "title": "Stop at",
                "description": "The answer ends before any of these texts.",
                "items": {"type": "string"},
                "x-group": "advanced",
            },
        ),
    ),
)
