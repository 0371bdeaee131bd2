"""What a state asks a model, whoever answers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from runner.integrations.arguments import Arguments
from runner.integrations.interface import JSON

ROLES = ("user", "assistant", "system")
DEFAULT_CONNECTION = "embedded-model"
_KNOWN = (
    *("Connection", "Model", "System", "Messages", "Prompt", "MaxTokens"),
    *("Temperature", "TopP", "Seed", "StopSequences", "ResponseSchema"),
)


@dataclass(frozen=True, slots=True)
class Message:
    role: str  # "user" | "assistant"
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question, with everything that shapes its answer; None leaves a choice to the provider."""

    connection: str
    messages: tuple[Message, ...]
    system: str | None = None
    model: str | None = None
    max_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    stop_sequences: tuple[str, ...] = ()
    schema: JSON = None  # JSON Schema of the answer

    def saying(self, *messages: Message) -> Prompt:
        """Returns the same prompt with more messages at its end."""
        return dataclasses.replace(self, messages=(*self.messages, *messages))

    def also_told(self, instruction: str) -> Prompt:
        """Returns the same prompt with an instruction put below the system's."""
        system = f"{self.system}\n\n{instruction}" if self.system else instruction
        return dataclasses.replace(self, system=system)


def prompt_of(arguments: JSON) -> Prompt:
    """Returns the prompt in a state's arguments; raises `TaskError` with every reason."""
    given = Arguments(arguments, _KNOWN)
    messages, told = _messages(given)
    system = given.text("System")
    schema = given.known.get("ResponseSchema")
    if schema is not None and not isinstance(schema, dict):
        given.refuse('The field "ResponseSchema" must be a JSON Schema object')
    prompt = Prompt(
        connection=given.text("Connection", default=DEFAULT_CONNECTION) or DEFAULT_CONNECTION,
        messages=messages,
        system="\n\n".join(part for part in (system, *told) if part) or None,
        model=given.text("Model") or None,
        max_tokens=given.number("MaxTokens", least=1, most=1_000_000, whole=True),
        temperature=given.number("Temperature", least=0, most=2),
        top_p=given.number("TopP", least=0, most=1),
        seed=given.number("Seed", least=0, most=2**32 - 1, whole=True),
        stop_sequences=given.texts("StopSequences"),
        schema=schema,
    )
    given.done()
    return prompt


def _messages(given: Arguments) -> tuple[tuple[Message, ...], list[str]]:
    """Returns the conversation, and what its system messages say."""
    text = given.text("Prompt")
    listed = given.objects("Messages")
    if (text is None) == (not listed):
        given.refuse('Give either "Prompt" or "Messages", with something in it')
    if text is not None:
        if not text.strip():
            given.refuse('The field "Prompt" is empty')
        return (Message("user", text),), []
    messages: list[Message] = []
    told: list[str] = []
    for place, item in enumerate(listed):
        role, content = item.get("Role", "user"), item.get("Content")
        if role not in ROLES:
            given.refuse(f'The field "Messages[{place}].Role" must be one of {", ".join(ROLES)}')
        elif not isinstance(content, str):
            given.refuse(f'The field "Messages[{place}].Content" must be a string')
        elif role == "system":
            told.append(content)
        else:
            messages.append(Message(role, content))
    if listed and not messages:
        given.refuse('The field "Messages" has nothing that a user says')
    return tuple(messages), told
