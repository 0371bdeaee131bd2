from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from runner.approvals import words

AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "short"),
    [
        ("UTC", "Tue 24 Nov 2026, 17:00 UTC"),
        ("Europe/Berlin", "Tue 24 Nov 2026, 18:00 CET"),
        ("America/Sao_Paulo", "Tue 24 Nov 2026, 14:00 UTC-03"),
        ("Asia/Kolkata", "Tue 24 Nov 2026, 22:30 IST"),
    ],
)
def test_a_moment_names_its_zone(settings: Settings, zone: str, short: str) -> None:
    settings.CUELIGHT_TIME_ZONE = zone
    assert words.moment(AT) == short


def test_a_moment_in_full() -> None:
    assert words.moment(AT, full=True).startswith("Tuesday 24 November 2026, ")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(days=2, hours=6, minutes=59), "2 days 6 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (timedelta(minutes=45, seconds=30), "45 minutes"),
        (timedelta(seconds=20), "20 seconds"),
        (timedelta(0), "a moment"),
        (timedelta(seconds=-5), "a moment"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(length: timedelta, said: str) -> None:
    assert words.span(length) == said


def test_a_list_ends_in_or() -> None:
    assert words.listed(["A", "B", "C"]) == "A, B or C"
    assert words.listed(["A"]) == "A"


def test_a_run_without_a_name_of_its_own_is_told_by_how_its_id_begins() -> None:
    assert words.short_name("6f3a77d9-e691-40f8-b6cd-ddc2caa65547") == "6f3a77d9"
    assert words.short_name("0914") == "0914"
