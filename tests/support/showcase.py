"""A workspace with a life behind it: what the pages are looked at with, and what their pictures show."""

import json
from dataclasses import dataclass
from typing import Any

from tests.support.api import Api
from tests.support.server import Server
from tests.support.smtp import MailServer, review_link

REVIEWER = "stage.manager@example.com"


def _pass(following: str | None, **fields: Any) -> dict[str, Any]:
    return {"Type": "Pass", **fields, **({"Next": following} if following else {"End": True})}


def _choice(otherwise: str, **ways: tuple[str, str]) -> dict[str, Any]:
    rules = [
        {"Comment": said.replace("_", " "), "Condition": "{% " + condition + " %}", "Next": leads}
        for said, (condition, leads) in ways.items()
    ]
    return {"Type": "Choice", "Choices": rules, "Default": otherwise}


def _machine(comment: str, start: str, **states: dict[str, Any]) -> dict[str, Any]:
    named = {name.replace("_", " "): state for name, state in states.items()}
    return {"Comment": comment, "QueryLanguage": "JSONata", "StartAt": start, "States": named}


def _branch(*names: str, **last: Any) -> dict[str, Any]:
    follow = [*names[1:], None]
    states = {name: _pass(following) for name, following in zip(names, follow, strict=True)}
    states[names[-1]].update(last)
    return {"StartAt": names[0], "States": states}


ASKS_SOMEBODY = _machine(
    "Two drafts, and a person says whether one may go",
    "Collect the notes",
    Collect_the_notes=_pass("Write both", Output={"title": "Stand by", "notes": 4}),
    Write_both={
        "Type": "Parallel",
        "Branches": [_branch("Short draft", "Check the tone"), _branch("Long draft", "Shorten it")],
        "Output": "{% $states.input %}",
        "Next": "May it go",
    },
    May_it_go={
        "Type": "Task",
        "Resource": "arn:cuelight:states:::approval:request",
        "Arguments": {
            "Question": "{% 'May “' & $states.input.title & '” go?' %}",
            "Details": "The amber light is on.",
            "Approvers": [REVIEWER, "admin@localhost"],
        },
        "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Nobody answered"}],
        "Next": "Which answer",
    },
    Which_answer=_choice("Collect the notes", may_go=("$states.input.Answer = 'approve'", "Go")),
    Nobody_answered={"Type": "Fail", "Error": "ReviewTimedOut", "Cause": "Nobody answered in three days."},
    Go={"Type": "Succeed"},
)
TRIAGE = _machine(
    "Sorts letters and answers the easy ones",
    "Read the letter",
    Read_the_letter=_pass("What is it about"),
    What_is_it_about=_choice(
        "Answer by hand",
        an_invoice=("$states.input.kind = 'invoice'", "File it"),
        a_question=("$states.input.kind = 'question'", "Answer it"),
    ),
    File_it=_pass("Done"),
    Answer_it=_pass("Done"),
    Answer_by_hand={"Type": "Fail", "Error": "NotSorted", "Cause": "The letter is of no kind that is known."},
    Done={"Type": "Succeed"},
)
DIGEST = _machine(
    "Summarises every review, some at a time",
    "Summarise each",
    Summarise_each={
        "Type": "Map",
        "Items": "{% $exists($states.input.reviews) ? $states.input.reviews : [1, 2, 3] %}",
        "MaxConcurrency": 5,
        "ItemProcessor": _branch("Read", "Sum up"),
        "Next": "Put together",
    },
    Put_together=_pass("Told"),
    Told={"Type": "Succeed"},
)
TRANSCRIBE = _machine(
    "Waits for the transcript, then files it",
    "Ask for the transcript",
    Ask_for_the_transcript=_pass("Wait for it"),
    Wait_for_it={"Type": "Wait", "Seconds": 86_400, "Next": "Is it there"},
    Is_it_there=_choice("Wait for it", it_is=("$states.input.ready", "File the text")),
    File_the_text=_pass(None),
)
# Its name is longer than a card is wide: what is cut off must not lie under what stands beside it.
FAILS = _machine(
    "Fails, as it says",
    "No",
    No={
        "Type": "Fail",
        "Error": "Refused",
        "Cause": "On purpose, to see how a failure looks.",
    },
)
FAILS_NAME = "fails-as-it-says-in-a-name-that-is-longer-than-a-card-is-wide"

LETTERS = [
    "invoice",
    "question",
    "invoice",
    "song",
    "invoice",
    "question",
    "invoice",
    "invoice",
    "song",
    "question",
]


@dataclass(frozen=True, slots=True)
class Showcase:
    """The keys of what was made."""

    asks: str
    waiting: str
    failing: str
    failed: str
    triage: str
    review: str

    def address(self, path: str) -> str:
        return path.format(**{name: getattr(self, name) for name in self.__slots__})


def make_showcase(server: Server, mails: MailServer) -> Showcase:
    """Makes workflows and runs them, over REST."""
    api = server.api()
    digest = _publish(api, "review-digest", DIGEST)
    for _ in range(12):
        api.wait_until_ended(api.run(digest))
    transcribe = _publish(api, "transcribe-and-file", TRANSCRIBE)
    api.run(transcribe)
    triage = _publish(api, "support-triage", TRIAGE)
    for kind in LETTERS:
        api.wait_until_ended(api.run(triage, {"kind": kind}))
    _change(api, triage, "support-triage, asks by name")
    failing = _publish(api, FAILS_NAME, FAILS)
    failed = api.run(failing)
    api.wait_until_ended(failed)
    asks = _publish(api, "asks-somebody", ASKS_SOMEBODY)
    waiting = api.run(asks, {"video": "city-bees.mp4"}, name="city-bees")
    review = review_link(mails.wait_for_mail(REVIEWER))
    api.post("/api/activities/", {"name": "cut-the-film"})
    return Showcase(asks, waiting, failing, failed, triage, review)


def _publish(api: Api, name: str, definition: dict[str, Any]) -> str:
    """Makes and publishes a workflow that says what it is for."""
    key = api.publish(name, definition)
    api.patch(f"/api/workflows/{key}/", {"description": definition["Comment"]})
    return key


def _change(api: Api, workflow: str, comment: str) -> None:
    """Saves a draft that differs from what is published, so that there is something to compare."""
    found = api.get(f"/api/workflows/{workflow}/")
    changed = json.loads(json.dumps(TRIAGE))
    changed["Comment"] = comment
    changed["States"]["Done"] = _pass(None, Output={"sorted": True})
    api.patch(
        f"/api/workflows/{workflow}/",
        {"definition": json.dumps(changed, indent=2), "draft_revision": found["draft_revision"]},
    )
