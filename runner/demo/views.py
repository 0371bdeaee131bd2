"""The demonstration's two addresses: parse, one call, answer."""

from __future__ import annotations

import json

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from . import transcripts


@csrf_exempt  # nobody is signed in here, and nothing is kept
@require_POST
async def start_transcript(request: HttpRequest) -> JsonResponse:
    """Begins a job: `{"media": "..."}` → 202 `{"job": "..."}`."""
    try:
        media = json.loads(request.body)["media"]
    except (ValueError, KeyError, TypeError):
        media = None
    if not isinstance(media, str) or not 0 < len(media) <= transcripts.LONGEST_MEDIA:
        return JsonResponse({"detail": 'Send {"media": "<name of the recording>"}.'}, status=400)
    job = transcripts.begun(media, timezone.now())
    return JsonResponse({"job": job.name}, status=202)


@never_cache
@require_GET
async def transcript(request: HttpRequest, name: str) -> JsonResponse:
    """Returns the job's state, with its text once that is there."""
    now = timezone.now()
    job = transcripts.job_named(name, now)
    if job is None:
        return JsonResponse({"detail": f"There is no job named {name[:80]!r}."}, status=404)
    return JsonResponse(transcripts.shown(job, now))
