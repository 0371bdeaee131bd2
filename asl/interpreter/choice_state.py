"""Choice: goes where the first matching rule leads."""

from __future__ import annotations

from ..choice_rules import And, Comparison, Not, Or
from ..errors import NO_CHOICE_MATCHED, StateError
from ..jsontext import to_text
from ..query.jsonata import JsonataExpression, unexpected_type
from ..states import Branch, Choice
from .cursor import Cursor
from .data_flow import effective_input, output_of_input, output_of_states, output_path
from .work import Run

_NO_WAY = "Failed to transition out of the state. The state does not point to a next state."


def enter(run: Run, cursor: Cursor, state: Choice) -> None:
    """Find the branch and take it; without one, States.NoChoiceMatched."""
    transform = state.transform
    if transform.jsonata:
        states = {"input": cursor.input}
        for branch in state.branches:
            if _holds(branch, states, cursor):
                assigned = branch.assign.evaluate(states, cursor) if branch.assign is not None else None
                output = branch.output.evaluate(states, cursor) if branch.output is not None else cursor.input
                run.leave(cursor, "ChoiceStateExited", output, branch.next, assigned)
                return
        if state.default is None:
            raise StateError(NO_CHOICE_MATCHED, _NO_WAY)
        output, assigned = output_of_states(cursor, transform, states, cursor.input)
        run.leave(cursor, "ChoiceStateExited", output, state.default, assigned)
        return
    value = effective_input(cursor, transform)
    for branch in state.branches:
        condition = branch.condition
        if isinstance(condition, Comparison | And | Or | Not) and condition.matches(value, cursor):
            assigned = branch.assign.evaluate(value, cursor) if branch.assign is not None else None
            run.leave(
                cursor, "ChoiceStateExited", output_path(cursor, transform, value), branch.next, assigned
            )
            return
    if state.default is None:
        raise StateError(NO_CHOICE_MATCHED, _NO_WAY)
    output, assigned = output_of_input(cursor, transform)
    run.leave(cursor, "ChoiceStateExited", output, state.default, assigned)


def _holds(branch: Branch, states: dict[str, object], cursor: Cursor) -> bool:
    assert not isinstance(branch.condition, Comparison | And | Or | Not)
    found = branch.condition.evaluate(states, cursor)
    if not isinstance(found, bool):
        source = (
            branch.condition.source if isinstance(branch.condition, JsonataExpression) else to_text(found)
        )
        location = (
            branch.condition.location if isinstance(branch.condition, JsonataExpression) else "Condition"
        )
        raise unexpected_type(source, location, "boolean", found)
    return found
