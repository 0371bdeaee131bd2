"""The recorded calls and executions again, by boto3 against a running server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from . import corpus, known, service

if corpus.present():  # without the recordings there is nothing to run, and the summary says so

    def test_the_server_answers_as_recorded_but_for_what_is_listed(
        tmp_path: Path, record_property: Callable[[str, object], None]
    ) -> None:
        report = service.compare(tmp_path, [])
        figures, differing = service.figures(report), service.differing(report)
        for group, found in figures.items():
            results = [one for one in report["results"] if f"{one['kind']} {one['group']}" == group]
            faults = [f"{one['id']}: {one['first']}" for one in results if one["id"] in differing]
            record_property("conformance", json.dumps([group, len(results), found, faults]))

        assert not service.shortfalls(figures, service.floor())
        judged = [result["id"] for result in report["results"]]
        assert not known.untrue(differing, judged, known.SERVER)
