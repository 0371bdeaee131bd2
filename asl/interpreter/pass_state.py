"""Pass: hands its input on, changed or not."""

from __future__ import annotations

from ..states import Pass
from .cursor import Cursor
from .data_flow import effective_input, output_of_result, output_of_states, trace
from .work import Run


def enter(run: Run, cursor: Cursor, state: Pass) -> None:
    """Do all of it at once."""
    transform = state.transform
    if transform.jsonata:
        output, assigned = output_of_states(cursor, transform, {"input": cursor.input}, cursor.input)
    else:
        value = effective_input(cursor, transform)
        if transform.arguments is not None:
            value = transform.arguments.evaluate(value, cursor)
            trace(cursor, "afterParameters", value)
        if state.has_result:
            value = state.result
        output, assigned = output_of_result(cursor, transform, value)
    run.leave(cursor, "PassStateExited", output, state.next, assigned)
