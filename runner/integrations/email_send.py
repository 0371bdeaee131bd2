"""Sends a mail; the engine queues it in the transaction that takes the result."""

from __future__ import annotations

import re

from .arguments import Arguments
from .description import Description, fields
from .failures import fails_as_told
from .interface import Outcome, Ports, Request, SendMail, Succeeded

repeatable = True  # nothing leaves before the result is written

# Only what breaks a header or cannot be an address; the mail server judges the rest.
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
MOST_RECIPIENTS = 100


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns the mail to queue and who will get it."""
    given = Arguments(request.arguments, ("To", "Subject", "Text", "Html"))
    to = tuple(dict.fromkeys(address.strip() for address in given.texts("To") if address.strip()))
    if not to:
        given.refuse('The field "To" must have at least one address')
    if len(to) > MOST_RECIPIENTS:
        given.refuse(f'The field "To" has more than {MOST_RECIPIENTS} addresses')
    for address in to:
        if not _ADDRESS.fullmatch(address):
            given.refuse(f'"{address[:100]}" in the field "To" is no e-mail address')
    subject = given.text("Subject", required=True) or ""
    if "\n" in subject or "\r" in subject:
        given.refuse('The field "Subject" must be a single line')
    text = given.text("Text", required=True) or ""
    html = given.text("Html")
    given.done()
    return Succeeded({"To": list(to), "Subject": subject}, effect=SendMail(to, subject, text, html))


DESCRIPTION = Description(
    resource="arn:cuelight:states:::email:send",
    title="E-mail",
    description="Send a message",
    icon="mail",
    category="People",
    own=True,
    state_name="Send an e-mail",
    suffixes=(".waitForTaskToken",),
    arguments={"To": ["somebody@example.org"], "Subject": "It is done", "Text": "The workflow has ended."},
    arguments_schema=fields(
        (
            "To",
            {
                "type": "array",
                "title": "To",
                "description": "E-mail addresses; each gets a message of its own.",
                "format": "email-list",
                "items": {"type": "string"},
                "minItems": 1,
                "examples": [["jonas@example.org"]],
            },
        ),
        (
            "Subject",
            {"type": "string", "title": "Subject", "format": "expression", "examples": ["Title chosen"]},
        ),
        (
            "Text",
            {
                "type": "string",
                "title": "Text",
                "format": "textarea",
                "examples": ["{% 'The title is ' & $states.input.Title %}"],
            },
        ),
        (
            "Html",
            {
                "type": "string",
                "title": "HTML",
                "description": "For readers that show HTML; the text is always sent too.",
                "format": "textarea",
                "x-group": "advanced",
            },
        ),
        required=("To", "Subject", "Text"),
    ),
)
