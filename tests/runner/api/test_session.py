import pytest
from django.test import Client

from people.rights import Role
from people.sign_in import MOST_BY_NAME
from tests.runner.api.office import Office

GOOD = {"username": "north-editor", "password": "right horse"}


@pytest.fixture
def browser(office: Office) -> Client:
    return Client(enforce_csrf_checks=True)


def sign_in(browser: Client, **changes: str) -> int:
    browser.get("/api/session/")
    return browser.post(
        "/api/session/",
        {**GOOD, **changes},
        content_type="application/json",
        headers={"X-CSRFToken": browser.cookies["csrftoken"].value},
    ).status_code


def test_signed_out_is_said_as_a_problem_and_the_csrf_cookie_is_set(browser: Client) -> None:
    response = browser.get("/api/session/")
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert response.cookies["csrftoken"].value


def test_signing_in_says_who_one_is_and_what_one_may(browser: Client, office: Office) -> None:
    assert sign_in(browser) == 200
    said = browser.get("/api/session/").json()
    assert said["user"]["username"] == "north-editor"
    assert said["user"].keys() == {"id", "username", "name", "initials", "email"}
    assert said["workspace"]["number"] == "111111111111"
    assert "publish" in said["rights"]
    assert "manage" not in said["rights"]


def test_signing_out_ends_the_session(browser: Client) -> None:
    sign_in(browser)
    token = browser.cookies["csrftoken"].value
    assert browser.delete("/api/session/", headers={"X-CSRFToken": token}).status_code == 204
    assert browser.get("/api/session/").status_code == 401
    assert browser.get("/api/workflows/").status_code == 401


@pytest.mark.parametrize("wrong", [{"password": "left horse"}, {"username": "nobody"}])
def test_a_wrong_password_and_an_unknown_name_look_the_same(browser: Client, wrong: dict[str, str]) -> None:
    browser.get("/api/session/")
    response = browser.post(
        "/api/session/",
        {**GOOD, **wrong},
        content_type="application/json",
        headers={"X-CSRFToken": browser.cookies["csrftoken"].value},
    )
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"field": "password", "message": "The user name or the password is wrong."}
    ]


def test_many_guesses_are_slowed_down(browser: Client) -> None:
    for _ in range(MOST_BY_NAME):
        sign_in(browser, password="guess")
    browser.get("/api/session/")
    response = browser.post(
        "/api/session/",
        GOOD,
        content_type="application/json",
        headers={"X-CSRFToken": browser.cookies["csrftoken"].value},
    )
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_signing_in_from_another_site_is_refused_as_a_problem(browser: Client) -> None:
    response = browser.post("/api/session/", GOOD, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")


def test_a_change_in_a_session_needs_the_csrf_token(browser: Client) -> None:
    sign_in(browser)
    response = browser.post("/api/workflows/", {"name": "new"}, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert "CSRF" in response.json()["detail"]


def test_a_token_says_whose_it_is(office: Office) -> None:
    assert office[Role.VIEWER].get("/api/session/").json()["user"]["username"] == "north-viewer"
