"""What a reviewer reads, on the page and in the mail: plain values, made once from the rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from people.models import User
from runner.models import Approval, Recipient

from . import words

# Longer values get a fold of their own; shorter ones stand in a list of facts.
LONG = 100
# A single text that is not longer is shown at once.
SHORT_TEXT = 280
# A list takes more room for as much to read.
SHORT_LIST = 600


@dataclass(frozen=True, slots=True)
class Answer:
    """One offered answer. `heading` is small and above `what`, where the question gives it content."""

    value: str
    label: str
    what: str
    heading: str = ""
    then: str = ""
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Fold:
    """A longer value that is opened to be read."""

    title: str
    text: str
    is_data: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    name: str
    label: str
    kind: str
    is_required: bool
    description: str
    options: tuple[str, ...]
    value: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Who has answered what."""

    by: str
    label: str
    at: str
    comment: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An approval as its reader sees it."""

    question: str
    instance: str
    asks: str
    run: str
    workflow: str
    deadline: str
    deadline_full: str
    left: str
    answers: tuple[Answer, ...]
    facts: tuple[tuple[str, str], ...]
    folds: tuple[Fold, ...]
    votes_sentence: str
    why_you: str
    ballots: tuple[Ballot, ...] = ()
    fields: tuple[FormField, ...] = ()
    comment_mode: str = "optional"
    has_account: bool = False

    @property
    def answer_names(self) -> list[str]:
        return [answer.label for answer in self.answers]

    def answer(self, value: str) -> Answer | None:
        """Return the answer of this value."""
        return next((answer for answer in self.answers if answer.value == value), None)

    @property
    def answers_with_content(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.heading]


@dataclass(frozen=True, slots=True)
class Entered:
    """What was sent with a form that could not be accepted, to be shown again."""

    choice: str = ""
    comment: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def show(recipient: Recipient, now: datetime, entered: Entered | None = None) -> Shown:
    """Return the approval as this recipient sees it; its relations should have been read with it."""
    approval = recipient.approval
    entered = entered or Entered()
    answers, rest = _answers(approval)
    facts, folds = _details(rest)
    ballots = tuple(
        Ballot(vote.by, vote.label, words.moment(vote.at), vote.comment)
        for vote in approval.votes.order_by("at")
    )
    return Shown(
        question=approval.question,
        instance=approval.workspace.name,
        asks=_requester(approval),
        run=words.short_name(approval.execution.name),
        workflow=approval.execution.state_machine.name,
        deadline=words.moment(approval.expires_at),
        deadline_full=words.moment(approval.expires_at, full=True),
        left=words.span(approval.expires_at - now),
        answers=answers,
        facts=facts,
        folds=folds,
        votes_sentence=_votes_sentence(approval, len(ballots)),
        why_you=_why_you(recipient),
        ballots=ballots,
        fields=tuple(_field(offered, entered) for offered in approval.fields),
        comment_mode=approval.comment,
        has_account=recipient.user_id is not None,
    )


def _answers(approval: Approval) -> tuple[tuple[Answer, ...], Any]:
    """Return the answers, and the details without what stands on an answer.

    Details such as {"Title A": "The lamps …"} belong to the answer of that name: there they are read
    when they are chosen.
    """
    rest = dict(approval.details) if isinstance(approval.details, dict) else approval.details
    keys = {key.strip().lower(): key for key in rest} if isinstance(rest, dict) else {}
    answers = []
    for offered in approval.choices:
        label = offered.get("Label") or offered["Value"]
        content = offered.get("Content", "")
        key = keys.get(label.strip().lower()) or keys.get(offered["Value"].strip().lower())
        if (
            not content
            and key is not None
            and isinstance(rest, dict)
            and isinstance(rest.get(key), str | int | float)
        ):
            content = _text(rest.pop(key))
        answers.append(
            Answer(
                value=offered["Value"],
                label=label,
                heading=label if content else "",
                what=content or label,
                then=offered.get("Description", ""),
                style=offered.get("Style", "plain"),
            )
        )
    return tuple(answers), rest


def _details(details: Any) -> tuple[tuple[tuple[str, str], ...], tuple[Fold, ...]]:
    if details is None or details in ("", {}, []):
        return (), ()
    if not isinstance(details, dict):
        text = _text(details)
        # A list of texts is read like prose, so it is folded for its length alone.
        is_data = not isinstance(details, str) and not text.startswith("• ")
        is_short = not is_data and len(text) <= (SHORT_TEXT if isinstance(details, str) else SHORT_LIST)
        return (), (Fold("What this is about", text, is_data, is_short),)
    facts = []
    folds = []
    for key, value in details.items():
        text = _text(value)
        if isinstance(value, dict | list):
            folds.append(Fold(key, text, is_data=True))
        elif len(text) > LONG or "\n" in text:
            folds.append(Fold(key, text))
        else:
            facts.append((key, text))
    return tuple(facts), tuple(folds)


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case True:
            return "yes"
        case False:
            return "no"
        case None:
            return "nothing"
        case int() | float():
            return str(value)
        case [*items] if items and all(isinstance(item, str) and "\n" not in item for item in items):
            return "\n".join(f"• {item}" for item in items)
        case _:
            return json.dumps(value, indent=2, ensure_ascii=False)


def _requester(approval: Approval) -> str:
    if not approval.requested_by:
        return ""
    user = User.objects.filter(username=approval.requested_by).first()
    return user.name if user is not None else approval.requested_by


def _votes_sentence(approval: Approval, given: int) -> str:
    asked = approval.recipients.count()
    if asked <= 1 and approval.votes_needed <= 1:
        return ""
    needed = words.number(approval.votes_needed).capitalize()
    is_one = approval.votes_needed == 1
    people = f"of {words.number(asked)} people " if asked > 1 else ""
    so_far = (
        "nobody has answered yet"
        if not given
        else f"{words.number(given)} {'has' if given == 1 else 'have'} answered so far"
    )
    return f"{needed} {'vote' if is_one else 'votes'} {people}{'is' if is_one else 'are'} needed; {so_far}."


def _why_you(recipient: Recipient) -> str:
    if recipient.asked_as:
        return f"you are in the group {recipient.asked_as}"
    return "you were named as one who can answer"


def _field(offered: Mapping[str, Any], entered: Entered) -> FormField:
    name = str(offered["Name"])
    default = offered.get("Default")
    return FormField(
        name=name,
        label=str(offered.get("Label") or name),
        kind={"choice": "select"}.get(kind := str(offered.get("Type", "text")), kind),
        is_required=bool(offered.get("Required")),
        description=str(offered.get("Description") or ""),
        options=tuple(str(option) for option in offered.get("Options") or ()),
        value=entered.fields.get(name, "" if default in (None, False) else _plain(default)),
        error=entered.errors.get(f"fields.{name}", ""),
    )


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
