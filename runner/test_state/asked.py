"""A request to test a state, and how it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much is shown: the result; each stage of the data flow too; and the HTTP exchange too."""

    INFO = "INFO"
    DEBUG = "DEBUG"
    TRACE = "TRACE"


class FieldValidation(StrEnum):
    """How a mocked result is held against the model of the API that it stands for."""

    STRICT = "STRICT"  # what is required is there, and all that is there fits
    PRESENT = "PRESENT"  # all that is there fits
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class MockedError:
    error: str | None
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Mock:
    """What the state's work gives, in place of doing it: one of the two. `result` is a JSON text."""

    result: str | None = None
    error_output: MockedError | None = None
    validation: FieldValidation = FieldValidation.STRICT


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `input`, `variables`, `context` and `map_item_reader_data` are texts.

    `role_arn` is None where none was given; Cuelight itself needs none and says so with "".
    """

    definition: str
    state_name: str | None = None
    input: str = "{}"
    variables: str | None = None
    context: str | None = None
    level: Level = Level.INFO
    reveal_secrets: bool = False
    mock: Mock | None = None
    role_arn: str | None = None
    retrier_retry_count: int = 0
    error_caused_by_state: str | None = None
    map_iteration_failure_count: int = 0
    map_item_reader_data: str | None = None


class Refused(Exception):
    """The test cannot be made; `code` is the service's, `field` the part of the request that is wrong."""

    def __init__(self, code: str, message: str, field: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


def invalid(message: str, field: str) -> Refused:
    """Return the refusal of a request that breaks a rule."""
    return Refused("ValidationException", message, field)
