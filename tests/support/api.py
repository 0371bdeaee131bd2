"""A program that uses the REST API: plain requests, and waiting without a fixed pause."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import requests

JSON = Any
ENDED = frozenset({"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"})


class Api:
    """Calls a running server with a bearer token; every answer but the expected one is an error."""

    def __init__(self, url: str, token: str | None) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        if token is not None:
            self.session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, expect: int = 200, **query: Any) -> JSON:
        return self._answer(self.session.get(self.url + path, params=query, timeout=30), expect)

    def post(self, path: str, body: JSON = None, expect: int | tuple[int, ...] = (200, 201)) -> JSON:
        return self._answer(self.session.post(self.url + path, json=body, timeout=60), expect)

    def patch(self, path: str, body: JSON, expect: int = 200) -> JSON:
        return self._answer(self.session.patch(self.url + path, json=body, timeout=30), expect)

    def delete(self, path: str, expect: int = 204) -> JSON:
        return self._answer(self.session.delete(self.url + path, timeout=30), expect)

    # The few things that most tests do

    def publish(self, name: str, definition: JSON) -> str:
        """Makes and publishes a workflow; returns its id."""
        text = definition if isinstance(definition, str) else json.dumps(definition, indent=2)
        workflow = self.post("/api/workflows/", {"name": name, "definition": text})
        self.post(f"/api/workflows/{workflow['id']}/publish/", {"draft_revision": workflow["draft_revision"]})
        return str(workflow["id"])

    def run(self, workflow: str, input: JSON = None, name: str | None = None) -> str:
        """Starts an execution of what is published; returns its key."""
        body: dict[str, Any] = {"input": {} if input is None else input}
        if name is not None:
            body["name"] = name
        return str(self.post(f"/api/workflows/{workflow}/executions/", body)["id"])

    def execution(self, key: str) -> JSON:
        return self.get(f"/api/executions/{key}/")

    def entries(self, key: str) -> list[JSON]:
        """Returns the whole record, gathered page by page."""
        found: list[JSON] = []
        after, more = 0, True
        while more:
            page = self.get(f"/api/executions/{key}/entries/", after=after, limit=500)
            found += page["entries"]
            more = page["more"]
            after = found[-1]["seq"] if found else 0
        return found

    def wait_until_ended(self, key: str, seconds: float = 60.0) -> JSON:
        """Returns the execution once it is over."""
        return wait_for(lambda: self.execution(key), lambda found: found["status"] in ENDED, seconds)

    def wait_for_state(self, key: str, state: str, kind: str | None = None, seconds: float = 30.0) -> JSON:
        """Returns the wait in which `state` stands, once it does."""

        def there() -> JSON:
            waits = self.get(f"/api/executions/{key}/waits/")
            waits = waits["waits"] if isinstance(waits, dict) else waits
            return next((w for w in waits if w["state"] == state and kind in (None, w["kind"])), None)

        return wait_for(there, lambda found: found is not None, seconds)

    @staticmethod
    def _answer(response: requests.Response, expect: int | tuple[int, ...]) -> JSON:
        expected = expect if isinstance(expect, tuple) else (expect,)
        asked = f"{response.request.method} {response.request.url}"
        assert response.status_code in expected, f"{asked}: {response.status_code} {response.text[:2000]}"
        return response.json() if response.content else None


def wait_for(look: Callable[[], JSON], enough: Callable[[JSON], bool], seconds: float) -> JSON:
    """Looks until what is seen is enough; fails with what was seen last."""
    deadline = time.monotonic() + seconds
    # A short rest between two looks: the tests must not starve what they look at.
    rest = threading.Event()
    while not enough(seen := look()):
        assert time.monotonic() < deadline, f"still not after {seconds} s: {seen!r}"
        rest.wait(0.02)
    return seen
