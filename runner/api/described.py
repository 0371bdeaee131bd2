"""How the operations of the API describe themselves."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema

from people.permissions import required_right


class WithRights(AutoSchema):
    """Says of each operation which right it needs, and what everything may answer."""

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's own signature
        said = str(super().get_description())
        right = required_right(self.view, self.method)
        return f"{said}\n\nNeeds the right `{right}`." if right is not None else said


def with_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Give every operation the refusals that stand before its view, and all errors their media type."""
    for path, operations in result["paths"].items():
        for operation in operations.values():
            answers = operation["responses"]
            usual = {"400", "401", "403"} if operation.get("security") else {"400"}
            if "{" in path:
                usual.add("404")
            if "requestBody" in operation:
                usual |= {"413", "415"}
            if any(parameter["name"] == "page" for parameter in operation.get("parameters", ())):
                usual.add("404")  # there is no such page
            for status in usual | {status for status in answers if status >= "400"}:
                schema = {"$ref": "#/components/schemas/Problem"}
                answers[status] = {
                    "description": HTTPStatus(int(status)).phrase,
                    "content": {"application/problem+json": {"schema": schema}},
                }
            operation["responses"] = dict(sorted(answers.items()))
    return result
