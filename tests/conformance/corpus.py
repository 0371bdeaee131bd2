"""The recordings of what the service did, and our answers to them."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from jlens import JlensError
from jsonschema import Draft202012Validator

from asl.errors import InvalidDefinition, SyntaxFault
from asl.findings import PLACEHOLDER, is_placeholder
from asl.interpreter.history import history_event
from asl.jsontext import to_text
from asl.parse import parse_definition, parse_text
from asl.query import jsonata
from asl.schema import schema
from asl.service_words import diagnostics_of, invalid_definition_message
from asl.validate import validate, validate_text
from asl.variable_references import variable_references
from runner.integrations import registry
from tests.asl.world import World

from . import known

JSON = Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("CUELIGHT_CONFORMANCE", ROOT.parent / "shared" / "conformance"))
FLOOR = Path(__file__).with_name("floor.json")


@dataclass
class Tally:
    """How many cases of a group agree, verdict by verdict."""

    cases: int = 0
    right: dict[str, int] = field(default_factory=dict)
    judged: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    judged_cases: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    def count(self, verdict: str, good: bool) -> None:
        self.judged[verdict] = self.judged.get(verdict, 0) + 1
        self.right[verdict] = self.right.get(verdict, 0) + good

    def fault(self, case: str, problem: str | None) -> None:
        """Keep what is wrong with a case, and whether that is known."""
        self.judged_cases.append(case)
        if problem:
            self.differing.append(case)
            reason = known.reasons().get(case)
            self.faults.append(f"{case}: {problem}" + (f" (known: {reason})" if reason else ""))

    def percentages(self) -> dict[str, float]:
        return {name: round(100 * self.right[name] / count, 1) for name, count in self.judged.items()}


def present() -> bool:
    return (FOLDER / "run.py").is_file()


def rules() -> ModuleType:
    """Return the recordings' own comparison rules."""
    spec = importlib.util.spec_from_file_location("conformance_rules", FOLDER / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(folder: str) -> Iterator[JSON]:
    for path in sorted((FOLDER / folder).rglob("*.json")):
        yield json.loads(path.read_text())


def execution_groups() -> dict[str, Tally]:
    """Run every recorded execution that needs nothing but the language."""
    compare = rules()
    groups: dict[str, Tally] = {}
    for case in read("cases"):
        if isinstance(case, dict) and case.get("kind") == "execution" and not case["services"]:
            _judge(case, groups.setdefault(case["group"], Tally()), compare)
    return groups


def _judge(case: JSON, tally: Tally, compare: ModuleType) -> None:
    tally.cases += 1
    want = case["expect"]
    world = World(parse_definition(case["definition"]), case["input"], name=case.get("name") or "run")
    if case.get("mode") == "sync":
        express = world.execution.arn.replace(":execution:", ":express:") + ":0000:1111"
        world.execution = _with(world.execution, arn=express)
    execution = world.run().execution
    got = {"status": str(execution.status)}
    if str(execution.status) == "SUCCEEDED":
        got["output"] = to_text(execution.output)
    got |= {k: v for k, v in (("error", execution.error), ("cause", execution.cause)) if v is not None}
    wanted = {name: want[name] for name in ("status", "output", "error", "cause") if name in want}
    problem = compare.differ(wanted, got, "result")
    tally.count("final", problem is None)
    if "history" in want and not case.get("superseded"):
        events = [history_event(entry) for entry in world.history]
        verdict, first = compare.compare_history(
            want["history"], events, want.get("history_order") == "parallel-any"
        )
        problem = problem or first
        tally.count("types", verdict["types"])
        tally.count("full", verdict["full"])
    tally.fault(case["id"], problem)


def _with(execution: Any, **changes: JSON) -> Any:
    from dataclasses import replace

    return replace(execution, **changes)


def jsonata_groups() -> dict[str, Tally]:
    """Evaluate every case of the official JSONata suite."""
    datasets = {
        path.stem: json.loads(path.read_text()) for path in (FOLDER / "jsonata" / "datasets").glob("*.json")
    }
    compare = rules()
    tally = Tally()
    for group in read("jsonata/groups"):
        for case in group["cases"]:
            tally.cases += 1
            problem = _evaluate(case, datasets, compare)
            tally.count("result", problem is None)
            tally.fault(case["id"], problem)
    return {"jsonata": tally}


def _evaluate(case: JSON, datasets: dict[str, JSON], compare: ModuleType) -> str | None:
    data = datasets[case["dataset"]] if "dataset" in case else case.get("data", compare.NOTHING)
    text = None if data is compare.NOTHING else json.dumps(data)
    wants_error = "code" in case or "error" in case
    try:
        expression = jsonata.compile_expression("{%" + case["expr"] + "%}", "")
        limits = {
            "timeout": case.get("timelimit", 5000) / 1000,
            "max_depth": case.get("depth", jsonata.MAX_DEPTH),
        }
        found = expression.compiled.evaluate_json(text, case.get("bindings") or {}, **limits)
    except (SyntaxFault, JlensError) as error:
        code = case.get("code") or (case.get("error") or {}).get("code")
        shown = str(error) if isinstance(error, SyntaxFault) else " ".join(jsonata.fault_of(error))
        return None if wants_error and (code is None or code in shown) else f"raised {shown}, not {code}"
    if wants_error:
        return f"gave {found}, an error was expected"
    if "undefinedResult" in case:
        return None if found is None else f"gave {found}, nothing was expected"
    if found is None:
        return None if case.get("result") is None else "gave nothing"
    got, want = json.loads(found), case["result"]
    if case.get("unordered"):
        got, want = sorted(got, key=json.dumps), sorted(want, key=json.dumps)
    return compare.differ(want, got)  # type: ignore[no-any-return]


def definition_groups() -> dict[str, Tally]:
    """Validate the linter's documents, and real workflows, which have no errors."""
    linter, wild = Tally(), Tally()
    for case in read("validation"):
        if "valid" not in case:
            continue
        linter.cases += 1
        text = case.get("definition_text")
        found = validate_text(text) if text is not None else validate(case["definition"])
        errors = [one.message for one in found if one.severity == "ERROR"]
        linter.count("valid", (not errors) == case["valid"])
        if (not errors) != case["valid"]:
            linter.faults.append(f"{case['id']}: {errors or 'no error found'}")
    judge = Draft202012Validator(schema())
    for case in read("wild"):
        wild.cases += 1
        document = case["definition"]
        problem = _against_schema(judge, json.loads(document) if isinstance(document, str) else document)
        wild.count("schema", problem is None)
        if problem:
            wild.faults.append(f"{case.get('source')}: {problem}")
        try:
            parse = parse_text if isinstance(document, str) else parse_definition
            parse(document, known_resource=registry.known)
            wild.count("valid", True)
        except InvalidDefinition as fault:
            # what a deployment fills in keeps a machine from running, and makes it no worse
            valid = all(one.code == PLACEHOLDER for one in fault.diagnostics)
            wild.count("valid", valid)
            if not valid:
                wild.faults.append(f"{case.get('source')}: {fault}")
    return {"validation": linter, "wild": wild}


def _against_schema(judge: Draft202012Validator, document: JSON) -> str | None:
    """Return what the schema says of a document, but for placeholders."""
    for error in judge.iter_errors(document):
        if not (error.validator in ("type", "pattern", "enum") and is_placeholder(error.instance)):
            return f"{error.json_path}: {error.message[:200]}"
    return None


def reply_groups() -> dict[str, Tally]:
    """Compare what is said of definitions with the recorded replies of the calls that say it."""
    compare = rules()
    refused, references = Tally(), Tally()
    for case in read("cases"):
        definition = None
        for step in case["steps"] if isinstance(case, dict) and case.get("kind") == "api" else ():
            asked = step["request"]
            definition = asked.get("definition", definition)
            if step["api"] in ("CreateStateMachine", "ValidateStateMachineDefinition"):
                text = definition if isinstance(definition, str) else json.dumps(definition)
                problem = _judge_reply(step, text, asked.get("type") or "STANDARD", compare)
                refused.cases += 1
                refused.count("full", problem is None)
                refused.fault(case["id"], problem)
            for wanted in _references_in(step.get("expect")):
                found = variable_references(json.loads(definition or "null"))
                problem = compare.differ(wanted, found)
                references.cases += 1
                references.count("full", problem is None)
                references.fault(case["id"], problem)
    return {"definitions as judged": refused, "variable references": references}


def _judge_reply(step: JSON, text: str, machine_type: str, compare: ModuleType) -> str | None:
    # The runner knows which Resources there are; here it is enough to know the one that is none.
    found = validate_text(
        text, machine_type=machine_type, known_resource=lambda name: not name.endswith(":dynamodb:query")
    )
    if step["api"] == "ValidateStateMachineDefinition":
        validated = diagnostics_of(text, found)
        reply = {
            "result": validated.result,
            "diagnostics": list(validated.diagnostics),
            "truncated": validated.truncated,
        }
        return compare.differ(step["expect"], reply)  # type: ignore[no-any-return]
    error = step.get("expect_error") or {}
    wanted = error.get("message") if error.get("code") == "InvalidDefinition" else None
    said = invalid_definition_message(text, found)
    return compare.differ(wanted, said) if wanted or said else None


def _references_in(reply: JSON) -> Iterator[JSON]:
    if isinstance(reply, dict) and "variableReferences" in reply:
        yield reply["variableReferences"]


def floor() -> dict[str, dict[str, float]]:
    return json.loads(FLOOR.read_text()) if FLOOR.is_file() else {}
