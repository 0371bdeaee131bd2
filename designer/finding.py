"""Workflows found by what people remember of them: name, purpose, a tag, or what their states call."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from designer import catalog
from designer.models import Workflow
from runner.models import Tag

# Beyond that somebody has pasted a text; each word costs a look into every definition.
MOST_WORDS = 6


def having(rows: QuerySet[Workflow], text: str) -> QuerySet[Workflow]:
    """Return the workflows that have every word in their name, purpose, tags or integrations."""
    words = text.split()[:MOST_WORDS]
    if not words:
        return rows
    machine = "state_machine__"
    arn = Concat(
        Value(f"arn:aws:states:{settings.CUELIGHT_REGION}:"),
        F("workspace__number"),
        Value(":stateMachine:"),
        F(f"{machine}name"),
    )
    rows = rows.annotate(_arn=arn)
    for word in words:
        tags = Tag.objects.filter(workspace=OuterRef("workspace"), resource_arn=OuterRef("_arn"))
        tagged = Exists(tags.filter(Q(key__icontains=word) | Q(value__icontains=word)))
        named = Q(**{f"{machine}name__icontains": word}) | Q(description__icontains=word)
        rows = rows.filter(named | Q(tagged) | _calling(word))
    return rows


def _calling(word: str) -> Q:
    """Return what holds of a draft with a state whose Resource has the word in it or in its title."""
    resource = r'"Resource"\s*:\s*"'
    found = Q(draft_definition__iregex=f'{resource}[^"]*{re.escape(word)}')
    for title, named in _titles():
        if word.lower() in title:
            found |= Q(draft_definition__iregex=f"{resource}{re.escape(named)}")
    return found


@lru_cache(maxsize=1)
def _titles() -> tuple[tuple[str, str], ...]:
    """Return what the palette calls each integration, in small letters, with the Resource it stands for."""
    items: list[dict[str, Any]] = [item for group in catalog.groups() for item in group["items"]]
    return tuple((item["title"].lower(), item["resource"]) for item in items if item.get("resource"))
