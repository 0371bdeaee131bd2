"""`make bench`: starts Cuelight in each of its two forms and prints figures for it.

python -m bench [--form embedded|scaled] [--only TEXT] [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import aiohttp
import psutil

from bench.figures import FIGURES, TARGET_PORT, Client, Server, target_server
from tests.support import services
from tests.support.server import ADMIN_PASSWORD, API_TOKEN, running
from tests.support.server import Server as Installation

FORMS = ("embedded", "scaled")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measures a running Cuelight.")
    parser.add_argument("--form", choices=FORMS, action="append", help="default: both")
    parser.add_argument("--only", default="", help="figures whose name contains this text")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    chosen = parser.parse_args()
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for form in chosen.form or FORMS:
        absent = services.missing() if form == "scaled" else None
        if absent:
            print(f"{form}: left out, {absent} does not answer")
            continue
        figures[form] = _measure(form, chosen.only)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")


def _measure(form: str, only: str) -> dict[str, dict[str, float]]:
    print(f"\n{form} ({platform.processor() or platform.machine()}, {psutil.cpu_count()} cores)")
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="cuelight-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        own = stack.enter_context(services.fresh_services()) if form == "scaled" else None
        installation = Installation(
            folder, services=own, settings={"CUELIGHT_HTTP_ALLOW": f"127.0.0.1:{TARGET_PORT}"}
        )
        found = _inside(installation) if "engine".startswith(only.lower()) else {}
        stack.enter_context(running(installation))
        return found | asyncio.run(_all_figures(installation, only))


def _inside(installation: Installation) -> dict[str, dict[str, float]]:
    """Measure the engine alone, on the installation's own database, before anything serves from it."""
    installation.manage("prepare")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.inside"],
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=True,
        capture_output=True,
        text=True,
    )
    figures = {"the engine alone, in one process": json.loads(done.stdout)}
    _print(figures)
    return figures


def _print(figures: dict[str, dict[str, float]]) -> None:
    for name, values in figures.items():
        print(f"  {name}")
        for what, value in values.items():
            print(f"    {what:38} {value:10.2f}", flush=True)


async def _all_figures(installation: Installation, only: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    connector = aiohttp.TCPConnector(limit=64)
    async with target_server() as target, aiohttp.ClientSession(connector=connector) as session:
        server = Server(
            url=installation.url,
            token=API_TOKEN,
            cookie=await _sign_in(installation.url),
            memory_mib=lambda: _memory(installation),
        )
        client = Client(server, session)
        connection = {"name": "bench", "kind": "http", "base_url": target}
        await client.call("POST", "/connections/", connection)
        for name, figure in FIGURES.items():
            if only.lower() not in name.lower():
                continue
            found[name] = await figure(client, target)
            _print({name: found[name]})
    return found


async def _sign_in(url: str) -> str:
    """Return the cookie of a session, as a browser has it."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        await (await session.get(f"{url}/api/session/")).read()
        cookies = {cookie.key: cookie.value for cookie in session.cookie_jar}
        headers = {"X-CSRFToken": cookies.get("csrftoken", ""), "Origin": url}
        body = {"username": "admin", "password": ADMIN_PASSWORD}
        async with session.post(f"{url}/api/session/", json=body, headers=headers) as response:
            response.raise_for_status()
        return "; ".join(f"{cookie.key}={cookie.value}" for cookie in session.cookie_jar)


def _memory(installation: Installation) -> float:
    """Resident memory of all processes of the installation, in MiB."""
    found = 0
    for process in installation.processes:
        root = psutil.Process(process.popen.pid)
        for each in (root, *root.children(recursive=True)):
            found += each.memory_info().rss
    return found / 1024 / 1024


if __name__ == "__main__":
    main()
