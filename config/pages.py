"""The designer's one HTML page, whatever its address, and the answer to "are you well?"."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from runner.api import problems


@require_safe
def designer_page(_request: HttpRequest, **_route: object) -> HttpResponse:
    """The built front end; the address is read by its own router."""
    path = Path(settings.FRONTEND_DIST) / "index.html"
    try:
        page = _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return HttpResponse("The front end is not built yet: make frontend\n", "text/plain", status=503)
    response = HttpResponse(page)
    # Its assets are named by their content; the page itself must always be asked for.
    response["Cache-Control"] = "no-cache"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that is none: below /api/ a problem, elsewhere the page, which says so itself."""
    if request.path.startswith("/api/") or request.method not in {"GET", "HEAD"} or not _wants_page(request):
        return problems.not_found(request, exception)
    response = designer_page(request)
    response.status_code = 404
    return response


def _wants_page(request: HttpRequest) -> bool:
    return "text/html" in request.headers.get("Accept", "")


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Says that requests are answered and the database is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("well\n", "text/plain")


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> bytes:
    return path.read_bytes()
