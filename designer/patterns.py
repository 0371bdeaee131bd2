"""Ready sub-graphs for the palette; each is a whole machine in JSONata that may be inserted anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

JSON = Any

MODEL = "arn:cuelight:states:::model:invoke"
HTTP = "arn:aws:states:::http:invoke"
APPROVAL = "arn:cuelight:states:::approval:request"


@dataclass(frozen=True, slots=True)
class Pattern:
    id: str
    title: str
    description: str
    icon: str
    graph: dict[str, JSON]


def _model(prompt: str, **then: JSON) -> dict[str, JSON]:
    return {
        "Type": "Task",
        "Resource": MODEL,
        "Arguments": {"Connection": "embedded-model", "Prompt": prompt, "MaxTokens": 120},
        "TimeoutSeconds": 120,
        "Output": "{% $states.result.Text %}",
        **then,
    }


def _demo(method: str, endpoint: str, **then: JSON) -> dict[str, JSON]:
    return {
        "Type": "Task",
        "Resource": HTTP,
        "Arguments": {
            "Method": method,
            "ApiEndpoint": endpoint,
            "InvocationConfig": {"ConnectionArn": "arn:cuelight:states:::connection:demo"},
        },
        **then,
    }


def _or(undo: str) -> list[dict[str, JSON]]:
    """What has been done so far is undone, from the last step back."""
    return [{"ErrorEquals": ["States.ALL"], "Next": undo}]


# Undoing must not give up easily: what stays half done is worse than what failed.
_PATIENTLY = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 5, "BackoffRate": 2}]


def _lane(name: str, state: dict[str, JSON]) -> dict[str, JSON]:
    return {"StartAt": name, "States": {name: {**state, "End": True}}}


PATTERNS = (
    Pattern(
        "prompt-chain",
        "Prompt chain",
        "Each model is given the answer before it",
        "sparkles",
        {
            "StartAt": "Draft",
            "States": {
                "Draft": _model("Write one sentence about lighthouses.", Next="Improve"),
                "Improve": _model("{% 'Make this shorter: ' & $states.input %}", End=True),
            },
        },
    ),
    Pattern(
        "two-samples-and-pick",
        "Two samples and pick",
        "Two models answer side by side, a person picks",
        "columns-3",
        {
            "StartAt": "Two samples",
            "States": {
                "Two samples": {
                    "Type": "Parallel",
                    "Branches": [
                        _lane("Sample A", _model("Write a title about harbours.")),
                        _lane("Sample B", _model("Write a question about harbours.")),
                    ],
                    "Next": "Pick one",
                },
                "Pick one": {
                    "Type": "Task",
                    "Resource": APPROVAL,
                    "Arguments": {
                        "Question": "Which of the two?",
                        "Approvers": ["reviewer@example.org"],
                        "Choices": [
                            {"Value": "A", "Label": "A", "Description": "{% $states.input[0] %}"},
                            {"Value": "B", "Label": "B", "Description": "{% $states.input[1] %}"},
                        ],
                    },
                    "Output": "{% $states.result.Choice = 'A' ? $states.input[0] : $states.input[1] %}",
                    "End": True,
                },
            },
        },
    ),
    Pattern(
        "samples-and-pick",
        "Samples and pick",
        "One model answers a few times, a person picks",
        "layers",
        {
            "StartAt": "Three samples",
            "States": {
                "Three samples": {
                    "Type": "Map",
                    "Items": [1, 2, 3],
                    "ItemProcessor": {
                        "ProcessorConfig": {"Mode": "INLINE"},
                        **_lane("Sample", _model("Write a title about harbours.")),
                    },
                    "Next": "Pick a sample",
                },
                "Pick a sample": {
                    "Type": "Task",
                    "Resource": APPROVAL,
                    "Arguments": {
                        "Question": "Which one?",
                        "Approvers": ["reviewer@example.org"],
                        "Choices": [
                            {
                                "Value": str(number),
                                "Label": f"Number {number}",
                                "Description": f"{{% $states.input[{number - 1}] %}}",
                            }
                            for number in (1, 2, 3)
                        ],
                    },
                    "Output": "{% $states.input[$number($states.result.Choice) - 1] %}",
                    "End": True,
                },
            },
        },
    ),
    Pattern(
        "approval-with-regenerate",
        "Approval with regenerate",
        "A person accepts the draft or has it made again",
        "user-check",
        {
            "StartAt": "Write draft",
            "States": {
                "Write draft": _model("Write a short invitation.", Next="Accept draft?"),
                "Accept draft?": {
                    "Type": "Task",
                    "Resource": APPROVAL,
                    "Arguments": {
                        "Question": "Is this draft good?",
                        "Details": "{% $states.input %}",
                        "Approvers": ["reviewer@example.org"],
                        "Choices": [
                            {"Value": "accept", "Label": "Accept", "Style": "primary"},
                            {"Value": "again", "Label": "Write it again"},
                        ],
                    },
                    "Output": "{% {'draft': $states.input, 'answer': $states.result.Choice} %}",
                    "Next": "Accepted?",
                },
                "Accepted?": {
                    "Type": "Choice",
                    "Choices": [{"Condition": "{% $states.input.answer = 'again' %}", "Next": "Write draft"}],
                    "Default": "Accepted",
                },
                "Accepted": {"Type": "Pass", "Output": "{% $states.input.draft %}", "End": True},
            },
        },
    ),
    Pattern(
        "poll-a-job",
        "Poll a job",
        "Asks until a job is done, waiting in between",
        "rotate-cw",
        {
            "StartAt": "Ask for job",
            "States": {
                "Ask for job": _demo(
                    "GET",
                    "/transcripts/job",
                    Output="{% $states.result.ResponseBody %}",
                    Next="Job done?",
                ),
                "Job done?": {
                    "Type": "Choice",
                    "Choices": [
                        {"Condition": "{% $states.input.status = 'COMPLETED' %}", "Next": "Use result"}
                    ],
                    "Default": "Wait for job",
                },
                "Wait for job": {"Type": "Wait", "Seconds": 5, "Next": "Ask for job"},
                "Use result": {"Type": "Pass", "End": True},
            },
        },
    ),
    Pattern(
        "fallback-model",
        "Retry with fallback model",
        "Tries again, then asks another model",
        "shield-check",
        {
            "StartAt": "First model",
            "States": {
                "First model": _model(
                    "Say hello.",
                    Retry=[{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 2}],
                    Catch=[{"ErrorEquals": ["States.ALL"], "Next": "Fallback model"}],
                    Next="Have answer",
                ),
                "Fallback model": _model("Say hello.", Next="Have answer"),
                "Have answer": {"Type": "Pass", "End": True},
            },
        },
    ),
    Pattern(
        "scatter-aggregate",
        "Scatter and aggregate",
        "One run for each item, then one over all results",
        "layers",
        {
            "StartAt": "For each item",
            "States": {
                "For each item": {
                    "Type": "Map",
                    "Items": ["red", "green", "amber"],
                    "MaxConcurrency": 4,
                    "ItemProcessor": {
                        "ProcessorConfig": {"Mode": "INLINE"},
                        **_lane("Work on item", _model("{% 'Say one word about ' & $states.input %}")),
                    },
                    "Next": "Put together",
                },
                "Put together": {"Type": "Pass", "Output": "{% $join($states.input, ', ') %}", "End": True},
            },
        },
    ),
    Pattern(
        "saga",
        "Saga",
        "What fails undoes the steps before it, last first",
        "undo-2",
        {
            "StartAt": "Reserve",
            "States": {
                "Reserve": _demo(
                    "POST",
                    "/reservations",
                    Assign={"reservation": "{% $states.result.ResponseBody.id %}"},
                    Catch=_or("Not done"),
                    Next="Pay",
                ),
                "Pay": _demo(
                    "POST",
                    "/payments",
                    Assign={"payment": "{% $states.result.ResponseBody.id %}"},
                    Catch=_or("Give back"),
                    Next="Confirm",
                ),
                "Confirm": _demo("POST", "/confirmations", Catch=_or("Refund"), End=True),
                "Refund": _demo(
                    "DELETE", "{% '/payments/' & $payment %}", Retry=_PATIENTLY, Next="Give back"
                ),
                "Give back": _demo(
                    "DELETE", "{% '/reservations/' & $reservation %}", Retry=_PATIENTLY, Next="Not done"
                ),
                "Not done": {"Type": "Fail", "Error": "Saga.Undone", "Cause": "All was put back as it was."},
            },
        },
    ),
)
