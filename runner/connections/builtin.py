"""The two connections that need no setting up: the embedded model, and the demonstration endpoints."""

from __future__ import annotations

from django.conf import settings

from runner.integrations.interface import Connection

EMBEDDED_MODEL = "embedded-model"
DEMO = "demo"
BUILTIN_NAMES = (EMBEDDED_MODEL, DEMO)


def builtin_connection(name: str) -> Connection | None:
    """Return a built-in connection. Its exact host and port may be private; nothing else may because of it.

    The embedded model chooses its port when it starts, so its base URL is filled in by whoever starts it.
    """
    match name:
        case "embedded-model":
            return Connection(
                name=EMBEDDED_MODEL, kind="embedded_model", base_url=None, hosts=(), builtin=True
            )
        case "demo":
            own = getattr(settings, "CUELIGHT_OWN_URL", settings.CUELIGHT_BASE_URL)
            return Connection(name=DEMO, kind="demo", base_url=f"{own}/demo", hosts=(), builtin=True)
        case _:
            return None
