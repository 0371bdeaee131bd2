"""Lists in pages: `count`, `next`, `previous`, `results`; the links are relative, for any host."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_paginated_response(self, data: Any) -> Response:
        assert self.page is not None
        return Response(
            {
                "count": self.page.paginator.count,
                "next": _relative(self.get_next_link()),
                "previous": _relative(self.get_previous_link()),
                "results": data,
            }
        )


def _relative(link: str | None) -> str | None:
    if link is None:
        return None
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
