"""Every error below /api/ is problem details, those too that no view saw."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from runner.api import problems
from tests.runner.api.office import Office

WORKFLOWS = "/api/workflows/"


def posted(office: Office, body: bytes) -> Any:
    return office.owner.generic("POST", WORKFLOWS, body, content_type="application/json")


def test_a_body_that_is_not_json_is_refused_with_its_place(office: Office) -> None:
    response = posted(office, b'{"name": "x",\n "type": }')
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    said = response.json()
    assert said["title"] == "The body is not JSON."
    [error] = said["errors"]
    assert (error["line"], error["column"]) == (2, 10)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"\xff", "UTF-8"),
        (b'{"name": NaN}', "NaN"),
        (b"[" * 100_000, "too deeply"),
        (b'{"name": "\\u0000"}', "NUL"),
        (b'{"layout": {"a": ["\\ud800"]}}', "surrogate"),
        (b"", "Expecting value"),
    ],
)
def test_a_body_that_cannot_be_kept_is_refused_in_words(body: bytes, words: str, office: Office) -> None:
    response = posted(office, body)
    assert response.status_code == 400
    assert words in response.json()["detail"] or (body == b"" and response.json()["errors"])


def test_a_body_larger_than_this_server_takes_is_refused(office: Office, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = posted(office, b'{"name": "' + b"x" * 2000 + b'"}')
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")


def test_another_kind_of_body_is_refused(office: Office) -> None:
    response = office.owner.generic("POST", WORKFLOWS, b"name=x", "application/x-www-form-urlencoded")
    assert (response.status_code, response["Content-Type"]) == (415, "application/problem+json")


def test_an_unknown_address_is_a_problem_here_and_a_page_elsewhere() -> None:
    response = Client().get("/api/nothing/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert Client().get("/nothing").headers["Content-Type"].startswith("text/html")


def _fails(_: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret words")


class _Conf:
    """A URL conf in which something fails."""

    urlpatterns = [path("api/fails/", _fails), path("fails/", _fails)]
    handler500 = problems.server_error


def test_a_fault_of_the_server_is_a_problem_that_tells_nothing_of_it(settings: Any) -> None:
    settings.ROOT_URLCONF = _Conf
    client = Client(raise_request_exception=False)
    response = client.get("/api/fails/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert b"secret words" not in response.content
    assert client.get("/fails/").headers["Content-Type"].startswith("text/html")


def test_a_request_that_cannot_be_read_is_a_problem() -> None:
    response = problems.bad_request(RequestFactory().get("/api/x/"), ValueError("no"))
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_a_record_that_is_not_there_is_a_problem(office: Office) -> None:
    response = office.owner.get("/api/executions/00000000-0000-4000-8000-000000000000/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing at this address in your workspace.",
        "errors": [],
    }
