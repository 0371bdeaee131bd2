"""How the operations of the API describe themselves."""

from __future__ import annotations

from drf_spectacular.openapi import AutoSchema

from people.permissions import required_right


class WithRights(AutoSchema):
    """Says of each operation which right it needs, and what everything may answer."""

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's own signature
        said = str(super().get_description())
        right = required_right(self.view, self.method)
        return f"{said}\n\nNeeds the right `{right}`." if right is not None else said
