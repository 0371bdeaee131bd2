"""Asks named people to choose; the answer comes by mail link, page or API."""

from __future__ import annotations

from typing import Any

from .arguments import Arguments
from .description import Description, fields
from .failures import fails_as_told
from .interface import OpenApproval, Outcome, Ports, Request, Submitted

repeatable = True  # nothing leaves before the result is written

THREE_DAYS = 259_200.0
A_YEAR = 31_536_000.0  # the longest an execution may run
STYLES = ("primary", "danger", "plain")
COMMENTS = ("none", "optional", "required")
FIELD_TYPES = ("text", "textarea", "number", "boolean", "date", "select")
DEFAULT_CHOICES: tuple[dict[str, str], ...] = (
    {"Value": "approve", "Label": "Approve", "Style": "primary"},
    {"Value": "reject", "Label": "Reject", "Style": "danger"},
)
_KNOWN = (
    *("Question", "Details", "Approvers", "Choices", "Fields", "Comment"),
    *("ExpiresInSeconds", "VotesNeeded", "RequesterMayDecide"),
)


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns the approval to open; its expiry is the attempt's deadline."""
    approval = approval_of(request.arguments)
    return Submitted(output=None, effect=approval, deadline_seconds=approval.expires_in_seconds)


def approval_of(arguments: Any) -> OpenApproval:
    """Returns what is asked for, with defaults filled in; raises `TaskError` with every reason."""
    given = Arguments(arguments, _KNOWN)
    question = given.text("Question", required=True) or ""
    approvers = tuple(name.strip() for name in given.texts("Approvers") if name.strip())
    if not approvers:
        given.refuse('The field "Approvers" must name at least one person')
    choices = _choices(given)
    comment = given.text("Comment", default="optional") or "optional"
    if comment not in COMMENTS:
        given.refuse(f'The field "Comment" must be one of {", ".join(COMMENTS)}')
    expires = given.number("ExpiresInSeconds", least=1, most=A_YEAR)
    # A group counts as one approver here; how many people it has is known when it is opened.
    votes = given.number("VotesNeeded", least=1, most=100, whole=True) or 1
    named = [name for name in approvers if not name.startswith("group:")]
    if len(named) == len(approvers) and votes > len(set(approvers)):
        given.refuse(f'The field "VotesNeeded" asks for {votes} votes of {len(set(approvers))} people')
    approval = OpenApproval(
        question=question,
        details=given.known.get("Details"),
        approvers=tuple(dict.fromkeys(approvers)),
        choices=choices,
        fields=_fields(given),
        comment=comment,
        expires_in_seconds=THREE_DAYS if expires is None else float(expires),
        votes_needed=votes,
        requester_may_decide=given.flag("RequesterMayDecide", True),
    )
    given.done()
    return approval


def _choices(given: Arguments) -> tuple[dict[str, str], ...]:
    listed = given.objects("Choices")
    if not listed:
        if given.known.get("Choices") == []:
            given.refuse('The field "Choices" must have at least one choice')
        return DEFAULT_CHOICES
    choices: list[dict[str, str]] = []
    for place, item in enumerate(listed):
        value = item.get("Value")
        if not isinstance(value, str) or not value:
            given.refuse(f'The field "Choices[{place}].Value" must be a string that is not empty')
            continue
        choice = {"Value": value, "Label": value}
        for name in ("Label", "Description", "Style"):
            text = item.get(name)
            if text is None or text == "":
                continue
            if isinstance(text, str):
                choice[name] = text
            else:
                given.refuse(f'The field "Choices[{place}].{name}" must be a string')
        choice.setdefault("Style", "primary" if place == 0 else "plain")
        if choice["Style"] not in STYLES:
            given.refuse(f'The field "Choices[{place}].Style" must be one of {", ".join(STYLES)}')
        choices.append(choice)
    if len({choice["Value"] for choice in choices}) < len(choices):
        given.refuse('The values of "Choices" must differ')
    return tuple(choices)


def _fields(given: Arguments) -> tuple[dict[str, Any], ...]:
    listed = given.objects("Fields")
    for place, item in enumerate(listed):
        if not isinstance(item.get("Name"), str) or not item["Name"]:
            given.refuse(f'The field "Fields[{place}].Name" must be a string that is not empty')
        if item.get("Type", "text") not in FIELD_TYPES:
            given.refuse(f'The field "Fields[{place}].Type" must be one of {", ".join(FIELD_TYPES)}')
    names = [item.get("Name") for item in listed]
    if len(set(map(str, names))) < len(names):
        given.refuse('The names of "Fields" must differ')
    return listed


DESCRIPTION = Description(
    resource="arn:cuelight:states:::approval:request",
    title="Approval",
    description="Ask named people, wait",
    icon="user-check",
    category="People",
    own=True,
    state_name="Ask for approval",
    arguments={
        "Question": "Shall it go ahead?",
        "Approvers": ["reviewer@example.org"],
        "Choices": [dict(choice) for choice in DEFAULT_CHOICES],
        "ExpiresInSeconds": 259_200,
    },
    arguments_schema=fields(
        (
            "Question",
            {
                "type": "string",
                "title": "Question",
                "description": "First line of the e-mail and of the review page.",
                "format": "expression",
                "minLength": 1,
                "examples": ["{% 'Which title for ' & $video & '?' %}"],
            },
        ),
        (
            "Approvers",
            {
                "type": "array",
                "title": "Who is asked",
                "description": "E-mail addresses, user names, or group:<name>.",
                "format": "email-list",
                "minItems": 1,
                "items": {"type": "string"},
                "examples": [["jonas@example.org", "group:Editors"]],
            },
        ),
        (
            "Details",
            {
                "title": "What is to be judged",
                "description": "Text, or an object whose members are shown one below the other.",
                "format": "expression",
                "type": ["string", "object", "array", "null"],
                "examples": ["{% {'Title A': $titleA, 'Title B': $titleB} %}"],
            },
        ),
        (
            "Choices",
            {
                "type": "array",
                "title": "Answers",
                "description": "Each is a button; a Choice state after this one says where each leads.",
                "default": [dict(choice) for choice in DEFAULT_CHOICES],
                "minItems": 1,
                "items": fields(
                    (
                        "Value",
                        {"type": "string", "title": "Value", "description": "What the output carries."},
                    ),
                    ("Label", {"type": "string", "title": "Label"}),
                    ("Description", {"type": "string", "title": "Description"}),
                    (
                        "Style",
                        {"type": "string", "title": "Style", "enum": list(STYLES), "default": "plain"},
                    ),
                    required=("Value",),
                ),
            },
        ),
        (
            "Comment",
            {
                "type": "string",
                "title": "Comment",
                "enum": list(COMMENTS),
                "default": "optional",
                "description": "Whether the reviewer may, must or cannot add a comment.",
            },
        ),
        (
            "ExpiresInSeconds",
            {
                "type": "integer",
                "title": "Answer within",
                "description": "Afterwards the state fails with States.Timeout.",
                "format": "duration-seconds",
                "default": 259_200,
                "minimum": 1,
                "maximum": int(A_YEAR),
            },
        ),
        (
            "VotesNeeded",
            {
                "type": "integer",
                "title": "Votes needed",
                "description": "How many people have to give the same answer.",
                "default": 1,
                "minimum": 1,
                "x-group": "advanced",
            },
        ),
        (
            "RequesterMayDecide",
            {
                "type": "boolean",
                "title": "Requester may decide",
                "description": "Whether the one who started the execution may answer.",
                "default": True,
                "x-group": "advanced",
            },
        ),
        (
            "Fields",
            {
                "type": "array",
                "title": "Form fields",
                "description": "What else the reviewer fills in.",
                "x-group": "advanced",
                "items": fields(
                    ("Name", {"type": "string", "title": "Name"}),
                    ("Label", {"type": "string", "title": "Label"}),
                    (
                        "Type",
                        {"type": "string", "title": "Type", "enum": list(FIELD_TYPES), "default": "text"},
                    ),
                    ("Required", {"type": "boolean", "title": "Required", "default": False}),
                    ("Default", {"title": "Default"}),
                    ("Options", {"type": "array", "title": "Options", "items": {"type": "string"}}),
                    required=("Name",),
                ),
            },
        ),
        required=("Question", "Approvers"),
    ),
)
