"""The HTTP call against a real server."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from runner.integrations.http_invoke.encoding import url_encoded
from runner.integrations.http_invoke.headers import FORBIDDEN
from runner.integrations.interface import Connection, Failed, Succeeded

from .endpoint import Endpoint
from .ports import Connections, Desk, MakeDesk

HTTP = "arn:aws:states:::http:invoke"


@pytest.fixture
def desk(endpoint: Endpoint, make_desk: MakeDesk) -> Desk:
    return make_desk(endpoint.host)


def connection(endpoint: Endpoint, **more: Any) -> Connection:
    return Connection(name="shop", kind="http", base_url=endpoint.url, hosts=(), **more)


async def output_of(desk: Desk, arguments: dict[str, Any], **more: Any) -> Any:
    outcome = await desk.start(HTTP, arguments, **more)
    assert isinstance(outcome, Succeeded), outcome
    return outcome.output


async def failure_of(desk: Desk, arguments: dict[str, Any], **more: Any) -> Failed:
    outcome = await desk.start(HTTP, arguments, **more)
    assert isinstance(outcome, Failed), outcome
    return outcome


async def test_json_comes_back_parsed_with_status_and_headers(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"json": {"id": 7}, "status": 201, "headers": {"X-Kind": "new"}})
    arguments = {"ApiEndpoint": f"{endpoint.url}/items", "Method": "POST", "RequestBody": {"name": "Zoë"}}
    output = await output_of(desk, arguments)
    assert output["ResponseBody"] == {"id": 7}
    assert (output["StatusCode"], output["StatusText"]) == (201, "Created")
    assert output["Headers"]["x-kind"] == ["new"]
    assert json.loads(endpoint.last.body) == {"name": "Zoë"}
    assert endpoint.last.headers["Content-Type"] == "application/json"
    assert endpoint.last.headers["Range"] == "bytes=0-262144"


async def test_text_stays_text_even_if_it_looks_like_json(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"body": b'{"a": 1}', "headers": {"Content-Type": "text/plain"}})
    output = await output_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert output["ResponseBody"] == '{"a": 1}'


async def test_a_charset_is_heeded(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will(
        {"body": "Zoë".encode("latin-1"), "headers": {"Content-Type": "text/plain; charset=latin-1"}}
    )
    output = await output_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert output["ResponseBody"] == "Zoë"


@pytest.mark.parametrize("status", [302, 400, 404, 429, 503])
async def test_a_status_that_is_not_2xx_is_an_error_of_its_own(
    desk: Desk, endpoint: Endpoint, status: int
) -> None:
    endpoint.will({"body": b"not today", "status": status})
    failure = await failure_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert failure == Failed(f"States.Http.StatusCode.{status}", "not today")


async def test_an_error_without_a_body_says_its_reason(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"status": 404})
    failure = await failure_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert failure == Failed("States.Http.StatusCode.404", "Not Found")


async def test_a_connection_that_breaks_off_is_a_socket_error(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"breaks_off": True})
    failure = await failure_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert failure.error == "States.Http.Socket"


async def test_a_port_where_nobody_listens_is_a_socket_error(
    make_desk: MakeDesk, unused_tcp_port: int
) -> None:
    desk = make_desk(f"127.0.0.1:{unused_tcp_port}")
    failure = await failure_of(desk, {"ApiEndpoint": f"http://127.0.0.1:{unused_tcp_port}", "Method": "GET"})
    assert failure.error == "States.Http.Socket"


async def test_a_private_address_is_refused_in_words(endpoint: Endpoint, make_desk: MakeDesk) -> None:
    failure = await failure_of(make_desk(), {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert failure.error == "States.Permissions"
    assert "CUELIGHT_HTTP_ALLOW" in failure.cause
    assert endpoint.got == []


async def test_what_is_no_address_is_refused(desk: Desk) -> None:
    failure = await failure_of(desk, {"ApiEndpoint": "ftp://example.com/x", "Method": "GET"})
    assert failure.error == "States.Runtime"


async def test_an_answer_beyond_the_quota_is_refused(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"body": b"x" * 262_145})
    failure = await failure_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert failure.error == "States.DataLimitExceeded"


async def test_a_part_of_a_larger_answer_is_not_taken_for_the_whole(desk: Desk, endpoint: Endpoint) -> None:
    headers = {"Content-Range": "bytes 0-9/300000"}
    endpoint.will({"body": b"0123456789", "status": 206, "headers": headers})
    failure = await failure_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert failure.error == "States.DataLimitExceeded"


async def test_an_answer_that_is_no_text_is_refused(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"body": b"\xff\xd8\xff", "headers": {"Content-Type": "image/jpeg"}})
    failure = await failure_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET"})
    assert failure.error == "States.TaskFailed"
    assert "image/jpeg" in failure.cause


@pytest.mark.parametrize("header", [*sorted(FORBIDDEN), "X-Forwarded-For", "x-amz-date", "X-Amzn-Trace-Id"])
async def test_a_forbidden_header_is_refused_before_anything_is_sent(
    desk: Desk, endpoint: Endpoint, header: str
) -> None:
    arguments = {"ApiEndpoint": endpoint.url, "Method": "GET", "Headers": {header.title(): "x"}}
    failure = await failure_of(desk, arguments)
    assert failure.error == "States.Runtime"
    assert header.lower() in failure.cause.lower()
    assert endpoint.got == []


async def test_a_header_cannot_smuggle_another_one(desk: Desk, endpoint: Endpoint) -> None:
    arguments = {"ApiEndpoint": endpoint.url, "Method": "GET", "Headers": {"X-A": "1\r\nX-B: 2"}}
    assert (await failure_of(desk, arguments)).error == "States.Runtime"
    assert endpoint.got == []


async def test_query_parameters_are_encoded_and_lists_repeat_their_name(
    desk: Desk, endpoint: Endpoint
) -> None:
    query = {"q": "a b&c", "tag": ["x", "y"], "page": 2, "all": True, "none": None}
    await output_of(desk, {"ApiEndpoint": endpoint.url, "Method": "GET", "QueryParameters": query})
    assert endpoint.last.query == "q=a+b%26c&tag=x&tag=y&page=2&all=true"


@pytest.mark.parametrize(
    ("array_format", "expected"),
    [
        ("INDICES", "ids[0]=1&ids[1]=2&who[name]=Z+%26+a"),
        ("REPEAT", "ids=1&ids=2&who[name]=Z+%26+a"),
        ("COMMAS", "ids=1,2&who[name]=Z+%26+a"),
        ("BRACKETS", "ids[]=1&ids[]=2&who[name]=Z+%26+a"),
    ],
)
async def test_a_body_is_url_encoded_with_its_arrays_as_the_format_says(
    desk: Desk, endpoint: Endpoint, array_format: str, expected: str
) -> None:
    arguments = {
        "ApiEndpoint": endpoint.url,
        "Method": "POST",
        "RequestBody": {"ids": [1, 2], "who": {"name": "Z & a"}},
        "Transform": {
            "RequestBodyEncoding": "URL_ENCODED",
            "RequestEncodingOptions": {"ArrayFormat": array_format},
        },
    }
    await output_of(desk, arguments)
    assert endpoint.last.body == expected
    assert endpoint.last.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_nested_lists_of_objects_keep_their_places() -> None:
    assert url_encoded({"items": [{"id": 1}, {"id": 2}]}, "INDICES") == "items[0][id]=1&items[1][id]=2"


async def test_a_path_belongs_to_the_base_url_of_its_connection(desk: Desk, endpoint: Endpoint) -> None:
    desk.connections = Connections(replace(connection(endpoint), base_url=f"{endpoint.url}/api"))
    arguments = {"ApiEndpoint": "/items", "Method": "GET", "InvocationConfig": {"ConnectionArn": "shop"}}
    await output_of(desk, arguments)
    assert endpoint.last.path == "/api/items"


@pytest.mark.parametrize(
    ("secret", "header", "value"),
    [
        ({"username": "ann", "password": "pw"}, "Authorization", "Basic YW5uOnB3"),
        ({"header": "X-Api-Key", "value": "k"}, "X-Api-Key", "k"),
        ({"token": "t"}, "Authorization", "Bearer t"),
    ],
)
async def test_a_connection_proves_who_it_is(
    desk: Desk, endpoint: Endpoint, secret: dict[str, str], header: str, value: str
) -> None:
    desk.connections = Connections(connection(endpoint, secret=secret))
    config = {"ConnectionArn": "arn:cuelight:states:::connection:shop"}
    await output_of(desk, {"ApiEndpoint": "/", "Method": "GET", "InvocationConfig": config})
    assert endpoint.last.headers[header] == value


async def test_where_both_say_something_the_connection_wins(desk: Desk, endpoint: Endpoint) -> None:
    settings = {"headers": {"X-Team": "shop"}, "query": {"v": "2"}, "body": {"tenant": "a"}}
    desk.connections = Connections(
        connection(endpoint, settings=settings, secret={"header": "X-Api-Key", "value": "k"})
    )
    arguments = {
        "ApiEndpoint": "/",
        "Method": "POST",
        "Headers": {"x-team": "mine", "x-api-key": "stolen", "X-Else": "1"},
        "QueryParameters": {"v": "1", "w": "3"},
        "RequestBody": {"tenant": "b", "x": 1},
        "Authentication": {"ConnectionArn": "shop"},
    }
    await output_of(desk, arguments)
    got = endpoint.last
    assert got.query == "v=2&w=3"
    assert json.loads(got.body) == {"tenant": "a", "x": 1}
    headers = {name.lower(): value for name, value in got.headers.items()}
    assert (headers["x-team"], headers["x-api-key"], headers["x-else"]) == ("shop", "k", "1")


async def test_client_credentials_are_exchanged_once_for_a_bearer_token(
    desk: Desk, endpoint: Endpoint
) -> None:
    endpoint.will({"json": {"access_token": "fresh", "expires_in": 3600}}, {"json": {"ok": True}})
    desk.connections = Connections(
        connection(
            endpoint,
            secret={"client_id": "me", "client_secret": "s3cret"},
            settings={"token_url": f"{endpoint.url}/token", "scope": "read"},
        )
    )
    arguments = {"ApiEndpoint": "/items", "Method": "GET", "InvocationConfig": {"ConnectionArn": "shop"}}
    await output_of(desk, arguments)
    await output_of(desk, arguments)
    assert [got.path for got in endpoint.got] == ["/token", "/items", "/items"]
    assert "client_secret=s3cret" in endpoint.got[0].body
    assert {got.headers["Authorization"] for got in endpoint.got[1:]} == {"Bearer fresh"}
    desk.clock.now += timedelta(hours=2)
    endpoint.will({"json": {"access_token": "newer"}}, {"json": {"ok": True}})
    await output_of(desk, arguments)
    assert endpoint.last.headers["Authorization"] == "Bearer newer"


async def test_a_refused_token_shows_no_secret(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"json": {"error": "invalid_client"}, "status": 401})
    desk.connections = Connections(
        connection(
            endpoint,
            secret={"client_id": "other", "client_secret": "s3cret"},
            settings={"token_url": f"{endpoint.url}/token"},
        )
    )
    config = {"ConnectionArn": "shop"}
    failure = await failure_of(desk, {"ApiEndpoint": "/", "Method": "GET", "InvocationConfig": config})
    assert failure.error == "States.Http.OAuth"
    assert "s3cret" not in failure.cause


async def test_a_connection_is_only_good_for_its_own_host(desk: Desk, endpoint: Endpoint) -> None:
    desk.connections = Connections(
        replace(connection(endpoint, secret={"token": "t"}), hosts=("api.shop:443",))
    )
    config = {"ConnectionArn": "shop"}
    failure = await failure_of(
        desk, {"ApiEndpoint": endpoint.url, "Method": "GET", "InvocationConfig": config}
    )
    assert failure.error == "States.Permissions"
    assert endpoint.got == []


async def test_a_connection_that_is_not_there_is_said_so(desk: Desk, endpoint: Endpoint) -> None:
    config = {"ConnectionArn": "nowhere"}
    failure = await failure_of(
        desk, {"ApiEndpoint": endpoint.url, "Method": "GET", "InvocationConfig": config}
    )
    assert failure.error == "States.Permissions"
    assert "nowhere" in failure.cause


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"Method": "GET"}, '"ApiEndpoint" is required'),
        ({"ApiEndpoint": "https://example.com"}, '"Method" is required'),
        ({"ApiEndpoint": "https://example.com", "Method": "BREW"}, '"Method" must be one of'),
        ({"ApiEndpoint": "https://example.com", "Method": "GET", "Body": 1}, '"Body" is not supported'),
        ([], "must be an object"),
    ],
)
async def test_arguments_that_cannot_be_used_are_named(desk: Desk, arguments: Any, reason: str) -> None:
    failure = await failure_of(desk, arguments)
    assert failure.error == "States.Runtime"
    assert reason in failure.cause
