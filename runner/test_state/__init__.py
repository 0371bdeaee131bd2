"""One state, tested: checked, run with a mock or for real, and shown as far as was asked.

Nothing is written: there is no execution, and what an integration would have written (a mail, an
approval, a child) is refused instead.
"""

from .asked import Asked, FieldValidation, Level, Mock, MockedError, Refused
from .trying import Answer, answer, answer_here

__all__ = [
    "Answer",
    "Asked",
    "FieldValidation",
    "Level",
    "Mock",
    "MockedError",
    "Refused",
    "answer",
    "answer_here",
]
