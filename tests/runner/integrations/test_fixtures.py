"""The examples: valid, and running to what they promise with scripted answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from asl.interpreter.commands import ScheduleAttempt
from asl.interpreter.frames import Status
from asl.parse import parse_text
from asl.validate import validate_text
from runner.integrations import registry
from tests.asl.world import Fails, Outcome, Succeeds, World

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
EXAMPLES = sorted(path.parent.name for path in FIXTURES.glob("*/definition.asl.json"))


def read(example: str, name: str) -> Any:
    return json.loads((FIXTURES / example / name).read_text(encoding="utf-8"))


def definition_text(example: str) -> str:
    return (FIXTURES / example / "definition.asl.json").read_text(encoding="utf-8")


def tasks(states: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for state in states.values():
        if state["Type"] == "Task":
            found.append(state)
        for branch in state.get("Branches", []):
            found += tasks(branch["States"])
        if "ItemProcessor" in state:
            found += tasks(state["ItemProcessor"]["States"])
    return found


class Answers:
    """Answers each state from a list, in order, and remembers what it was asked."""

    def __init__(self, results: dict[str, list[Any]]) -> None:
        self.left = {state: list(answers) for state, answers in results.items()}
        self.asked: list[ScheduleAttempt] = []

    def __call__(self, attempt: ScheduleAttempt) -> Outcome:
        self.asked.append(attempt)
        answer = self.left[attempt.state].pop(0)
        if isinstance(answer, dict) and "Error" in answer:
            return Fails(answer["Error"], answer.get("Cause"))
        return Succeeds(answer)


def run(example: str, results: dict[str, list[Any]]) -> tuple[World, Answers]:
    answers = Answers(results)
    definition = parse_text(definition_text(example), known_resource=registry.known)
    world = World(definition, read(example, "input.json"), answers).run()
    return world, answers


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_valid_without_a_warning(example: str) -> None:
    assert validate_text(definition_text(example), known_resource=registry.known) == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_says_in_its_first_line_what_it_is_for(example: str) -> None:
    first = (FIXTURES / example / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert first[0].isalnum()
    assert 20 < len(first) <= 120


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_call_of_an_example_has_a_timeout_and_a_retrier(example: str) -> None:
    for task in tasks(read(example, "definition.asl.json")["States"]):
        if task["Resource"].endswith("approval:request"):
            assert task["Arguments"]["ExpiresInSeconds"] > 0
            assert task["Catch"]
        else:
            assert task["TimeoutSeconds"] > 0
            assert task["Retry"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_comes_to_its_expected_output(example: str) -> None:
    expected = read(example, "expected.json")
    world, answers = run(example, expected["results"])
    execution = world.execution
    assert (execution.status, execution.output) == (expected["status"], expected["output"])
    assert all(left == [] for left in answers.left.values())
    entered = [
        entry.details["name"]
        for entry in world.history
        if entry.type.endswith("StateEntered") and entry.frame == 0
    ]
    assert entered == expected["path"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_integration_takes_every_argument_of_an_example(example: str) -> None:
    """A field that the integration does not know would end the execution in States.Runtime."""
    for task in tasks(read(example, "definition.asl.json")["States"]):
        description = registry.described(task["Resource"])
        assert description is not None
        assert set(task["Arguments"]) <= set(description.arguments_schema["properties"])


def test_each_round_of_titles_is_asked_for_with_other_seeds() -> None:
    expected = read("title-chooser", "expected.json")
    _, answers = run("title-chooser", expected["results"])
    asked = [attempt for attempt in answers.asked if attempt.state == "Title from the model"]
    first, again = (attempt.arguments for attempt in asked)
    assert first["Prompt"] == again["Prompt"]
    assert first["Seed"] != again["Seed"]


def test_the_reviewer_is_shown_both_titles() -> None:
    expected = read("title-chooser", "expected.json")
    _, answers = run("title-chooser", expected["results"])
    asked = next(attempt for attempt in answers.asked if attempt.state == "Choose a title").arguments
    assert asked["Question"] == "Which title for city-bees.mp4?"
    assert asked["Approvers"] == ["reviewer@example.org"]
    assert [choice["Value"] for choice in asked["Choices"]] == ["A", "B", "Again"]
    # Named as the answers are, they are shown on the answers' own cards.
    assert asked["Details"]["Title A"] == "Bees in the City"
    assert asked["Details"]["Title B"] == "Honey from the Library"


def test_an_answer_of_the_model_that_was_cut_off_is_asked_for_again() -> None:
    results = read("title-chooser", "expected.json")["results"]
    cut = {
        "StatusCode": 200,
        "ResponseBody": {"model": "stub", "choices": [{"message": {"content": '{"des'}}]},
    }
    results["Title over HTTP"].insert(0, cut)
    results["Title from the model"].insert(0, results["Title from the model"][0])
    world, _ = run("title-chooser", results)
    assert world.execution.status is Status.SUCCEEDED


@pytest.mark.parametrize("example", ["title-chooser", "hello-approval"])
def test_an_example_ends_in_words_when_nobody_answers(example: str) -> None:
    results = read(example, "expected.json")["results"]
    state = "Choose a title" if example == "title-chooser" else "May I say hello?"
    results[state] = [{"Error": "States.Timeout", "Cause": "Nobody decided."}]
    world, _ = run(example, results)
    assert (world.execution.status, world.execution.error) == (Status.FAILED, "ReviewTimedOut")
    assert "obody" in str(world.execution.cause)


def test_each_prompt_of_the_chain_is_given_the_conversation_so_far() -> None:
    expected = read("prompt-chain", "expected.json")
    _, answers = run("prompt-chain", expected["results"])
    assert [len(attempt.arguments["Messages"]) for attempt in answers.asked] == [1, 3, 5]
    assert answers.asked[2].arguments["Messages"] == expected["output"]["conversation"][:5]
