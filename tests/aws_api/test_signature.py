"""Who signs a request may ask; who does not, or not all of it, gets one answer that tells nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
import requests
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.support.api import Api
from tests.support.aws import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY
from tests.support.server import ADMIN_PASSWORD, API_TOKEN, Server

from .raw import Request

WRONG_SECRET = "a-secret-that-is-not-the-one-that-it-is"


@pytest.fixture
def signed_in(server: Server) -> Iterator[requests.Session]:
    """A session that is signed in, as a browser is."""
    with requests.Session() as session:
        session.trust_env = False
        session.get(f"{server.url}/api/session/", timeout=30)
        answer = session.post(
            f"{server.url}/api/session/",
            json={"username": "admin", "password": ADMIN_PASSWORD},
            headers={"X-CSRFToken": session.cookies["csrftoken"]},
            timeout=30,
        )
        assert answer.ok
        yield session


def code(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["__type"]


def test_a_signed_request_is_answered(server: Server) -> None:
    assert Request().sent(server).status_code == 200


def test_an_unknown_key_and_a_wrong_secret_get_the_same_answer(server: Server) -> None:
    wrong_secret = Request(secret=WRONG_SECRET).sent(server)
    unknown_key = Request(access_key_id="CUELNOSUCHKEY0000001").sent(server)

    assert code(wrong_secret) == (400, "UnrecognizedClientException")
    assert wrong_secret.json() == unknown_key.json()
    assert wrong_secret.status_code == unknown_key.status_code
    ours = {"date", "x-amzn-requestid"}
    assert {k: v for k, v in wrong_secret.headers.items() if k.lower() not in ours} == {
        k: v for k, v in unknown_key.headers.items() if k.lower() not in ours
    }


@pytest.mark.parametrize("age", [timedelta(minutes=5, seconds=20), timedelta(minutes=-5, seconds=-20)])
def test_a_request_of_another_time_is_refused(server: Server, age: timedelta) -> None:
    answer = Request(age=age).sent(server)

    assert code(answer) == (400, "InvalidSignatureException")
    assert answer.json()["message"].startswith(
        "Signature expired: " if age > timedelta() else "Signature not yet current: "
    )


@pytest.mark.parametrize("age", [timedelta(minutes=4, seconds=30), timedelta(minutes=-4, seconds=-30)])
def test_a_clock_may_be_a_little_off(server: Server, age: timedelta) -> None:
    assert Request(age=age).sent(server).status_code == 200


def test_the_date_of_the_scope_is_the_date_of_the_request(server: Server) -> None:
    signed = Request().signed_for(server)
    moment = signed.headers["X-Amz-Date"]
    another = signed.headers["Authorization"].replace(moment[:8], "20200101")

    assert code(Request().sent(server, headers={"Authorization": another}))[1] == "InvalidSignatureException"


def test_a_body_that_was_changed_on_its_way_is_refused(server: Server) -> None:
    answer = Request(body=b'{"maxResults": 1}').sent(server, body=b'{"maxResults": 2}')

    assert code(answer) == (400, "UnrecognizedClientException")


@pytest.mark.parametrize(
    "altered",
    [
        {"X-Amz-Target": "AWSStepFunctions.ListActivities"},
        {"Host": "cuelight.example.com"},
        {"Content-Type": "application/x-amz-json-1.1"},
    ],
)
def test_a_signed_header_that_was_changed_on_its_way_is_refused(
    server: Server, altered: dict[str, str]
) -> None:
    answer = Request().sent(server, headers=altered)

    # Another host may be refused before anybody looks at the signature.
    assert answer.status_code == 400
    assert "stateMachines" not in answer.text


def test_a_hash_of_the_body_that_the_client_sends_is_not_believed(server: Server) -> None:
    body = b'{"maxResults": 1}'
    honest = sha256(body).hexdigest()

    answer = Request(body=body, headers={"X-Amz-Content-SHA256": honest}).sent(server, body=b"{}")

    assert code(answer) == (400, "UnrecognizedClientException")


@pytest.mark.parametrize("hash_of_body", ["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"])
def test_a_body_that_is_not_signed_is_refused(server: Server, hash_of_body: str) -> None:
    answer = Request(headers={"X-Amz-Content-SHA256": hash_of_body}).sent(server)

    assert code(answer) == (400, "InvalidSignatureException")


@pytest.mark.parametrize("header", ["host", "x-amz-date", "x-amz-target"])
def test_what_names_the_request_has_to_be_signed(server: Server, header: str) -> None:
    answer = Request(leave_unsigned=(header,)).sent(server)

    assert code(answer) == (400, "InvalidSignatureException")
    assert header in answer.json()["message"]


def test_a_header_of_amazons_that_nobody_signed_is_refused(server: Server) -> None:
    answer = Request().sent(server, headers={"X-Amz-Security-Token": "added on the way"})

    assert code(answer) == (400, "InvalidSignatureException")


def test_a_client_may_sign_more_headers_than_botocore_does(server: Server) -> None:
    request = Request(headers={"User-Agent": "another-sdk/1.0", "Expect": ""}, also_sign=("user-agent",))

    assert request.sent(server).status_code == 200
    assert request.sent(server, headers={"User-Agent": "curl"}).status_code == 400


def test_a_signature_for_another_service_is_refused(server: Server) -> None:
    answer = Request(service="lambda").sent(server)
    assert code(answer) == (400, "InvalidSignatureException")
    # Who set AWS_ENDPOINT_URL for everything is told what to set instead.
    assert "AWS_ENDPOINT_URL_SFN" in answer.json()["message"]


def test_a_signature_for_another_region_is_good_when_it_is_the_keys(server: Server) -> None:
    """Clients differ in the region that they are set to; ARNs tell what is asked for."""
    assert Request(region="eu-central-1").sent(server).status_code == 200


def test_a_signature_in_the_address_is_refused(server: Server) -> None:
    request = AWSRequest(
        "POST",
        f"{server.url}/",
        data=b"{}",
        headers={"X-Amz-Target": "AWSStepFunctions.ListStateMachines"},
    )
    SigV4QueryAuth(Credentials(ACCESS_KEY_ID, SECRET_ACCESS_KEY), "states", REGION).add_auth(request)
    prepared = request.prepare()

    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(prepared.url, data=b"{}", headers=dict(prepared.headers.items()), timeout=30)

    assert code(answer) == (403, "MissingAuthenticationTokenException")


@pytest.mark.parametrize(
    "authorization",
    [
        f"Bearer {API_TOKEN}",
        f"Basic {ACCESS_KEY_ID}:{SECRET_ACCESS_KEY}",
        "AWS4-HMAC-SHA256",
        f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY_ID}, SignedHeaders=host, Signature={'0' * 64}",
        "AWS4-ECDSA-P256-SHA256 Credential=x/20200101/states/aws4_request, SignedHeaders=host, Signature=00",
    ],
)
def test_what_is_no_signature_of_version_4_is_refused(server: Server, authorization: str) -> None:
    answer = Request().sent(server, headers={"Authorization": authorization})

    assert code(answer) == (400, "IncompleteSignatureException")


def test_a_request_without_a_signature_is_refused(server: Server) -> None:
    answer = requests.post(
        f"{server.url}/",
        data=b"{}",
        headers={"X-Amz-Target": "AWSStepFunctions.ListStateMachines"},
        timeout=30,
    )

    assert code(answer) == (403, "MissingAuthenticationTokenException")


def test_an_api_token_is_no_secret_to_sign_with(server: Server) -> None:
    for key in (ACCESS_KEY_ID, "admin", API_TOKEN):
        answer = Request(access_key_id=key, secret=API_TOKEN).sent(server)
        assert code(answer) == (400, "UnrecognizedClientException"), key


def test_nothing_is_the_secret_of_no_key(server: Server) -> None:
    for secret in ("", "None", "null"):
        assert code(Request(secret=secret).sent(server)) == (400, "UnrecognizedClientException")


def test_the_secret_of_an_access_key_is_no_bearer_token(server: Server) -> None:
    for token in (SECRET_ACCESS_KEY, ACCESS_KEY_ID, f"{ACCESS_KEY_ID}:{SECRET_ACCESS_KEY}"):
        Api(server.url, token).get("/api/workflows/", expect=401)


def test_a_session_gives_no_right_here(server: Server, signed_in: requests.Session) -> None:
    headers = {"X-Amz-Target": "AWSStepFunctions.ListStateMachines"}
    csrf = {"X-CSRFToken": signed_in.cookies["csrftoken"], "Origin": server.url}

    answer = signed_in.post(f"{server.url}/", data=b"{}", headers=headers | csrf, timeout=30)

    assert code(answer) == (403, "MissingAuthenticationTokenException")


def test_a_session_does_not_mend_a_wrong_signature(server: Server, signed_in: requests.Session) -> None:
    signed = Request(secret=WRONG_SECRET).signed_for(server)

    answer = signed_in.post(f"{server.url}/", data=b"{}", headers=dict(signed.headers.items()), timeout=30)

    assert code(answer) == (400, "UnrecognizedClientException")


def test_only_post_at_the_root_is_this_api(server: Server) -> None:
    for method, path in (("GET", "/"), ("POST", "/api/session/"), ("POST", "/elsewhere")):
        answer = requests.request(method, f"{server.url}{path}", timeout=30)
        assert answer.headers["content-type"] != "application/x-amz-json-1.0", (method, path)
