"""What the service did, compared with what we do; nothing may fall below the floor."""

from __future__ import annotations

import json
from collections.abc import Callable

from . import corpus, known

if corpus.present():  # without the recordings there is nothing to run, and the summary says so

    def hold_the_floor(
        groups: dict[str, corpus.Tally], record_property: Callable[[str, object], None]
    ) -> None:
        floor = corpus.floor()
        below: list[str] = []
        for name, tally in groups.items():
            found = tally.percentages()
            record_property("conformance", json.dumps([name, tally.cases, found, tally.faults]))
            for verdict, least in floor.get(name, {}).items():
                if found.get(verdict, 0.0) < least:
                    below.append(f"{name} {verdict}: {found.get(verdict)} < {least}: {tally.faults[:5]}")
        assert not below
        differing = [case for tally in groups.values() for case in tally.differing]
        judged = [case for tally in groups.values() for case in tally.judged_cases]
        assert not known.untrue(differing, judged)

    def test_recorded_executions_end_as_recorded_with_the_same_history(
        record_property: Callable[[str, object], None],
    ) -> None:
        hold_the_floor(corpus.execution_groups(), record_property)

    def test_the_jsonata_suite_gives_its_results(record_property: Callable[[str, object], None]) -> None:
        hold_the_floor(corpus.jsonata_groups(), record_property)

    def test_definitions_are_judged_as_the_linter_and_the_wild_say(
        record_property: Callable[[str, object], None],
    ) -> None:
        hold_the_floor(corpus.definition_groups(), record_property)

    def test_definitions_are_refused_and_described_as_recorded(
        record_property: Callable[[str, object], None],
    ) -> None:
        hold_the_floor(corpus.reply_groups(), record_property)
