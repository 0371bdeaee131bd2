"""Every endpoint of the API: who may call it, with what, and what it answers to those who may.

The list of addresses comes from the URL conf; one that has no row here fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from designer.drafts import EMPTY_DEFINITION
from people.rights import Role
from tests.runner.api.office import Furnished

METHODS = ("get", "post", "put", "patch", "delete")

EVERYBODY = frozenset(Role)
SEE_DATA = EVERYBODY - {Role.REVIEWER}
RUN = frozenset({Role.OWNER, Role.EDITOR, Role.OPERATOR})
EDIT = frozenset({Role.OWNER, Role.EDITOR})
ASKED = frozenset({Role.OWNER, Role.OPERATOR, Role.REVIEWER})  # named in the approval, and the owner
MANAGE = frozenset({Role.OWNER})

Values = dict[str, Any]


@dataclass(frozen=True)
class Row:
    roles: frozenset[Role]
    answers: int = 200
    body: Callable[[Furnished], Values] | None = None


def _draft(_: Furnished) -> Values:
    return {"definition": EMPTY_DEFINITION, "draft_revision": 1, "description": "mended"}


# What stands in an address, by the endpoint that it is for; the rest is in `place`.
TABLE: dict[tuple[str, str], Row] = {
    ("get", "session/"): Row(EVERYBODY),
    ("delete", "session/"): Row(EVERYBODY, 204),
    ("get", "workflows/"): Row(EVERYBODY),
    ("post", "workflows/"): Row(EDIT, 201, lambda _: {"name": "new"}),
    ("get", "workflows/<uuid:key>/"): Row(EVERYBODY),
    ("get", "workflows/<uuid:key>/draft/"): Row(EVERYBODY),
    ("patch", "workflows/<uuid:key>/"): Row(EDIT, 200, _draft),
    ("delete", "workflows/<uuid:key>/"): Row(EDIT, 204),
    ("post", "workflows/<uuid:key>/publish/"): Row(EDIT, 200, lambda _: {"draft_revision": 1}),
    ("get", "workflows/<uuid:key>/versions/"): Row(EVERYBODY),
    ("get", "workflows/<uuid:key>/versions/<int:number>/"): Row(EVERYBODY),
    ("patch", "workflows/<uuid:key>/versions/<int:number>/"): Row(
        EDIT, 200, lambda _: {"description": "first"}
    ),
    ("get", "workflows/<uuid:key>/configuration/"): Row(EVERYBODY),
    ("patch", "workflows/<uuid:key>/configuration/"): Row(EDIT, 200, lambda _: {"tracing": True}),
    ("get", "workflows/<uuid:key>/aliases/"): Row(EVERYBODY),
    ("post", "workflows/<uuid:key>/aliases/"): Row(
        EDIT, 201, lambda _: {"name": "new", "routes": [{"version": 1, "weight": 100}]}
    ),
    ("patch", "workflows/<uuid:key>/aliases/<str:name>/"): Row(
        EDIT, 200, lambda _: {"description": "for all"}
    ),
    ("delete", "workflows/<uuid:key>/aliases/<str:name>/"): Row(EDIT, 204),
    ("post", "workflows/<uuid:key>/executions/"): Row(RUN, 201, lambda _: {"input": {}}),
    ("get", "workflows/<uuid:key>/sample/"): Row(SEE_DATA),
    ("get", "workflows/<uuid:key>/last-run/"): Row(SEE_DATA),
    ("post", "expressions/evaluate/"): Row(
        EDIT, 200, lambda _: {"language": "JSONata", "value": "{% $states.input %}", "input": 1}
    ),
    ("post", "test-state/"): Row(RUN, 200, lambda _: {"definition": '{"Type": "Succeed"}'}),
    ("post", "definitions/validate/"): Row(EVERYBODY, 200, lambda _: {"definition": "{}"}),
    ("post", "definitions/review/"): Row(EVERYBODY, 200, lambda _: {"definition": "{}"}),
    # Nothing listens there, and nobody may look: those with the right are told so.
    ("post", "definitions/fetch/"): Row(EDIT, 400, lambda _: {"url": "http://127.0.0.1:9/"}),
    ("get", "asl-schema/"): Row(EVERYBODY),
    ("get", "catalog/"): Row(EVERYBODY),
    ("get", "catalog/aws/"): Row(EVERYBODY),
    ("get", "catalog/aws/<slug:service>/<slug:action>/"): Row(EVERYBODY),
    ("get", "templates/"): Row(EVERYBODY),
    ("get", "executions/"): Row(EVERYBODY),
    ("get", "executions/<uuid:key>/"): Row(SEE_DATA),
    ("get", "executions/<uuid:key>/entries/"): Row(SEE_DATA),
    ("post", "executions/<uuid:key>/stop/"): Row(RUN, 200, lambda _: {}),
    ("post", "executions/<uuid:key>/redrive/"): Row(RUN, 409, lambda _: {}),  # it runs
    ("get", "executions/<uuid:key>/map-runs/"): Row(EVERYBODY),
    ("get", "map-runs/<uuid:key>/"): Row(EVERYBODY),
    ("patch", "map-runs/<uuid:key>/"): Row(RUN, 200, lambda _: {"max_concurrency": 2}),
    ("get", "executions/<uuid:key>/waits/"): Row(SEE_DATA),
    ("post", "executions/<uuid:key>/waits/<int:frame>/<int:wait>/"): Row(
        RUN, 200, lambda _: {"action": "run_now"}
    ),
    ("get", "approvals/"): Row(EVERYBODY),
    ("get", "approvals/<uuid:key>/"): Row(EVERYBODY),
    ("post", "approvals/<uuid:key>/decide/"): Row(ASKED, 200, lambda _: {"choice": "approve"}),
    ("post", "approvals/<uuid:key>/send-again/"): Row(RUN),
    ("get", "connections/"): Row(EVERYBODY),
    ("post", "connections/"): Row(
        MANAGE, 201, lambda _: {"name": "new", "kind": "http", "base_url": "https://new.example.org"}
    ),
    ("get", "connections/<slug:key>/"): Row(EVERYBODY),
    ("patch", "connections/<slug:key>/"): Row(MANAGE, 200, lambda _: {"settings": {"headers": {}}}),
    ("delete", "connections/<slug:key>/"): Row(MANAGE, 204),
    ("post", "connections/<slug:key>/check/"): Row(RUN),
    ("get", "activities/"): Row(EVERYBODY),
    ("post", "activities/"): Row(EDIT, 201, lambda _: {"name": "new"}),
    ("get", "activities/<str:name>/"): Row(EVERYBODY),
    ("delete", "activities/<str:name>/"): Row(EDIT, 204),
    ("post", "tasks/succeed/"): Row(RUN, 204, lambda of: {"token": of.task_token(), "output": None}),
    ("post", "tasks/fail/"): Row(RUN, 204, lambda of: {"token": of.task_token(), "error": "Broken"}),
    ("post", "tasks/heartbeat/"): Row(RUN, 204, lambda of: {"token": of.task_token()}),
    ("get", "mailbox/"): Row(MANAGE),
    ("get", "mailbox/<uuid:key>/"): Row(MANAGE),
    ("get", "tokens/"): Row(EVERYBODY),
    ("post", "tokens/"): Row(EVERYBODY, 201, lambda _: {"name": "new"}),
    ("delete", "tokens/<uuid:key>/"): Row(MANAGE, 204),
    ("get", "access-keys/"): Row(EVERYBODY),
    ("post", "access-keys/"): Row(EVERYBODY, 201, lambda _: {"name": "new"}),
    ("delete", "access-keys/<slug:key>/"): Row(MANAGE, 204),
    ("get", "schema/"): Row(EVERYBODY),
    ("get", "docs/"): Row(EVERYBODY),
}
# Signing in asks for nobody's right.
OPEN = {("get", "session/"), ("post", "session/"), ("delete", "session/")}


def endpoints() -> Iterator[tuple[str, str]]:
    """Return method and address below /api/ of all that the URL conf knows."""
    for route, view in _views(get_resolver().url_patterns):
        if route.startswith("api/"):
            for method in METHODS:
                if hasattr(view, method):
                    yield method, route.removeprefix("api/")


def place(route: str, of: Furnished) -> str:
    """Return an address with the ids of somebody's records in it."""
    keys = {
        "workflows/": of.passes.pk,
        "executions/": of.resting.key,
        "approvals/": of.approval.key,
        "connections/": of.connection.pk,
        "mailbox/": of.mail.key,
        "tokens/": of.token.pk,
        "access-keys/": of.access_key.access_key_id,
    }
    for beginning, key in keys.items():
        if route.startswith(beginning):
            for kind in ("uuid", "slug"):
                route = route.replace(f"<{kind}:key>", str(key))
    if route.startswith("map-runs/"):
        route = route.replace("<uuid:key>", str(of.map_run().key))
    if route.startswith("activities/"):
        route = route.replace("<str:name>", of.activity.name)
    for part, value in (
        ("<int:frame>", "0"),
        ("<int:wait>", "1"),
        ("<int:number>", "1"),
        ("<str:name>", "live"),
        ("<slug:service>", "sqs"),
        ("<slug:action>", "sendMessage"),
    ):
        route = route.replace(part, value)
    return "/api/" + route + ("?state=Done" if route.endswith("/sample/") else "")


def _views(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
        else:
            yield route, getattr(pattern.callback, "view_class", None)
