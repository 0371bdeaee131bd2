"""Random valid definitions, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .definitions import chain

JSON = Any


@st.composite
def documents(draw: st.DrawFn) -> JSON:
    """Draw a definition of every state type, nested up to three deep.

    Its input is `{"items": [...]}`; a task that fails with "Broken" is tried again, up to twice.
    """
    numbers = iter(range(10_000))

    def states(depth: int) -> JSON:
        containers = ["Parallel", "Map", "Map1", "MapD"] if depth < 3 else []
        kinds = ["Pass", "Task", "Wait", "Choice", *containers]
        made: list[tuple[str, JSON]] = []
        for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3)):
            name = f"S{next(numbers)}"
            made.append((name, state(kind, depth, name)))
        for at, (_, found) in enumerate(made):
            if found["Type"] == "Choice":
                following = made[at + 1][0] if at + 1 < len(made) else "End"
                found["Choices"][0]["Next"] = found["Default"] = following
        return chain(*made, ("End", {"Type": "Succeed"}))

    def body(depth: int) -> JSON:
        found = states(depth)
        return {"StartAt": next(iter(found)), "States": found}

    def state(kind: str, depth: int, name: str) -> JSON:
        retry = [{"ErrorEquals": ["Broken"], "MaxAttempts": 2, "JitterStrategy": "FULL"}]
        match kind:
            case "Pass":
                return {"Type": "Pass", "Parameters": {"was.$": "$", "by": name}}
            case "Task":
                return {
                    "Type": "Task",
                    "Resource": "arn:aws:states:::lambda:invoke",
                    "Retry": retry,
                    "ResultPath": "$",
                }
            case "Wait":
                return {"Type": "Wait", "Seconds": draw(st.integers(0, 9))}
            case "Choice":
                return {"Type": "Choice", "Choices": [{"Variable": "$", "IsNull": True}]}
            case "Parallel":
                return {
                    "Type": "Parallel",
                    "Branches": [body(depth + 1) for _ in range(draw(st.integers(1, 3)))],
                }
            case "MapD":
                distributed = {**body(depth + 1), "ProcessorConfig": {"Mode": "DISTRIBUTED"}}
                selector = {"items.$": "$$.Execution.Input.items", "item.$": "$$.Map.Item.Value"}
                items = {"InputPath": "$$.Execution.Input.items"}
                more = {"ItemSelector": selector, "MaxConcurrency": 2}
                return {"Type": "Map", "ItemProcessor": distributed, **items, **more}
            case _:
                limit = {"MaxConcurrency": 1} if kind == "Map1" else {}
                items = {"InputPath": "$$.Execution.Input.items"}
                return {"Type": "Map", "ItemProcessor": body(depth + 1), **limit, **items}

    return body(0)
