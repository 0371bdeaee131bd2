"""The demonstration's transcription service, as a program sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import AsyncClient

from runner.demo import transcripts

NOW = datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC)
pytestmark = pytest.mark.urls("runner.demo.urls")


@pytest.fixture
def client() -> AsyncClient:
    return AsyncClient()


async def test_a_job_is_begun_without_a_login_and_is_in_progress(client: AsyncClient) -> None:
    begun = await client.post("/transcripts", {"media": "city-bees.mp4"}, content_type="application/json")
    assert begun.status_code == 202
    job = begun.json()["job"]
    assert job.startswith("city-bees-")
    state = await client.get(f"/transcripts/{job}")
    assert state.status_code == 200
    assert state.json()["status"] == "IN_PROGRESS"
    assert "transcript" not in state.json()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"media": 3}', b'{"media": ""}', b"\xff"])
async def test_a_request_that_names_no_recording_is_refused(client: AsyncClient, body: bytes) -> None:
    answer = await client.post("/transcripts", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("job", ["nothing", "bees-19b7d2b2f", "x-ffffffffffff", "../../etc/passwd"])
async def test_a_job_that_never_began_is_not_there(client: AsyncClient, job: str) -> None:
    assert (await client.get(f"/transcripts/{job}")).status_code == 404


async def test_only_the_right_methods_are_answered(client: AsyncClient) -> None:
    assert (await client.get("/transcripts")).status_code == 405
    assert (await client.post("/transcripts/bees-19b7d2b2f00")).status_code == 405


def test_a_job_is_done_after_its_time_and_forgotten_after_a_day() -> None:
    job = transcripts.begun("https://example.org/talks/City Bees.mp4", NOW)
    found = transcripts.job_named(job.name, NOW)
    assert found == job
    assert job.media == "city-bees"
    assert transcripts.shown(job, NOW + timedelta(seconds=2.9))["status"] == "IN_PROGRESS"
    done = transcripts.shown(job, NOW + timedelta(seconds=3))
    assert done["status"] == "COMPLETED"
    assert isinstance(done["transcript"], dict)
    assert done["transcript"]["words"] > 200
    assert transcripts.job_named(job.name, NOW + timedelta(hours=25)) is None
    assert transcripts.job_named(job.name, NOW - timedelta(seconds=1)) is None
