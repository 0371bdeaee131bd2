"""Pass: hands its input on, changed or not."""

from __future__ import annotations

from ..states import Pass
from .cursor import Cursor
from .data_flow import arguments, output_of_result, output_of_states, trace
from .work import Run


def enter(run: Run, cursor: Cursor, state: Pass) -> None:
    """Do all of it at once."""
    transform = state.transform
    if transform.jsonata:
        output, assigned = output_of_states(cursor, transform, {"input": cursor.input}, cursor.input)
    else:
        if state.has_result:  # neither InputPath nor Parameters is looked at then, as recorded
            value = state.result
            trace(cursor, "result", value)
        else:
            value = arguments(cursor, transform)
        output, assigned = output_of_result(cursor, transform, value)
    run.leave(cursor, "PassStateExited", output, state.next, assigned)
