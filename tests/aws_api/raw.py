"""Signed requests by hand, so that each part of one can be spoiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.support.aws import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY
from tests.support.server import Server


@dataclass(frozen=True, slots=True)
class Request:
    """A request of this API as a client signs it."""

    target: str = "AWSStepFunctions.ListStateMachines"
    body: bytes = b"{}"
    access_key_id: str = ACCESS_KEY_ID
    secret: str = SECRET_ACCESS_KEY
    service: str = "states"
    region: str = REGION
    age: timedelta = timedelta()
    headers: dict[str, str] = field(default_factory=dict)
    leave_unsigned: tuple[str, ...] = ()
    also_sign: tuple[str, ...] = ()

    def signed_for(self, server: Server) -> AWSRequest:
        """Return the request with its signature."""
        headers = {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": self.target,
            "Host": f"127.0.0.1:{server.port}",
            **self.headers,
        }
        request = AWSRequest("POST", f"{server.url}/", data=self.body, headers=headers)
        signer = _Signer(self)
        signer.add_auth(request)
        return request

    def sent(self, server: Server, **spoiled: Any) -> requests.Response:
        """Send the request; `spoiled` are its body or headers as they arrive, changed after signing."""
        signed = self.signed_for(server)
        headers = {**dict(signed.headers.items()), **spoiled.pop("headers", {})}
        body = spoiled.pop("body", self.body)
        with requests.Session() as session:
            session.trust_env = False
            return session.post(f"{server.url}/", data=body, headers=headers, timeout=30, **spoiled)


class _Signer(SigV4Auth):  # type: ignore[misc]
    """botocore's signer, at another time, with fewer headers."""

    def __init__(self, wanted: Request) -> None:
        super().__init__(Credentials(wanted.access_key_id, wanted.secret), wanted.service, wanted.region)
        self._wanted = wanted

    def add_auth(self, request: AWSRequest) -> None:
        at = datetime.now(UTC) - self._wanted.age
        request.context["timestamp"] = at.strftime("%Y%m%dT%H%M%SZ")
        self._modify_request_before_signing(request)
        text = self.string_to_sign(request, self.canonical_request(request))
        self._inject_signature_to_request(request, self.signature(text, request))

    def headers_to_sign(self, request: AWSRequest) -> Any:
        found = super().headers_to_sign(request)
        for name in self._wanted.leave_unsigned:
            del found[name]
        for name in self._wanted.also_sign:
            found[name] = request.headers[name]
        return found
