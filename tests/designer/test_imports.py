"""What comes in is looked at first and never run; what goes out says what AWS would refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from designer.judging import placeholders
from people.models import AuditEntry
from runner import outbound
from runner.models import Execution, Revision
from tests.runner.api.office import PASS, Furnished, Office


def machine(*states: dict[str, Any], **more: Any) -> str:
    named = {f"S{number}": {**state, "End": True} for number, state in enumerate(states)}
    return json.dumps({"QueryLanguage": "JSONata", "StartAt": "S0", "States": named, **more})


def http(address: str, connection: str | None = None, **more: Any) -> dict[str, Any]:
    config = {} if connection is None else {"InvocationConfig": {"ConnectionArn": connection}}
    arguments = {"Method": "GET", "ApiEndpoint": address, **config}
    return {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Arguments": arguments, **more}


def task(resource: str, **arguments: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": resource, "Arguments": arguments}


def reviewed(office: Office, definition: str, type: str = "STANDARD") -> dict[str, Any]:
    response = office.owner.post("/api/definitions/review/", {"definition": definition, "type": type})
    assert response.status_code == 200
    said: dict[str, Any] = response.json()
    return said


def names(uses: list[dict[str, Any]]) -> list[str]:
    return [use["name"] for use in uses]


def test_a_review_names_all_that_a_definition_would_reach(north: Furnished) -> None:
    inner = json.loads(machine(http("https://user:pass@api.example.com/items", "north-crm")))
    text = machine(
        {"Type": "Parallel", "Branches": [inner]},
        http("/transcripts", "demo"),
        http("{% $states.input.url %}", "gone"),
        task("arn:aws:states:::lambda:invoke", FunctionName="resize"),
        task("arn:aws:states:::states:startExecution.sync:2", StateMachineArn="north-waits"),
        task("arn:cuelight:states:::approval:request", Question="Go?", Approvers=["ann@example.org"]),
        task("arn:aws:states:::aws-sdk:s3:putObject", Bucket="${bucket}", Key="k"),
        task("arn:aws:states:::aws-sdk:s3:noSuchThing"),
    )
    said = reviewed(north.office, text)
    assert (said["states"], said["language"]) == (9, "JSONata")
    assert names(said["hosts"]) == ["api.example.com", "the host of demo", "worked out when it runs"]
    assert {use["name"]: use["known"] for use in said["connections"]} == {
        "north-crm": True,
        "demo": True,
        "gone": False,
    }
    assert names(said["functions"]) == ["resize"]
    assert [(use["name"], use["known"]) for use in said["workflows"]] == [("north-waits", True)]
    assert names(said["people"]) == ["ann@example.org"]
    assert said["placeholders"] == ["bucket"]
    assert {use["name"]: use["known"] for use in said["actions"]}[
        "arn:aws:states:::aws-sdk:s3:noSuchThing"
    ] is False
    assert "pass@" not in json.dumps(said["hosts"])
    assert any(found["severity"] == "ERROR" for found in said["diagnostics"])


def test_a_review_keeps_and_runs_nothing(office: Office) -> None:
    reviewed(office, machine(http("https://api.example.com/")))
    assert not Revision.objects.exists()
    assert not Execution.objects.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"States": [1]}', '{"States": {"A": 3}}', "7"])
def test_a_review_of_anything_else_is_empty_and_says_what_is_wrong(text: str, office: Office) -> None:
    said = reviewed(office, text)
    assert said["states"] == 0
    assert said["diagnostics"]


def test_what_runs_on_aws_is_told_to_run_there(office: Office) -> None:
    type(office.workspace).objects.update(quota_profile="aws")
    text = machine(
        task("arn:aws:states:::aws-sdk:s3:getObject", Bucket="b", Key="k"),
        http("https://api.example.com/", "arn:aws:events:us-east-1:1:connection/crm/1"),
    )
    assert reviewed(office, text)["aws"] == []


def test_what_aws_would_refuse_is_told_with_its_place(office: Office) -> None:
    text = machine(
        task("arn:cuelight:states:::email:send", To=["a@example.org"], Subject="s", Text="t"),
        http("/items", "demo", TimeoutSeconds=90),
        {"Type": "Wait", "Seconds": 100_000_000},
        {"Type": "Map", "MaxConcurrency": 90, "ItemProcessor": PASS},
    )
    found = {(each["code"], each["location"]) for each in reviewed(office, text)["aws"]}
    assert {
        ("OWN_RESOURCE", "/States/S0/Resource"),
        ("CONNECTION", "/States/S1/Arguments/InvocationConfig/ConnectionArn"),
        ("ENDPOINT", "/States/S1/Arguments/ApiEndpoint"),
        ("HTTP_TIME", "/States/S1/TimeoutSeconds"),
        ("SECONDS", "/States/S2/Seconds"),
        ("CONCURRENCY", "/States/S3/MaxConcurrency"),
        ("PAYLOAD", ""),
    } <= found


def test_an_express_workflow_waits_for_nothing_on_aws(office: Office) -> None:
    text = machine(task("arn:aws:states:::lambda:invoke.waitForTaskToken", FunctionName="f"))
    assert "EXPRESS" in {each["code"] for each in reviewed(office, text, "EXPRESS")["aws"]}
    assert "EXPRESS" not in {each["code"] for each in reviewed(office, text)["aws"]}


def test_a_placeholder_is_told_where_it_stands_and_the_definition_stays_valid(office: Office) -> None:
    text = machine(
        task("arn:aws:states:::aws-sdk:s3:getObject", Bucket="${Bucket}", Key="a/${Stage}/${Name}"),
        {"Type": "Wait", "Seconds": "${Seconds}"},
    )
    said = reviewed(office, text)
    told = {each["location"]: each for each in said["diagnostics"]}
    assert {each["severity"] for each in told.values()} == {"WARNING"}
    assert "${Bucket} has to be filled in" in told["/States/S0/Arguments/Bucket"]["message"]
    assert "${Stage} and ${Name} have" in told["/States/S0/Arguments/Key"]["message"]
    # The language's own sentence is not said twice.
    assert sum("laceholder" in each["message"] for each in said["diagnostics"]) == 3
    on_aws = {each["location"] for each in said["aws"] if "laceholder" in each["message"]}
    assert on_aws == {"/States/S0/Arguments/Bucket", "/States/S0/Arguments/Key", "/States/S1/Seconds"}
    # JSONata's own braces name nothing.
    assert placeholders.names('{"A": "{% ${\'a\': 1} %}"}') == []


class Site(BaseHTTPRequestHandler):
    """Somebody's web server with definitions on it."""

    def do_GET(self) -> None:
        pages = {
            "/it.asl.json": (200, json.dumps(PASS).encode()),
            "/large": (200, b"x" * 1_048_577),
            "/picture": (200, b"\xff\xd8\xff"),
        }
        status, body = pages.get(self.path.partition("?")[0], (404, b""))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(settings: Settings) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    host = f"127.0.0.1:{server.server_address[1]}"
    settings.CUELIGHT_HTTP_ALLOW = host
    outbound.current.cache_clear()
    yield f"http://{host}"
    server.shutdown()
    server.server_close()
    outbound.current.cache_clear()


def test_a_definition_is_fetched_from_an_address(site: str, office: Office) -> None:
    response = office.owner.post("/api/definitions/fetch/", {"url": f"{site}/it.asl.json?key=secret"})
    assert response.json() == {"text": json.dumps(PASS), "name": "it.asl.json"}
    entry = AuditEntry.objects.get(action="definition fetched")
    assert "secret" not in entry.subject


@pytest.mark.parametrize("page", ["/nothing", "/large", "/picture"])
def test_what_is_no_definition_is_refused_at_the_field(page: str, site: str, office: Office) -> None:
    response = office.owner.post("/api/definitions/fetch/", {"url": site + page})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "url"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "x"]
)
def test_nothing_of_the_inside_is_fetched(url: str, office: Office) -> None:
    response = office.owner.post("/api/definitions/fetch/", {"url": url})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "url"
