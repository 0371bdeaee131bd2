"""Signature Version 4, checked with botocore's own signer.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

from .errors import ApiError

SERVICE = "states"
CLOCK_SKEW = timedelta(minutes=5)
# What has to be signed, so that nothing of it can be changed on the way.
MUST_BE_SIGNED = frozenset({"host", "x-amz-date", "x-amz-target"})

_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256\s+Credential=(?P<key>[^/\s,]+)/(?P<date>\d{8})/(?P<region>[a-z0-9-]+)/"
    r"(?P<service>[a-z0-9-]+)/aws4_request,\s*SignedHeaders=(?P<signed>[a-z0-9;_-]+),\s*"
    r"Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says of who signed it, not yet checked."""

    access_key_id: str
    region: str
    moment: str  # as in X-Amz-Date
    signed_headers: tuple[str, ...]
    signature: str


def refused() -> ApiError:
    """Return the one answer to an unknown key and to a wrong signature: neither tells of the other."""
    return ApiError(
        "UnrecognizedClientException",
        "The security token included in the request is invalid: the access key is unknown, or the request "
        "was signed with another secret or changed on its way.",
    )


def claim_of(headers: Mapping[str, str], now: datetime) -> Claim:
    """Return the claim of a request; raises `ApiError` where there is none, or it is stale or partial."""
    authorization = headers.get("authorization")
    if not authorization:
        raise ApiError(
            "MissingAuthenticationTokenException",
            "Missing Authentication Token: requests are signed (Signature Version 4) with an access key "
            "pair of this server.",
            403,
        )
    found = _AUTHORIZATION.fullmatch(authorization.strip())
    if found is None:
        raise ApiError(
            "IncompleteSignatureException", "The Authorization header is not one of Signature Version 4."
        )
    if found["service"] != SERVICE:
        raise ApiError(
            "InvalidSignatureException",
            f"Credential should be scoped to '{SERVICE}', not '{found['service']}': this address answers "
            "Step Functions alone. AWS_ENDPOINT_URL_SFN sets it for this service and leaves others alone.",
        )
    signed = tuple(found["signed"].split(";"))
    if missing := sorted(MUST_BE_SIGNED - set(signed)):
        raise ApiError("InvalidSignatureException", f"These headers must be signed: {', '.join(missing)}.")
    if unsigned := sorted(name for name in headers if name.startswith("x-amz-") and name not in signed):
        raise ApiError("InvalidSignatureException", f"These headers must be signed: {', '.join(unsigned)}.")
    if headers.get("x-amz-content-sha256", "").upper().startswith(("UNSIGNED", "STREAMING")):
        raise ApiError("InvalidSignatureException", "The payload must be signed.")
    moment = headers.get("x-amz-date", "")
    _check_date(moment, found["date"], now)
    return Claim(found["key"], found["region"], moment, signed, found["signature"])


def is_signed_by(secret: str, claim: Claim, headers: Mapping[str, str], body: bytes) -> bool:
    """Say whether this secret signed this request, body included."""
    signer = _Signer(Credentials(claim.access_key_id, secret), SERVICE, claim.region)
    request = AWSRequest("POST", f"http://{headers.get('host', '')}/", data=body)
    request.context["timestamp"] = claim.moment
    for name in claim.signed_headers:
        # A hash of the body that the client sends is not believed: the signer makes its own.
        if name in headers:
            request.headers[name] = headers[name]
    if "x-amz-content-sha256" in request.headers and request.headers["x-amz-content-sha256"] != _sha256(body):
        return False
    made = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    return hmac.compare_digest(made, claim.signature)


class _Signer(SigV4Auth):
    """botocore's signer over whatever the client signed: others sign headers that botocore leaves out."""

    def headers_to_sign(self, request: AWSRequest) -> HTTPHeaders:
        return request.headers


def _check_date(moment: str, date: str, now: datetime) -> None:
    try:
        at = datetime.strptime(moment, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise ApiError(
            "IncompleteSignatureException", "Date must be in ISO-8601 'basic format', in X-Amz-Date."
        ) from None
    if moment[:8] != date:
        raise ApiError("InvalidSignatureException", "The credential's date is not that of X-Amz-Date.")
    if at < now - CLOCK_SKEW:
        raise ApiError(
            "InvalidSignatureException",
            f"Signature expired: {moment} is now earlier than {_basic(now - CLOCK_SKEW)} "
            f"({_basic(now)} - 5 min.)",
        )
    if at > now + CLOCK_SKEW:
        raise ApiError(
            "InvalidSignatureException",
            f"Signature not yet current: {moment} is still later than {_basic(now + CLOCK_SKEW)} "
            f"({_basic(now)} + 5 min.)",
        )


def _basic(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
