"""Starts another state machine: and goes on, or waits for its end, or for a callback."""

from __future__ import annotations

from .arguments import Arguments
from .description import Description, fields
from .failures import fails_as_told
from .interface import Outcome, Ports, Request, StartChild, Submitted
from .resource import parsed

repeatable = True  # the child is written together with the result

# The service's own set: characters that may not stand in an execution's name.
_NOT_IN_NAMES = set(' <>{}[]?*"#%\\^|~`$&,;:/')
LONGEST_NAME = 80


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns the child to start; the engine writes it and makes the reply."""
    given = Arguments(request.arguments, ("StateMachineArn", "Name", "Input", "TraceHeader"))
    arn = given.text("StateMachineArn", required=True) or ""
    name = given.text("Name")
    if name is not None and (not 0 < len(name) <= LONGEST_NAME or _NOT_IN_NAMES & set(name)):
        given.refuse(
            f'The field "Name" must have 1 to {LONGEST_NAME} characters and none of the reserved ones'
        )
    given.done()
    suffix = parsed(request.resource).suffix
    child = StartChild(
        state_machine_arn=arn,
        name=name,
        input={} if (value := given.known.get("Input")) is None else value,
        wait_for_end=suffix in (".sync", ".sync:2"),
        parsed_output=suffix == ".sync:2",
        waits_for_token=suffix == ".waitForTaskToken",
    )
    return Submitted(output=None, effect=child)


DESCRIPTION = Description(
    resource="arn:aws:states:::states:startExecution.sync:2",
    title="Start a workflow",
    description="And wait, if wanted",
    icon="workflow",
    category="Web and code",
    state_name="Start a workflow",
    suffixes=("", ".sync", ".sync:2", ".waitForTaskToken"),
    arguments={"StateMachineArn": "", "Input": "{% $states.input %}"},
    arguments_schema=fields(
        (
            "StateMachineArn",
            {
                "type": "string",
                "title": "Workflow",
                "description": "The state machine to start.",
                "format": "state-machine",
                "minLength": 1,
                "examples": ["arn:aws:states:us-east-1:000000000001:stateMachine:title-chooser"],
            },
        ),
        (
            "Input",
            {
                "title": "Input",
                "description": "What the execution starts with.",
                "format": "expression",
                "default": {},
            },
        ),
        (
            "Name",
            {
                "type": "string",
                "title": "Execution name",
                "description": "Made up where it is left out.",
                "maxLength": LONGEST_NAME,
                "x-group": "advanced",
            },
        ),
        required=("StateMachineArn",),
    ),
)
