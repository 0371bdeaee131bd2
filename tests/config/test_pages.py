"""The one page, its assets and what comes with every answer."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings


@pytest.fixture
def built(settings: Settings, tmp_path: Path) -> Path:
    """A front end that consists of one page."""
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "index.html").write_text("<title>first</title>")
    return tmp_path


@pytest.mark.parametrize(
    "address",
    ["/", "/workflows", "/workflows/1?mode=code", "/executions/x", "/approvals/1", "/settings", "/login"],
)
def test_every_address_of_the_designer_is_the_same_page(client: Client, built: Path, address: str) -> None:
    answer = client.get(address)
    assert answer.content == b"<title>first</title>"
    assert answer["Cache-Control"] == "no-cache"


def test_a_new_build_is_served_without_a_restart(client: Client, built: Path) -> None:
    client.get("/")
    (built / "index.html").write_text("<title>second build</title>")
    assert client.get("/").content == b"<title>second build</title>"


def test_a_missing_build_says_what_to_do(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.FRONTEND_DIST = tmp_path / "nothing"
    answer = client.get("/")
    assert answer.status_code == 503
    assert b"make frontend" in answer.content


def test_the_page_is_only_read(client: Client, built: Path) -> None:
    assert client.post("/workflows").status_code == 405


def test_an_unknown_address_is_not_the_page(client: Client, built: Path) -> None:
    assert client.get("/wp-login.php").status_code == 404


@pytest.mark.django_db
def test_health_asks_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"well\n"


def test_the_policy_allows_no_inline_script(client: Client, built: Path) -> None:
    policy = dict(part.split(" ", 1) for part in client.get("/")["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe-eval" not in " ".join(policy.values())


def test_cookies_are_strict() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


def test_a_foreign_host_is_refused(client: Client, built: Path) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
