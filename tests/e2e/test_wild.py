"""Real workflows, drawn in a real browser: each opens without a fault and stays as it was."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.conformance import corpus
from tests.e2e.conftest import NewPage
from tests.support.browser import Watched
from tests.support.server import Server

if corpus.present():  # without the recordings there is nothing to open

    def test_real_workflows_open_without_a_fault(
        server: Server, signed_in: NewPage, watched: Watched
    ) -> None:
        api = server.api()
        page = signed_in()
        for number, case in enumerate(corpus.read("wild")):
            text = case["definition"]
            text = text if isinstance(text, str) else json.dumps(text, indent=2)
            made = api.post("/api/workflows/", {"name": f"wild-{number}", "definition": text})
            page.goto(f"/workflows/{made['id']}")
            canvas = page.get_by_test_id("canvas")
            expect(canvas).to_be_visible()
            first = json.loads(text)["StartAt"]
            expect(canvas.get_by_test_id(f"state-{first}")).to_be_attached()
            assert not watched.faults, (case["source"], watched.faults)
            draft = api.get(f"/api/workflows/{made['id']}/")
            assert draft["definition"] == text  # opening changes nothing
            page.goto("about:blank")  # a page that is open asks for its draft again and again
            api.delete(f"/api/workflows/{made['id']}/")
