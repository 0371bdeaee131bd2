"""Succeed: ends its frame."""

from __future__ import annotations

from ..states import Succeed
from .cursor import Cursor
from .data_flow import output_of_input
from .work import Run


def enter(run: Run, cursor: Cursor, state: Succeed) -> None:
    """Leave with the output, to nowhere."""
    output, assigned = output_of_input(cursor, state.transform)
    run.leave(cursor, "SucceedStateExited", output, None, assigned)
