"""States move to a workflow of their own and back: by mouse and keyboard, and with the same result."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import expect_saved, settled, state
from tests.support import accessibility
from tests.support.server import Server

JSON = Any


@dataclass
class Studio:
    """A workflow that is open in a browser."""

    page: Page
    server: Server
    key: str = field(default="")

    def open(self, name: str, definition: JSON) -> None:
        text = json.dumps(definition, indent=2)
        made = self.server.api().post("/api/workflows/", {"name": name, "definition": text})
        self.key = str(made["id"])
        self.page.goto(f"/workflows/{self.key}")
        expect(state(self.page, definition["StartAt"])).to_be_visible()

    def name(self, name: str) -> Locator:
        """The name on a card: what a person points at."""
        return state(self.page, name).get_by_text(name, exact=True).first

    def select(self, *names: str) -> None:
        for index, name in enumerate(names):
            self.name(name).click(modifiers=["Shift"] if index else [])

    def undone(self, label: str) -> None:
        self.page.keyboard.press("Control+z")
        expect(self.page.get_by_role("button", name=f"Redo: {label}", exact=True)).to_be_visible()

    def extracted(self, name: str, *names: str) -> None:
        """Extracts states with the keyboard; the Task in their place has the workflow's name."""
        self.select(*names)
        self.page.keyboard.press("x")
        self.page.get_by_role("dialog").get_by_label("Name").fill(name)
        self.page.keyboard.press("Enter")
        expect(state(self.page, name)).to_be_visible()

    def brought(self, *names: str) -> None:
        """Brings the states of the workflow that the held Task starts here."""
        self.page.keyboard.press("Shift+X")
        for name in names:
            expect(state(self.page, name)).to_be_visible()

    def definition(self) -> JSON:
        """Saves; returns the draft as the server has it."""
        self.page.keyboard.press("Control+s")
        expect_saved(self.page)
        return json.loads(self.server.api().get(f"/api/workflows/{self.key}/")["definition"])

    def output(self, given: JSON) -> JSON:
        """Runs the draft to its end; returns what came out."""
        self.definition()
        api = self.server.api()
        started = api.post(f"/api/workflows/{self.key}/executions/", {"source": "draft", "input": given})
        ended = api.wait_until_ended(started["id"])
        assert ended["status"] == "SUCCEEDED", ended
        return ended["output"]


@pytest.fixture
def studio(signed_in: NewPage, server: Server) -> Studio:
    return Studio(signed_in(), server)


COUNTING: JSON = {
    "QueryLanguage": "JSONata",
    "StartAt": "Begin",
    "States": {
        "Begin": {"Type": "Pass", "Assign": {"n": "{% $states.input.from %}", "seen": []}, "Next": "Count"},
        "Count": {
            "Type": "Pass",
            "Assign": {"n": "{% $n + 1 %}", "seen": "{% $append($seen, $n) %}"},
            "Output": {"at": "{% $n %}"},
            "Next": "Enough?",
        },
        "Enough?": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% $n >= 4 %}", "Next": "Tell"}],
            "Default": "Count",
        },
        "Tell": {
            "Type": "Pass",
            "Output": {"n": "{% $n %}", "seen": "{% $seen %}", "last": "{% $states.input %}"},
            "End": True,
        },
    },
}

GREETING: JSON = {
    "StartAt": "Who",
    "States": {
        "Who": {"Type": "Pass", "Assign": {"who.$": "$.who"}, "ResultPath": None, "Next": "Which"},
        "Which": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.formal", "BooleanEquals": True, "Next": "Dear"}],
            "Default": "Hello",
        },
        "Dear": {
            "Type": "Pass",
            "Parameters": {"said.$": "States.Format('Dear {}', $who)"},
            "Assign": {"polite": True},
            "Next": "Sign",
        },
        "Hello": {
            "Type": "Pass",
            "Parameters": {"said.$": "States.Format('Hello {}', $who)"},
            "Assign": {"polite": False},
            "Next": "Sign",
        },
        "Sign": {
            "Type": "Pass",
            "Parameters": {"all.$": "$.said", "polite.$": "$polite", "who.$": "$who"},
            "End": True,
        },
    },
}

BOXES: JSON = {
    "QueryLanguage": "JSONata",
    "StartAt": "Factor",
    "States": {
        "Factor": {"Type": "Pass", "Assign": {"factor": 3}, "Next": "Each"},
        "Each": {
            "Type": "Map",
            "Items": "{% $states.input.items %}",
            "ItemProcessor": {
                "StartAt": "Times",
                "States": {
                    "Times": {"Type": "Pass", "Output": "{% $states.input * $factor %}", "Next": "Wrap"},
                    "Wrap": {"Type": "Pass", "Output": "{% [$states.input] %}", "Next": "Both"},
                    "Both": {
                        "Type": "Parallel",
                        "Branches": [
                            {
                                "StartAt": "Left",
                                "States": {
                                    "Left": {"Type": "Pass", "Assign": {"own": 1}, "Next": "Left 2"},
                                    "Left 2": {
                                        "Type": "Pass",
                                        "Output": "{% [$states.input, $own, $factor] %}",
                                        "End": True,
                                    },
                                },
                            },
                            {"StartAt": "Right", "States": {"Right": {"Type": "Succeed"}}},
                        ],
                        "End": True,
                    },
                },
            },
            "End": True,
        },
    },
}


@pytest.mark.parametrize(
    ("name", "definition", "states", "given", "result"),
    [
        (
            "counting",
            COUNTING,
            ("Count", "Enough?"),
            {"from": 1},
            {"n": 4, "seen": [1, 2, 3], "last": {"at": 3}},
        ),
        (
            "greeting",
            GREETING,
            ("Which", "Dear", "Hello"),
            {"who": "Maya", "formal": True},
            {"all": "Dear Maya", "polite": True, "who": "Maya"},
        ),
        (
            "in-a-map",
            BOXES,
            ("Times", "Wrap"),
            {"items": [1, 2]},
            [[[3, 1, 3], [3]], [[6, 1, 3], [6]]],
        ),
        (
            "in-a-branch",
            BOXES,
            ("Left", "Left 2"),
            {"items": [1]},
            [[[3, 1, 3], [3]]],
        ),
    ],
)
def test_a_workflow_gives_the_same_before_after_and_back(
    studio: Studio, name: str, definition: JSON, states: tuple[str, ...], given: JSON, result: JSON
) -> None:
    studio.open(name, definition)
    assert studio.output(given) == result

    studio.extracted(f"{name}-part", *states)
    for each in states:
        expect(state(studio.page, each)).to_have_count(0)
    assert studio.definition() != definition
    assert studio.output(given) == result

    studio.brought(*states)
    assert studio.definition() == definition
    assert studio.output(given) == result


def test_the_dialog_says_what_goes_in_and_out_and_the_new_workflow_opens(
    studio: Studio, server: Server
) -> None:
    page = studio.page
    server.api().publish("taken-name", {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})
    studio.open("extract-asks", COUNTING)

    # With the mouse: the other button on one of the selected states.
    studio.select("Count", "Enough?")
    studio.name("Count").click(button="right")
    page.get_by_role("menuitem", name="Extract to a workflow…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Extract 2 states to a workflow")
    passing = dialog.get_by_role("region", name="In and out")
    expect(passing).to_contain_text("the input of Count, and $n, $seen")
    expect(passing).to_contain_text("the output, which goes on to Tell, and $n, $seen")
    expect(passing).to_contain_text("States.TaskFailed")
    assert accessibility.faults(page) == []

    # What cannot be its name is said at its field.
    box = dialog.get_by_label("Name")
    expect(box).to_have_value("extract-asks-count")
    box.fill("two words")
    expect(dialog).to_contain_text("Write it without spaces")
    box.fill("taken-name")
    expect(dialog).to_contain_text("A workflow is called taken-name already")
    expect(dialog.get_by_role("button", name="Extract")).to_be_disabled()
    box.fill("count-up")
    dialog.get_by_label("Description").fill("Counts to four")
    dialog.get_by_role("button", name="Extract").click()

    # One step, which undo takes back; the workflow stays.
    expect(state(page, "count-up")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="count-up is made and published")).to_be_visible()
    label = "extract 2 states to count-up"
    studio.undone(label)
    expect(state(page, "Enough?")).to_be_visible()
    expect(state(page, "count-up")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(state(page, "count-up")).to_be_visible()
    page.get_by_role("button", name="Open it").click()
    expect(state(page, "Take in")).to_be_visible()
    expect(state(page, "Hand back")).to_be_visible()
    expect(page.get_by_test_id("publish")).to_have_text("Version 1 is published")
    [found] = server.api().get("/api/workflows/", name="count-up")["results"]
    assert found["description"] == "Counts to four"
    [left] = server.api().get("/api/workflows/", name="extract-asks")["results"]
    task = json.loads(left["definition"])["States"]["count-up"]
    assert task["Arguments"]["StateMachineArn"] == found["arn"]


def test_the_name_that_is_proposed_is_free_and_marked_whole(studio: Studio, server: Server) -> None:
    studio.open("named", COUNTING)
    for name in ("named-count", "named-count-2"):
        server.api().post("/api/workflows/", {"name": name})
    studio.select("Count", "Enough?")
    studio.page.keyboard.press("x")
    field = studio.page.get_by_role("dialog").get_by_label("Name")
    expect(field).to_have_value("named-count-3")
    expect(field).to_be_focused()
    studio.page.keyboard.type("own")
    expect(field).to_have_value("own")


def test_what_cannot_be_extracted_is_explained_and_shown(studio: Studio) -> None:
    page = studio.page
    studio.open("extract-not", COUNTING)
    studio.select("Enough?")
    page.get_by_test_id("more").click()
    page.get_by_role("menuitem", name="Extract the selection to a workflow…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 state cannot be extracted as it is")
    expect(dialog).to_contain_text("“Enough?” leads to “Tell” and to “Count”")
    dialog.get_by_role("button", name="Show it").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Delete")).to_be_enabled()

    # By the words of what is to be done.
    settled(studio.page)
    studio.select("Begin", "Tell")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Go to").fill("extract the selection")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("There are two ways in")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Extract the selection to a workflow")


def test_states_that_cannot_run_are_named_before_anything_is_made(studio: Studio, server: Server) -> None:
    broken = json.loads(json.dumps(COUNTING))
    broken["States"]["Tell"]["Output"] = "{% $n + %}"
    studio.open("extract-broken", broken)
    studio.select("Tell")
    studio.page.keyboard.press("x")
    studio.page.get_by_role("dialog").get_by_label("Name").fill("never-made")
    studio.page.keyboard.press("Enter")
    expect(studio.page.get_by_role("alert")).to_contain_text("These states have errors")
    assert server.api().get("/api/workflows/", name="never-made")["results"] == []


PART: JSON = {
    "QueryLanguage": "JSONata",
    "StartAt": "Try",
    "States": {
        "Try": {"Type": "Pass", "Assign": {"n": "{% $states.input.count %}"}, "Next": "Good?"},
        "Good?": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% $n > 9 %}", "Next": "Bad"}],
            "Default": "List",
        },
        "List": {"Type": "Succeed", "Output": "{% [1..$n] %}"},
        "Bad": {"Type": "Fail", "Error": "TooMany", "Cause": "more than nine"},
    },
}


# What the states of `starting` say in each language.
SAYING: dict[str, dict[str, JSON]] = {
    "JSONata": {
        "before": {"Output": "{% $states.input %}"},
        "task": {
            "Output": {"list": "{% $states.result.Output %}", "first": "{% $states.result.Output[0] %}"},
            "Assign": {"n": "{% $count($states.result.Output) %}"},
        },
        "catcher": {"Output": {"again": "{% $n %}"}},
        "last": {"Output": {"was": "{% $states.input %}", "n": "{% $n %}"}},
        "sorry": {"Output": {"sorry": "{% $states.input.again %}"}},
    },
    "JSONPath": {
        "before": {"Parameters": {"n.$": "$.n", "again": {"n": "none"}}},
        "task": {
            "ResultSelector": {"list.$": "$.Output", "first.$": "$.Output[0]"},
            "Assign": {"n.$": "States.ArrayLength($.Output)"},
        },
        "catcher": {"ResultPath": "$.again.error"},
        "last": {"Parameters": {"was.$": "$", "n.$": "$n"}},
        "sorry": {"Parameters": {"sorry.$": "$.again.n"}},
    },
}


def starting(arn: str, language: str) -> JSON:
    """A workflow that does more with the one it starts than to pass on."""
    says = SAYING[language]
    told: JSON = {"StateMachineArn": arn, "Input": {"count": "{% $states.input.n %}"}}
    if language == "JSONPath":
        told["Input"] = {"count.$": "$.n"}
    return {
        "QueryLanguage": language,
        "StartAt": "Before",
        "States": {
            "Before": {"Type": "Pass", **says["before"], "Assign": {"n": "none"}, "Next": "List"},
            "List": {
                "Type": "Task",
                "Resource": "arn:aws:states:::states:startExecution.sync:2",
                "Arguments" if language == "JSONata" else "Parameters": told,
                **says["task"],
                "Catch": [{"ErrorEquals": ["States.TaskFailed"], **says["catcher"], "Next": "Sorry"}],
                "Next": "Last",
            },
            "Last": {"Type": "Pass", **says["last"], "End": True},
            "Sorry": {"Type": "Pass", **says["sorry"], "End": True},
        },
    }


@pytest.mark.parametrize("language", ["JSONata", "JSONPath"])
def test_more_than_plain_passing_is_kept_by_a_parallel_state(
    studio: Studio, server: Server, language: str
) -> None:
    page, api = studio.page, server.api()
    part = f"part-{language.lower()}"
    api.publish(part, PART)
    [row] = api.get("/api/workflows/", name=part)["results"]
    studio.open(f"whole-{language.lower()}", starting(row["arn"], language))
    expected = [
        ({"n": 3}, {"was": {"list": [1, 2, 3], "first": 1}, "n": 3}),
        ({"n": 1}, {"was": {"list": [1], "first": 1}, "n": 1}),
        ({"n": 12}, {"sorry": "none"}),
    ]
    for given, result in expected:
        assert studio.output(given) == result

    studio.name("List").click(button="right")
    page.get_by_role("menuitem", name="Bring its states here").click()
    expect(state(page, "Try")).to_be_visible()
    told = page.get_by_role("status").filter(has_text=f"The states of {part} are here")
    expect(told).to_contain_text("Parallel state")
    expect(told).to_contain_text("List is called List 2, $n is called $n_2 here")
    box = studio.definition()["States"]["List"]
    assert box["Type"] == "Parallel"
    assert ("QueryLanguage" in box["Branches"][0]["States"]["Try"]) == (language == "JSONPath")
    for given, result in expected:
        assert studio.output(given) == result

    # One step back, by the message's own button.
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(state(page, "Try")).to_have_count(0)


def test_what_cannot_be_brought_here_is_explained(studio: Studio, server: Server) -> None:
    page = studio.page
    arn = "arn:aws:states:us-east-1:000000000009:stateMachine:elsewhere"
    task = {"Type": "Task", "Arguments": {"StateMachineArn": arn, "Input": "{% $states.input %}"}}
    resource = "arn:aws:states:::states:startExecution"
    studio.open(
        "bring-not",
        {
            "QueryLanguage": "JSONata",
            "StartAt": "Start",
            "States": {
                "Start": {**task, "Resource": resource, "Next": "Wait"},
                "Wait": {
                    **task,
                    "Resource": f"{resource}.sync:2",
                    "Output": "{% $states.result.Output %}",
                    "End": True,
                },
            },
        },
    )
    studio.select("Start")
    page.keyboard.press("Shift+X")
    expect(page.get_by_role("status").filter(has_text="goes on without waiting")).to_be_visible()
    studio.select("Wait")
    page.keyboard.press("Shift+X")
    expect(page.get_by_role("status").filter(has_text="no workflow here with the ARN")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Undo"))).to_be_disabled()


def test_what_is_drawn_by_hand_goes_along_and_comes_back(studio: Studio, server: Server) -> None:
    page, api = studio.page, server.api()
    studio.open("extract-layout", BOXES)
    studio.select("Times", "Wrap")
    for _ in range(3):
        page.keyboard.press("Alt+ArrowRight")
    before = api_layout(studio)
    assert set(before["positions"]) == {"Times", "Wrap"}

    studio.extracted("layout-part", "Times", "Wrap")
    assert set(api_layout(studio)["positions"]) == {"layout-part"}
    [row] = api.get("/api/workflows/", name="layout-part")["results"]
    assert set(row["layout"]["positions"]) == {"Times", "Wrap"}
    studio.brought("Times", "Wrap")
    assert api_layout(studio) == before


def api_layout(studio: Studio) -> JSON:
    studio.definition()
    return studio.server.api().get(f"/api/workflows/{studio.key}/")["layout"]
