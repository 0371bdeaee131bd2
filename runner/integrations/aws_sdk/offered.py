"""Every action of every AWS service, to be searched: read once from botocore's models."""

from __future__ import annotations

import functools
import gzip
import html
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from .optimised import TABLE

_TAG = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)")
# What stands before the sentence that says what an action does.
_NOTICE = re.compile(
    r"not supported|[Ee]nd of support|discontinued|no longer|^(?:Note|Important|This documentation)"
)
# A condition, an advice or a heading is no description of what an action does.
_NO_START = re.compile(
    r"(?:If|When|While|Before|After|To|For|In order|In addition|You (?:must|can't|cannot|should)|We |Only|"
    r"Deprecated|\(Deprecated\)|DEPRECATED|Version|Existing|Amazon \w+ (?:is|no|will)|However|Some|Given|"
    r"[Tt]his (?:page|section|guide|is (?:an?|the) (?:internal|deprecated|legacy|previous))|"
    r"Use the following)\b|\(?Internal"
)
_MOST_IN_A_LINE = 140
_READING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Offered:
    """One action as Step Functions names it, and how people know its service."""

    service: str  # as in `aws-sdk:<service>:<action>`
    service_title: str
    action: str  # camelCase
    line: str  # the first sentence of its documentation that says what it does; may be empty
    # The older form that is named without `aws-sdk`, where the service has one.
    optimised: str | None = None

    @property
    def known_as(self) -> str:
        """The service's name as people say it, without whose it is."""
        return re.sub(r"^(?:Amazon|AWS) ", "", self.service_title)

    @property
    def resource(self) -> str:
        return self.optimised or f"arn:aws:states:::aws-sdk:{self.service}:{self.action}"

    @property
    def waits(self) -> bool:
        """Whether the action starts a job whose end is waited for."""
        return self.optimised is not None and TABLE[self.optimised].job is not None


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
    """Return one action by the names that `aws-sdk` has for it."""
    return _by_resource().get(f"arn:aws:states:::aws-sdk:{service}:{action}")


def optimised(name: str) -> Offered | None:
    """Return one of the older forms by its resource without suffix."""
    return _by_resource().get(name)


@functools.cache
def prepare() -> None:
    """Read the models behind, once, so that the first search does not wait for them."""
    threading.Thread(target=_rows, name="aws-actions", daemon=True).start()


@functools.cache
def _by_resource() -> dict[str, Offered]:
    return {row.resource: row for row, _ in _rows()}


def _distance(words: list[str], action: Offered) -> tuple[int, int, int, str, str, bool]:
    """An action whose names begin with the words comes before one that only mentions them."""
    name, service = action.action.lower(), action.service.lower()
    in_names = sum(word in name or word in service or word in action.service_title.lower() for word in words)
    begins = sum(name.startswith(word) or service == word for word in words)
    # Of two forms of one action the one that can wait for its job comes first.
    return (-in_names, -begins, len(name), action.service, action.action, action.optimised is None)


def _rows() -> tuple[tuple[Offered, str], ...]:
    with _READING:
        return _read_rows()


@functools.cache
def _read_rows() -> tuple[tuple[Offered, str], ...]:
    """Read all models, two seconds of work: a line of each action, and the text that is searched."""
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
    return (*_older_forms(dict.fromkeys(row for row, _ in found)), *found)


def _older_forms(rows: Iterable[Offered]) -> list[tuple[Offered, str]]:
    """Return the optimised forms, each with what is known of the action behind it."""
    behind = {(row.service, row.action): row for row in rows}
    found = []
    for resource, form in TABLE.items():
        row = behind.get((form.service, form.action))
        if row is None:
            continue
        _, _, names = resource.rpartition(":::")
        action = names.partition(":")[2]
        older = replace(row, action=action, optimised=resource)
        found.append((older, f"{names} {row.service} {row.service_title} {row.action} {row.line}".lower()))
    return found


def _streams(model: Any, operation: Any, streams: set[str]) -> bool:
    for direction in ("input", "output"):
        shape = model["shapes"].get((operation.get(direction) or {}).get("shape"), {})
        if any(member.get("shape") in streams for member in shape.get("members", {}).values()):
            return True
    return False


def _line(documentation: str) -> str:
    text = " ".join(html.unescape(_TAG.sub("", documentation)).split())
    sentences: list[str] = _SENTENCE.findall(text) or [text]
    line = next((each for each in sentences if not _NOTICE.search(each) and not _NO_START.match(each)), "")
    return line if len(line) <= _MOST_IN_A_LINE else line[: _MOST_IN_A_LINE - 1].rstrip() + "…"
