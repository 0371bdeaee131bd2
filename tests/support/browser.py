"""Chromium as tests use it: nothing but localhost, and not one error on the console."""

import os
import shutil
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

CANDIDATES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    # No page of ours needs another host; one that asks is found out.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


def chromium() -> str | None:
    """Returns the browser's path, or None where there is none."""
    chosen = os.environ.get("CUELIGHT_CHROMIUM")
    if chosen:
        return chosen
    return next((path for name in CANDIDATES if (path := shutil.which(name))), None)


@dataclass
class Watched:
    """What went wrong on pages while a test looked at them."""

    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> Page:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._asked)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        # "Who am I?" is answered with 401 to whoever is not signed in yet; browsers log that by themselves.
        asked_who = message.location["url"].endswith("/api/session/") and " 401 " in message.text
        if message.type == "error" and not asked_who:
            self.faults.append(f"console: {message.text} ({message.location})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {
            "127.0.0.1",
            "localhost",
        }:
            self.faults.append(f"asked another host: {request.url}")


if __name__ == "__main__":
    found = chromium()
    if found is None:
        raise SystemExit(1)
    print(found)
