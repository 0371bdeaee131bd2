"""Testing a state with everything around it: real calls, what is masked, who may, and over REST."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.apps import apps
from pytest_django.fixtures import Settings

from asl.errors import InvalidDefinition
from asl.testing.state_test import StateTestStatus
from people.access import Actor, actor_of_user
from people.models import Membership, User, Workspace
from people.rights import NotPermitted, Role
from runner import outbound
from runner.connections.resolve import seal
from runner.models import Connection
from runner.test_state import (
    Answer,
    Asked,
    FieldValidation,
    Level,
    Mock,
    MockedError,
    Refused,
    answer,
    answer_here,
)
from tests.runner.api.office import Office, open_office

JSON = Any

# Connections are looked up in another thread, which sees only what is committed.
looked_up = pytest.mark.django_db(transaction=True)


class Handler(BaseHTTPRequestHandler):
    """Keeps what it gets; says which seat was sold, refuses /full, and gives a token at /token."""

    got: list[tuple[str, dict[str, str], str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.got.append((self.path, dict(self.headers.items()), body))
        if self.path.startswith("/slow"):
            self.slow.wait(20)
        status = 409 if self.path.startswith("/full") else 401 if self.path.startswith("/no") else 200
        said = {"access_token": "fresh", "expires_in": 60} if self.path == "/token" else {"seat": 7}
        text = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    slow = threading.Event()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host(settings: Settings) -> Iterator[str]:
    """A server that the operator has opened."""
    Handler.got.clear()
    Handler.slow.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        settings.CUELIGHT_HTTP_ALLOW = [f"127.0.0.1:{http.server_port}"]
        outbound.current.cache_clear()
        yield f"127.0.0.1:{http.server_port}"
        Handler.slow.set()
        http.shutdown()
        thread.join()
        outbound.current.cache_clear()


@pytest.fixture
def office(db: None) -> Office:
    return open_office("111111111111", "north")


@pytest.fixture
def owner(office: Office) -> Actor:
    return office.actor(Role.OWNER)


def asked(state: JSON, value: JSON = None, **more: Any) -> Asked:
    more.setdefault("role_arn", "arn:aws:iam::123456789012:role/anything")
    definition = state if isinstance(state, str) else json.dumps(state)
    return Asked(definition, input=json.dumps({} if value is None else value), **more)


def call(host: str, path: str = "/seats", **more: JSON) -> JSON:
    """Return an HTTP state."""
    return {
        "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": True,
        "Parameters": {"ApiEndpoint": f"http://{host}{path}", "Method": "POST", **more},
    }  # fmt: skip


def shop(owner: Actor, host: str, secret: JSON, **settings: JSON) -> JSON:
    """Store a connection and return what names it in a state."""
    Connection.objects.create(
        workspace=owner.workspace, name="shop", kind="http", base_url=f"http://{host}",
        settings=settings, secret=seal(secret),
    )  # fmt: skip
    return {"InvocationConfig": {"ConnectionArn": "arn:cuelight:states:::connection:shop"}}


def refused(owner: Actor, request: Asked) -> Refused:
    with pytest.raises(Refused) as found:
        answer_here(owner, request)
    return found.value


QUEUE = "arn:aws:states:::sqs:sendMessage"
NAMELESS = MockedError(None)
WORK = {"Type": "Task", "Resource": QUEUE, "Parameters": {}, "End": True}
EACH = {
    "Type": "Map", "ItemsPath": "$", "End": True,
    "ItemProcessor": {"StartAt": "Call", "States": {"Call": {"Type": "Pass", "End": True}}},
}  # fmt: skip


# ------------------------------------------------------------------ real work
def test_an_http_state_is_really_called_and_trace_shows_the_exchange(owner: Actor, host: str) -> None:
    state = call(host, RequestBody={"row": "F"}, QueryParameters={"act": "2"}, Headers={"X-Cue": "go"})
    found = answer_here(owner, asked(state, level=Level.TRACE))
    assert found.result.status is StateTestStatus.SUCCEEDED
    assert found.result.output["ResponseBody"] == {"seat": 7}
    assert Handler.got[0][0] == "/seats?act=2"
    assert found.sent is not None
    assert (found.sent.method, found.sent.url) == ("POST", f"http://{host}/seats?act=2")
    assert "X-Cue: go" in found.sent.headers
    assert "Range: bytes=0-262144" in found.sent.headers
    assert found.sent.body == '{"row":"F"}'
    assert found.got is not None
    assert (found.got.status_code, found.got.status_message) == ("200", "OK")
    assert found.got.body == '{"seat": 7}'


def test_debug_shows_the_stages_and_info_the_result_alone(owner: Actor, host: str) -> None:
    debug = answer_here(owner, asked(call(host), {"cue": 1}, level=Level.DEBUG))
    assert debug.sent is None
    assert debug.stages is not None
    assert debug.stages["input"] == {"cue": 1}
    assert debug.stages["result"]["StatusCode"] == 200
    info = answer_here(owner, asked(call(host)))
    assert info.stages is None


def test_an_endpoints_refusal_goes_to_retry_and_catch(owner: Actor, host: str) -> None:
    state = {
        **call(host, "/full"),
        "Catch": [{"ErrorEquals": ["States.Http.StatusCode.409"], "Next": "Wait"}],
    }
    found = answer_here(owner, asked(state, level=Level.TRACE))
    assert (found.result.status, found.result.next_state) == (StateTestStatus.CAUGHT_ERROR, "Wait")
    assert found.got is not None
    assert found.got.status_code == "409"


def test_work_that_is_too_slow_times_out_as_the_state_says(owner: Actor, host: str) -> None:
    found = answer_here(owner, asked({**call(host, "/slow"), "TimeoutSeconds": 1}, level=Level.TRACE))
    assert (found.result.status, found.result.error) == (StateTestStatus.FAILED, "States.Timeout")
    assert found.sent is not None
    assert found.got is None


def test_a_wait_that_is_longer_than_a_test_may_be_fails_at_once(owner: Actor) -> None:
    found = answer_here(owner, asked({"Type": "Wait", "Seconds": 301, "End": True}))
    assert (found.result.status, found.result.error) == (StateTestStatus.FAILED, "States.Timeout")


def test_a_short_wait_is_really_waited_for(owner: Actor) -> None:
    found = answer_here(owner, asked({"Type": "Wait", "Seconds": 1, "End": True}, {"cue": 1}))
    assert (found.result.status, found.result.output) == (StateTestStatus.SUCCEEDED, {"cue": 1})


async def test_others_may_use_the_loop_while_a_state_is_tested(owner: Actor, host: str) -> None:
    found: Answer = await answer(owner, asked(call(host)))
    assert found.result.status is StateTestStatus.SUCCEEDED
    await outbound.close()


@pytest.mark.parametrize(
    ("resource", "arguments"),
    [
        ("arn:cuelight:states:::email:send", {"To": ["a@example.org"], "Subject": "s", "Text": "t"}),
        (
            "arn:cuelight:states:::approval:request",
            {"Question": "Go?", "Approvers": ["a@example.org"]},
        ),
        ("arn:aws:states:::states:startExecution", {"StateMachineArn": "arn:aws:states:x:1:stateMachine:m"}),
        ("arn:aws:states:::aws-sdk:sfn:listStateMachines", {}),
    ],
)
def test_what_an_execution_would_have_to_write_needs_a_mock_and_leaves_no_row(
    owner: Actor, resource: str, arguments: JSON
) -> None:
    before = {model: model.objects.count() for model in apps.get_models()}  # type: ignore[attr-defined]
    state = {"Type": "Task", "Resource": resource, "Parameters": arguments, "End": True}
    assert "only be tested with a mock" in refused(owner, asked(state)).message
    assert {model: model.objects.count() for model in before} == before  # type: ignore[attr-defined]


# ------------------------------------------------------------------ what is masked
HIDDEN = {"headers": {"X-House": "north"}, "query": {"house": "north"}, "body": {"till": "4"}}


@looked_up
def test_what_a_connection_adds_is_masked(owner: Actor, host: str) -> None:
    named = shop(owner, host, {"token": "hush-hush"}, **HIDDEN)
    state = call(host, RequestBody={"row": "F"}, **named)
    found = answer_here(owner, asked(state, level=Level.TRACE))
    assert Handler.got[0][1]["Authorization"] == "Bearer hush-hush"
    assert found.sent is not None
    assert "Authorization: ***" in found.sent.headers
    assert "X-House: ***" in found.sent.headers
    assert found.sent.url.endswith("/seats?house=***")
    assert found.sent.body == '{"row":"F","till":"***"}'
    assert "hush-hush" not in repr(found)


@looked_up
def test_revealing_shows_a_managers_credentials_and_to_others_the_settings_alone(
    office: Office, owner: Actor, host: str
) -> None:
    state = call(host, RequestBody={}, **shop(owner, host, {"token": "hush-hush"}, **HIDDEN))
    request = asked(state, level=Level.TRACE, reveal_secrets=True)
    whole = answer_here(owner, request).sent
    assert whole is not None
    assert "Authorization: Bearer hush-hush" in whole.headers
    part = answer_here(office.actor(Role.EDITOR), request).sent
    assert part is not None
    assert "Authorization: ***" in part.headers
    assert "X-House: north" in part.headers
    assert part.url.endswith("?house=north")
    assert part.body == '{"till":"4"}'


@looked_up
def test_a_form_body_is_masked_field_by_field(owner: Actor, host: str) -> None:
    named = shop(owner, host, {"token": "hush-hush"}, body={"till": "4"})
    form = {"RequestBody": {"row": "F"}, "Transform": {"RequestBodyEncoding": "URL_ENCODED"}}
    found = answer_here(owner, asked(call(host, **form, **named), level=Level.TRACE))
    assert found.sent is not None
    assert found.sent.body == "row=F&till=***"


@looked_up
def test_a_credential_that_stands_elsewhere_in_the_request_is_masked_too(owner: Actor, host: str) -> None:
    named = shop(owner, host, {"token": "hush hush"})
    state = call(host, QueryParameters={"again": "hush hush"}, RequestBody="say hush hush", **named)
    found = answer_here(owner, asked(state, level=Level.TRACE))
    assert found.sent is not None
    assert found.sent.url.endswith("?again=***")
    assert found.sent.body == "say ***"


@looked_up
@pytest.mark.parametrize("token_path", ["/token", "/no-token"])
def test_the_request_for_a_token_is_not_shown(owner: Actor, host: str, token_path: str) -> None:
    secret = {"client_id": "us", "client_secret": "hush-hush"}
    named = shop(owner, host, secret, token_url=f"http://{host}{token_path}")
    found = answer_here(owner, asked(call(host, **named), level=Level.TRACE))
    assert "client_secret=hush-hush" in Handler.got[0][2]
    assert "hush-hush" not in repr(found)
    assert "fresh" not in repr(found)
    assert (found.sent is None) is (token_path == "/no-token")


# ------------------------------------------------------------------ who may
def test_work_of_ones_own_needs_the_right_to_edit_and_a_mock_does_not(office: Office, host: str) -> None:
    operator = office.actor(Role.OPERATOR)
    with pytest.raises(NotPermitted, match="edit"):
        answer_here(operator, asked(call(host)))
    mock = Mock(result='{"StatusCode": 200}')
    assert answer_here(operator, asked(call(host), mock=mock)).result.output == {"StatusCode": 200}
    assert Handler.got == []


@looked_up
def test_a_connection_is_used_by_those_who_may_use_it(office: Office, owner: Actor, host: str) -> None:
    state = call(host, **shop(owner, host, {"token": "hush-hush"}))
    user = User.objects.create_user("drawer")
    Membership.objects.create(workspace=owner.workspace, user=user, role=Role.EDITOR)
    actor = actor_of_user(user)
    assert actor is not None
    lesser = Actor(actor.user, actor.workspace, actor.rights - {"use_connection"}, "token")
    with pytest.raises(NotPermitted, match="use_connection"):
        answer_here(lesser, asked(state))
    # Nor is it used where the name comes from the input.
    hidden = {**state, "Parameters": {**state["Parameters"], "InvocationConfig.$": "$"}}
    del hidden["Parameters"]["InvocationConfig"]
    named = {"ConnectionArn": "shop"}
    found = answer_here(lesser, asked(hidden, named))
    assert found.result.error == "States.Permissions"
    assert Handler.got == []


@looked_up
def test_a_connection_of_another_workspace_is_none(owner: Actor, host: str) -> None:
    south = Workspace.objects.create(number="222222222222", name="South", slug="south")
    Connection.objects.create(workspace=south, name="shop", kind="http", base_url=f"http://{host}")
    state = call(host, InvocationConfig={"ConnectionArn": "shop"})
    found = answer_here(owner, asked(state))
    assert (found.result.error, Handler.got) == ("States.Permissions", [])


# ------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("state", "more", "code", "field"),
    [
        (WORK, {"role_arn": None}, "ValidationException", "role_arn"),
        (EACH, {}, "InvalidDefinition", "mock"),
        ({**WORK, "Resource": f"{QUEUE}.waitForTaskToken"}, {}, "InvalidDefinition", "mock"),
        (WORK, {"context": "{}"}, "ValidationException", "context"),
        (WORK, {"mock": Mock()}, "ValidationException", "mock"),
        (WORK, {"mock": Mock("{}", MockedError("Dark"))}, "ValidationException", "mock"),
        (WORK, {"mock": Mock("{}"), "reveal_secrets": True}, "ValidationException", "reveal_secrets"),
        (WORK, {"mock": Mock("{")}, "ValidationException", "mock.result"),
        (WORK, {"mock": Mock('{"MessageId": 1}')}, "ValidationException", "mock.result"),
        (WORK, {"mock": Mock(None, NAMELESS)}, "ValidationException", "mock.error_output.error"),
        (EACH, {"mock": Mock("{}")}, "ValidationException", "mock.result"),
        ({**EACH, "ResultWriter": {}}, {"mock": Mock("[]")}, "ValidationException", "mock.result"),
        ({"Type": "Succeed"}, {"mock": Mock("{}")}, "ValidationException", "mock"),
        (WORK, {"mock": Mock("{}"), "context": "{"}, "ValidationException", "context"),
        (WORK, {"mock": Mock("{}"), "context": '{"A": 1}'}, "ValidationException", "context"),
        (WORK, {"variables": "[]"}, "ValidationException", "variables"),
        (WORK, {"state_name": "Absent"}, "InvalidDefinition", None),
        (
            EACH,
            {"mock": Mock(error_output=MockedError("Dark")), "error_caused_by_state": "Absent"},
            "ValidationException",
            "state_configuration.error_caused_by_state",
        ),
        (
            EACH,
            {"mock": Mock("[]"), "value": [1, 2], "map_iteration_failure_count": 3},
            "ValidationException",
            "state_configuration.map_iteration_failure_count",
        ),
        (
            {**EACH, "ItemReader": {"Resource": "arn:aws:states:::s3:getObject"}},
            {"mock": Mock("[]"), "map_item_reader_data": "{"},
            "ValidationException",
            "state_configuration.map_item_reader_data",
        ),
    ],
)  # fmt: skip
def test_a_test_that_cannot_be_made_names_what_is_wrong(
    owner: Actor, state: JSON, more: dict[str, Any], code: str, field: str | None
) -> None:
    request = asked(state, more.pop("value", None), **more)
    if field is None:
        with pytest.raises(InvalidDefinition):
            answer_here(owner, request)
        return
    found = refused(owner, request)
    assert (found.code, found.field) == (code, field)


def test_an_input_that_is_no_json_is_refused(owner: Actor) -> None:
    found = refused(owner, Asked('{"Type": "Succeed"}', input="{"))
    assert (found.code, found.field) == ("InvalidExecutionInput", "input")


def test_a_resource_that_nobody_answers_for_is_refused_unless_it_is_mocked(owner: Actor) -> None:
    state = {"Type": "Task", "Resource": "arn:aws:states:::swf:runTask", "End": True}
    with pytest.raises(InvalidDefinition):
        answer_here(owner, asked(state))
    mock = Mock('{"Tasks": []}', validation=FieldValidation.PRESENT)
    assert answer_here(owner, asked(state, mock=mock)).result.status is StateTestStatus.SUCCEEDED


# ------------------------------------------------------------------ over REST
def test_rest_answers_with_each_stage_by_name(office: Office) -> None:
    state = {
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "ResultPath": "$.sent", "Next": "Go",
        "Parameters": {"MessageBody.$": "$.cue"},
        "Assign": {"last.$": "$.MessageId"},
    }  # fmt: skip
    body = {
        "definition": json.dumps(state),
        "input": {"cue": "lights"},
        "variables": {"act": 1},
        "inspection_level": "DEBUG",
        "mock": {"result": {"MessageId": "m-1"}},
    }
    found = office.owner.post("/api/test-state/", body, format="json")
    assert found.status_code == 200, found.content
    assert found.json() == {
        "status": "SUCCEEDED",
        "output": {"cue": "lights", "sent": {"MessageId": "m-1"}},
        "error": None,
        "cause": None,
        "next_state": "Go",
        "inspection": {
            "input": {"cue": "lights"},
            "after_input_path": {"cue": "lights"},
            "after_parameters": {"MessageBody": "lights"},
            "result": {"MessageId": "m-1"},
            "after_result_selector": {"MessageId": "m-1"},
            "after_result_path": {"cue": "lights", "sent": {"MessageId": "m-1"}},
            "variables": {"act": 1, "last": "m-1"},
        },
    }


def test_rest_says_how_an_error_was_handled(office: Office) -> None:
    state = {**WORK, "Retry": [{"ErrorEquals": ["Dark"]}]}
    body = {
        "definition": json.dumps(state),
        "mock": {"error_output": {"error": "Dark"}},
        "state_configuration": {"retrier_retry_count": 2},
        "inspection_level": "DEBUG",
    }
    found = office.owner.post("/api/test-state/", body, format="json").json()
    assert (found["status"], "output" in found) == ("RETRIABLE", False)
    assert found["inspection"]["error_details"] == {
        "catch_index": None, "retry_index": 0, "backoff_seconds": 4
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"definition": ""}, "definition"),
        ({"inspection_level": "ALL"}, "inspection_level"),
        ({"variables": [1]}, "variables"),
        ({"mock": {"error_output": {}}}, "mock.error_output.error"),
        ({"mock": {"result": {}}}, "mock"),
        ({"state_configuration": {"retrier_retry_count": -1}}, "state_configuration.retrier_retry_count"),
        ({"state_name": "Absent"}, None),
    ],
)
def test_rest_names_the_field_that_is_wrong(office: Office, changes: JSON, field: str | None) -> None:
    body = {"definition": '{"Type": "Succeed"}', **changes}
    found = office.owner.post("/api/test-state/", body, format="json")
    if field is None:
        assert found.status_code == 422
        assert found.json()["diagnostics"]
    else:
        assert found.status_code == 400
        assert [error["field"] for error in found.json()["errors"]] == [field]


@looked_up
def test_rest_really_calls_with_a_connection(office: Office, owner: Actor, host: str) -> None:
    state = call(host, **shop(owner, host, {"token": "hush-hush"}))
    body = {"definition": json.dumps(state), "inspection_level": "TRACE"}
    found = office.owner.post("/api/test-state/", body, format="json").json()
    assert found["output"]["ResponseBody"] == {"seat": 7}
    assert "Authorization: ***" in found["inspection"]["request"]["headers"]
    assert found["inspection"]["response"]["status_code"] == "200"
    operator = office[Role.OPERATOR].post("/api/test-state/", body, format="json")
    assert operator.status_code == 403
