"""Every action of every AWS service, to be searched: read once from botocore's models."""

from __future__ import annotations

import functools
import gzip
import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

_TAG = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)")
# What stands before the sentence that says what an action does.
_NOTICE = re.compile(
    r"not supported|[Ee]nd of support|discontinued|no longer|^(?:Note|Important|This documentation)"
)
_MOST_IN_A_LINE = 140


@dataclass(frozen=True, slots=True)
class Offered:
    """One action as Step Functions names it, and how people know its service."""

    service: str  # as in `aws-sdk:<service>:<action>`
    service_title: str
    action: str  # camelCase
    line: str  # the first sentence of its documentation

    @property
    def known_as(self) -> str:
        """The service's name as people say it, without whose it is."""
        return re.sub(r"^(?:Amazon|AWS) ", "", self.service_title)

    @property
    def resource(self) -> str:
        return f"arn:aws:states:::aws-sdk:{self.service}:{self.action}"


@functools.lru_cache(maxsize=128)
def find(search: str) -> tuple[Offered, ...]:
    """Return the actions that hold every word of the search, the closest first."""
    words = re.split(r"[\s:.]+", search.lower().strip())
    found = [
        (_distance(words, action), number)
        for number, (action, text) in enumerate(_rows())
        if all(word in text for word in words)
    ]
    return tuple(_rows()[number][0] for _, number in sorted(found))


def offered(service: str, action: str) -> Offered | None:
    """Return one action by its names."""
    for row, _ in _rows():
        if row.service == service and row.action == action:
            return row
    return None


def _distance(words: list[str], action: Offered) -> tuple[int, int, int, str, str]:
    """An action whose names begin with the words comes before one that only mentions them."""
    name, service = action.action.lower(), action.service.lower()
    in_names = sum(word in name or word in service or word in action.service_title.lower() for word in words)
    begins = sum(name.startswith(word) or service == word for word in words)
    return (-in_names, -begins, len(name), action.service, action.action)


@functools.cache
def _rows() -> tuple[tuple[Offered, str], ...]:
    """Read all models, half a second of work: a line of each action, and the text that is searched."""
    import botocore.session

    loader = botocore.session.get_session().get_component("data_loader")
    newest: dict[str, Path] = {}
    for root in loader.search_paths:
        for file in sorted(Path(root).glob("*/*/service-2.json*")):
            newest[file.parent.parent.name] = file  # versions sort by date
    found: list[tuple[Offered, str]] = []
    for file in newest.values():
        raw = file.read_bytes()
        model = orjson.loads(gzip.decompress(raw) if file.suffix == ".gz" else raw)
        metadata = model["metadata"]
        own = file.parent.parent.name
        title = metadata.get("serviceAbbreviation") or metadata.get("serviceFullName") or own
        service = re.sub(r"[^a-z0-9]", "", str(metadata.get("serviceId", own)).lower())
        streams = {name for name, shape in model["shapes"].items() if shape.get("eventstream")}
        for name, operation in model["operations"].items():
            if _streams(model, operation, streams):
                continue  # a stream of events is no state's result; the service leaves these out too
            line = _line(operation.get("documentation", ""))
            row = Offered(service, title, name[:1].lower() + name[1:], line)
            text = f"{service} {title} {row.action} {row.line}".lower()
            found.append((row, text))
    return tuple(found)


def _streams(model: Any, operation: Any, streams: set[str]) -> bool:
    for direction in ("input", "output"):
        shape = model["shapes"].get((operation.get(direction) or {}).get("shape"), {})
        if any(member.get("shape") in streams for member in shape.get("members", {}).values()):
            return True
    return False


def _line(documentation: str) -> str:
    text = " ".join(html.unescape(_TAG.sub("", documentation)).split())
    sentences: list[str] = _SENTENCE.findall(text) or [text]
    line: str = next((each for each in sentences if not _NOTICE.search(each)), sentences[0])
    return line if len(line) <= _MOST_IN_A_LINE else line[: _MOST_IN_A_LINE - 1].rstrip() + "…"
