"""Starting and ending, as a person at a terminal does it."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.support.server import ROOT, Process, Server, running, survivors

HOLDS_A_CALL = {
    "StartAt": "Ask",
    "States": {"Ask": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": True}},
}


def test_the_first_start_prints_an_account_once_and_the_next_is_quick(var: Path) -> None:
    with running(Server(var)) as server:
        assert "admin" in server.output
        credentials = var / "credentials.txt"
        assert stat.S_IMODE(credentials.stat().st_mode) == 0o600
        server.stop()
        server.start()
        print(f"second start: {server.started_in:.2f} s")
        assert "password" not in server.output
        assert requests.get(server.url + "/healthz", timeout=10).text == "well\n"


def test_secrets_are_made_once_and_read_by_their_owner_alone(var: Path) -> None:
    with running(Server(var)) as server:
        made = {name: (var / name).read_text() for name in ("secret_key", "encryption_key")}
        assert all(stat.S_IMODE((var / name).stat().st_mode) == 0o600 for name in made)
        server.stop()
        server.start()
        assert made == {name: (var / name).read_text() for name in made}


def test_ctrl_c_leaves_nothing_running(var: Path) -> None:
    with running(Server(var)) as server:
        family = server.processes[0].family()
        took = server.stop()
        print(f"Ctrl-C took {took:.2f} s")
        assert not survivors(family)


def test_ctrl_c_ends_a_server_whose_model_is_answering(var: Path) -> None:
    with running(Server(var)) as server:
        api = server.api()
        definition = {
            "StartAt": "Ask",
            "States": {
                "Ask": {
                    "Type": "Task",
                    "Resource": "arn:cuelight:states:::model:invoke",
                    "Parameters": {"Prompt": "Write a very long story about a lamp.", "MaxTokens": 2000},
                    "End": True,
                }
            },
        }
        key = api.run(api.publish("long-story", definition))
        api.wait_for_state(key, "Ask")
        family = server.processes[0].family()
        took = server.stop()
        assert took < 8
        assert not survivors(family)


def test_sigterm_ends_it_as_well(var: Path) -> None:
    with running(Server(var)) as server:
        process = server.processes[0]
        os.kill(process.popen.pid, signal.SIGTERM)
        assert process.popen.wait(10) == 0


def test_a_second_server_on_the_same_folder_says_who_is_there(var: Path) -> None:
    with running(Server(var)) as server:
        other = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=Server(var).environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert other.returncode == 1
        assert f"already runs in {var}: process {server.processes[0].popen.pid}" in other.stderr


def test_a_port_that_is_taken_is_named_with_the_way_out(var: Path, tmp_path: Path) -> None:
    with running(Server(var)) as server:
        other = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=Server(tmp_path / "other", port=server.port).environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert other.returncode == 1
        assert "make up CUELIGHT_PORT=" in other.stderr


def test_make_up_starts_what_is_installed_and_built(var: Path) -> None:
    server = Server(var)
    process = Process(["make", "up"], {**os.environ, **server.environment}, "Cuelight is ready")
    try:
        took = process.wait_until_ready()
        print(f"make up: {took:.2f} s")
        assert requests.get(server.url + "/login", timeout=10).status_code == 200
        family = process.family()
        process.interrupt()
        assert not survivors(family)
    finally:
        process.kill()


@pytest.mark.parametrize("path", ["/", "/workflows", "/executions/x", "/settings"])
def test_every_page_says_what_a_browser_may_do(server: Server, path: str) -> None:
    answer = requests.get(server.url + path, timeout=10)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "'unsafe-eval'" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "<script>" not in answer.text


def test_the_api_is_closed_to_strangers(server: Server) -> None:
    schema = server.api().get("/api/schema/", format="json")
    open_to_all = {"/api/session/", "/api/schema/", "/api/docs/"}
    for path, operations in schema["paths"].items():
        if path in open_to_all:
            continue
        for method in set(operations) & {"get", "post", "patch", "put", "delete"}:
            address = path.replace("{id}", "1").replace("{key}", "1")
            answer = requests.request(method, server.url + address, json={}, timeout=10)
            assert answer.status_code in {401, 404}, f"{method} {path}: {answer.status_code}"


def test_json_is_all_that_celery_takes() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from config.celery import app; import json;"
            "print(json.dumps([app.conf.accept_content, app.conf.task_serializer]))",
        ],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(said.stdout) == [["json"], "json"]
