"""Arguments without which a call is refused, though AWS takes a definition that lacks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from asl.errors import Diagnostic
from asl.findings import pointer
from designer import catalog
from designer.walking import JSON, Standing, states_of

CODE = "ARGUMENT_MISSING"


def warnings(document: JSON) -> list[Diagnostic]:
    """Return a warning for each required argument that is absent or empty, at its place."""
    return [found for standing in states_of(document) for found in _of_state(standing)]


def _of_state(standing: Standing) -> Iterator[Diagnostic]:
    field = "Arguments" if standing.jsonata else "Parameters"
    given = standing.state.get(field)
    # Without the field the state's input is what is sent, and only the run knows that.
    if standing.type != "Task" or not isinstance(given, dict):
        return
    schema = catalog.form_of(standing.resource)
    if schema is not None:
        yield from _of_object(given, schema, pointer(standing.at, field))


def _of_object(given: Mapping[str, JSON], schema: Mapping[str, JSON], at: str) -> Iterator[Diagnostic]:
    # Step Functions does not mind the case of what follows the first letter.
    names = {name.removesuffix(".$").lower(): name for name in given}
    for name in schema.get("required", ()):
        inner = schema["properties"][name]
        found = names.get(name.lower())
        if found is None or given[found] in ("", [], None):
            title = inner.get("title", name)
            yield Diagnostic(
                "WARNING", CODE, f"{title} is empty: the call needs it", pointer(at, found or name)
            )
        elif isinstance(given[found], dict) and "properties" in inner:
            yield from _of_object(given[found], inner, pointer(at, found))
