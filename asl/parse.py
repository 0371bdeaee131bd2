"""From an ASL document to a `Definition` with everything compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from . import states
from .choice_rules import compile_rule
from .errors import RUNTIME, Diagnostic, InvalidDefinition, SyntaxFault
from .findings import PLACEHOLDER, Found
from .query.jsonpath import ReferencePath, compile_path, compile_reference_path
from .query.scope import Expression
from .query.templates import Constant, FieldPath, compile_field, compile_jsonata, compile_payload
from .states import Discard, Field, Resource, State, Transform
from .validate import check_document, check_text

JSON = Any
Document = Mapping[str, JSON]


def parse_text(text: str, *, known_resource: Callable[[str], bool] | None = None) -> states.Definition:
    """Return the definition of an ASL text; raises InvalidDefinition (a JSON fault: line and column)."""
    from .jsontext import from_text

    _refuse(check_text(text, known_resource))
    return _build(from_text(text))


def parse_published(text: str) -> states.Definition:
    """Return the definition of a text that was judged when it was published.

    What is refused only since then still runs. Raises InvalidDefinition where nothing can be made of it.
    """
    from .jsontext import from_text

    return _build(from_text(text))


def parse_definition(
    document: Document, *, known_resource: Callable[[str], bool] | None = None
) -> states.Definition:
    """Return the definition; raises InvalidDefinition with everything that is wrong."""
    found = Found()
    check_document(found, document, known_resource, "STANDARD")
    _refuse(found)
    return _build(document)


def _refuse(found: Found) -> None:
    """Raise InvalidDefinition with the errors; without any, with the placeholders that nothing can run."""
    errors = [one for one in found.all if one.severity == "ERROR"] or [
        replace(one, severity="ERROR") for one in found.blocking
    ]
    if errors:
        raise InvalidDefinition(errors)


def _build(document: Document) -> states.Definition:
    try:
        jsonata = document.get("QueryLanguage") == "JSONata"
        return states.Definition(
            machine=_machine(document, jsonata),
            timeout_seconds=document.get("TimeoutSeconds"),
            comment=document.get("Comment"),
            version=document.get("Version"),
            jsonata=jsonata,
            document=document,
        )
    except SyntaxFault as fault:  # what validation let through
        raise InvalidDefinition([Diagnostic("ERROR", "SCHEMA_VALIDATION_FAILED", str(fault), "")]) from None
    except (
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
    ):  # a placeholder stands for a part of the structure
        message = "A ${placeholder} stands where the definition itself must be: it can be kept, but not run"
        raise InvalidDefinition([Diagnostic("ERROR", PLACEHOLDER, message, "")]) from None


def _machine(document: Document, jsonata: bool) -> states.Machine:
    return states.Machine(
        document["StartAt"],
        {
            name: _state(name, part, _language(part, jsonata), jsonata)
            for name, part in document["States"].items()
        },
    )


def _language(document: Document, outer: bool) -> bool:
    named = document.get("QueryLanguage")
    return outer if named is None else bool(named == "JSONata")


def _state(name: str, document: Document, jsonata: bool, around: bool) -> State:
    """`jsonata` is the state's own language; `around` the machine's, which nested machines inherit."""
    kind = document["Type"]
    transform = _transform(document, jsonata)
    following = document.get("Next")
    match kind:
        case "Pass":
            has_result = not jsonata and "Result" in document
            return states.Pass(name, following, transform, has_result, document.get("Result"))
        case "Task":
            return states.Task(
                name, following, transform, _handling(document, jsonata), read_resource(document["Resource"]),
                timeout=_field(document, "TimeoutSeconds", jsonata),
                heartbeat=_field(document, "HeartbeatSeconds", jsonata),
                credentials=_template(document.get("Credentials"), "Credentials", jsonata),
            )  # fmt: skip
        case "Choice":
            branches = tuple(_branch(part, index, jsonata) for index, part in enumerate(document["Choices"]))
            return states.Choice(name, transform, branches, document.get("Default"))
        case "Wait":
            return states.Wait(
                name, following, transform,
                seconds=_field(document, "Seconds", jsonata), timestamp=_field(document, "Timestamp",
                jsonata),
            )  # fmt: skip
        case "Succeed":
            return states.Succeed(name, transform)
        case "Fail":
            return states.Fail(
                name,
                transform,
                _text_field(document, "Error", jsonata),
                _text_field(document, "Cause", jsonata),
            )
        case "Parallel":
            machines = tuple(_machine(part, _language(part, around)) for part in document["Branches"])
            return states.Parallel(name, following, transform, _handling(document, jsonata), machines)
        case _:
            return _map(name, document, transform, jsonata, around)


def _map(name: str, document: Document, transform: Transform, jsonata: bool, around: bool) -> states.Map:
    processor = document.get("ItemProcessor") or document["Iterator"]
    config = processor.get("ProcessorConfig") or {}
    selector = document.get("ItemSelector", None if jsonata else document.get("Parameters"))
    items_path = document.get("ItemsPath")
    items = document.get("Items")
    return states.Map(
        name,
        document.get("Next"),
        transform,
        _handling(document, jsonata),
        _machine(processor, _language(processor, around)),
        distributed=config.get("Mode") == "DISTRIBUTED",
        express=config.get("ExecutionType") == "EXPRESS",
        items_path=None if items_path is None else FieldPath(compile_path(items_path), "ItemsPath", RUNTIME),
        items=None if items is None else compile_jsonata(items, "Items"),
        item_selector=None if selector is None else _template(selector, "ItemSelector", jsonata),
        selector_reads_input=selector is not None and _reads_input(selector, jsonata),
        item_reader=document.get("ItemReader"),
        item_batcher=_batcher(document.get("ItemBatcher"), jsonata),
        result_writer=document.get("ResultWriter"),
        max_concurrency=_field(document, "MaxConcurrency", jsonata),
        tolerated_failure_count=_field(document, "ToleratedFailureCount", jsonata),
        tolerated_failure_percentage=_field(document, "ToleratedFailurePercentage", jsonata),
        label=document.get("Label"),
    )


def _batcher(document: Document | None, jsonata: bool) -> states.Batcher | None:
    if document is None:
        return None
    return states.Batcher(
        _field(document, "MaxItemsPerBatch", jsonata),
        _field(document, "MaxInputBytesPerBatch", jsonata),
        _template(document.get("BatchInput"), "ItemBatcher/BatchInput", jsonata),
    )


_INPUT = {
    True: re.compile(r"\$states(?!\s*\.\s*context\b)"),
    False: re.compile(r"(?<!\$)\$(?![\w$])"),  # a path from the input, neither $$ nor $variable
}


def _reads_input(selector: JSON, jsonata: bool) -> bool:
    """Whether an ItemSelector asks for the state's input; in doubt it does."""
    pending = [selector]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
        elif isinstance(part, str) and _INPUT[jsonata].search(part):
            return True
    return False


def _transform(document: Document, jsonata: bool) -> Transform:
    if jsonata:
        return Transform(
            jsonata=True,
            arguments=_present(document, "Arguments", jsonata),
            assign=_assign(document, jsonata),
            output=_present(document, "Output", jsonata),
        )
    is_map = document.get("Type") == "Map"
    parameters = None if is_map else document.get("Parameters")
    selector = document.get("ResultSelector")
    return Transform(
        input_path=_path(document, "InputPath"),
        arguments=None if parameters is None else compile_payload(parameters),
        result_selector=None if selector is None else compile_payload(selector),
        result_path=_result_path(document),
        output_path=_path(document, "OutputPath"),
        assign=_assign(document, jsonata),
    )


def _path(document: Document, name: str) -> states.InputPath:
    if name not in document:
        return None
    text = document[name]
    return Discard.NULL if text is None else None if text == "$" else compile_path(text)


def _result_path(document: Document) -> ReferencePath | Discard | None:
    if "ResultPath" not in document:
        return None
    text = document["ResultPath"]
    return Discard.NULL if text is None else None if text == "$" else compile_reference_path(text)


def _assign(document: Document, jsonata: bool) -> Expression | None:
    value = document.get("Assign")
    return _template(value, "Assign", jsonata) if value else None


def _present(document: Document, name: str, jsonata: bool) -> Expression | None:
    return _template(document[name], name, jsonata) if name in document else None


def _template(value: JSON, location: str, jsonata: bool) -> Expression | None:
    if value is None and not jsonata:
        return None
    return compile_jsonata(value, location) if jsonata else compile_payload(value)


def _field(document: Document, name: str, jsonata: bool) -> Field | None:
    path = document.get(f"{name}Path")
    if path is not None and not jsonata:
        return Field(f"{name}Path", compile_field(path, f"{name}Path", RUNTIME), is_path=True, text=path)
    if document.get(name) is None:
        return None
    return Field(name, compile_jsonata(document[name], name) if jsonata else Constant(document[name]))


def _text_field(document: Document, name: str, jsonata: bool) -> Expression | None:
    path = document.get(f"{name}Path")
    if path is not None and not jsonata:
        return compile_field(path, f"{name}Path", RUNTIME)
    if name not in document:
        return None
    return compile_jsonata(document[name], name) if jsonata else Constant(document[name])


def _branch(document: Document, index: int, jsonata: bool) -> states.Branch:
    if jsonata:
        condition: Any = compile_jsonata(document["Condition"], f"Choices[{index}]/Condition")
        assign = document.get("Assign")
        return states.Branch(
            condition,
            document["Next"],
            compile_jsonata(assign, f"Choices[{index}]/Assign") if assign else None,
            compile_jsonata(document["Output"], f"Choices[{index}]/Output") if "Output" in document else None,
        )
    return states.Branch(compile_rule(document), document["Next"], _assign(document, jsonata))


def _handling(document: Document, jsonata: bool) -> states.ErrorHandling:
    retriers = tuple(
        states.Retrier(
            tuple(part["ErrorEquals"]),
            part.get("IntervalSeconds", 1),
            part.get("MaxAttempts", 3),
            part.get("BackoffRate", 2.0),
            part.get("MaxDelaySeconds"),
            part.get("JitterStrategy") == "FULL",
        )
        for part in document.get("Retry") or ()
    )
    catchers = tuple(
        states.Catcher(
            tuple(part["ErrorEquals"]),
            part["Next"],
            None if jsonata else _result_path(part),
            _template(part["Assign"], f"Catch[{index}]/Assign", jsonata) if part.get("Assign") else None,
            compile_jsonata(part["Output"], f"Catch[{index}]/Output")
            if jsonata and "Output" in part
            else None,
        )
        for index, part in enumerate(document.get("Catch") or ())
    )
    return states.ErrorHandling(retriers, catchers)


_OPTIMISED = re.compile(r"arn:[^:]*:states:[^:]*:[^:]*:([^:]+(?::[^:]+)*):([^:]+)")
_FUNCTION = re.compile(r"arn:[^:]*:lambda:[^:]*:[^:]*:function:.+")
_ACTIVITY = re.compile(r"arn:[^:]*:states:[^:]*:[^:]*:activity:.+")


def read_resource(arn: str) -> Resource:
    """Return the parts of a `Resource` as histories name them; placeholders are tolerated."""
    if _FUNCTION.fullmatch(arn):
        return Resource(arn, "lambda", "lambda", arn)
    if _ACTIVITY.fullmatch(arn):
        return Resource(arn, "activity", "activity", arn)
    found = _OPTIMISED.fullmatch(arn)
    if found is None:
        return Resource(arn, "task", "", arn, arn.endswith(".waitForTaskToken"))
    kind, name = found.groups()
    parts = kind.split(":")
    if name in ("2", "3") and len(parts) > 1:  # startExecution.sync:2
        name = f"{parts.pop()}:{name}"
    return Resource(arn, "task", ":".join(parts), name, name.endswith(".waitForTaskToken"))
