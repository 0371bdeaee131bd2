"""A transcription job that is nothing but its own name: what it has come to follows from the time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

# Long enough that a workflow's Wait loop is seen to turn, short enough for a demonstration.
WORK_TIME = timedelta(seconds=3)
# A job is forgotten after a day, and none begins in the future.
KEPT = timedelta(days=1)
LONGEST_MEDIA = 200

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 10**14  # the year 5138: what a name may claim without leaving the calendar
_JOB = re.compile(r"([a-z0-9-]{1,40})-([0-9a-f]{11,12})")
_TEXT = (Path(__file__).parent / "transcript.txt").read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its name says it: what it is about, and when it began."""

    media: str
    began: datetime

    @property
    def name(self) -> str:
        milliseconds = int(self.began.timestamp() * 1000)
        return f"{self.media}-{milliseconds:x}"


def begun(media: str, now: datetime) -> Job:
    """Returns a new job for a recording; its file name becomes part of the job's name."""
    file = media.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    slug = re.sub(r"[^a-z0-9]+", "-", file.lower()).strip("-")[:40].strip("-")
    return Job(slug or "recording", now)


def job_named(name: str, now: datetime) -> Job | None:
    """Returns the job of this name, or None where there is none (any more)."""
    match = _JOB.fullmatch(name)
    if match is None:
        return None
    began = _EPOCH + timedelta(milliseconds=min(int(match[2], 16), _LATEST))
    return Job(match[1], began) if timedelta(0) <= now - began <= KEPT else None


def shown(job: Job, now: datetime) -> dict[str, object]:
    """Returns the job's state: in progress for its first seconds, then completed with the text."""
    done = now - job.began >= WORK_TIME
    state: dict[str, object] = {
        "job": job.name,
        "media": job.media,
        "status": "COMPLETED" if done else "IN_PROGRESS",
        "started_at": job.began.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if done:
        state["transcript"] = {"language": "en", "words": len(_TEXT.split()), "text": _TEXT}
    return state
