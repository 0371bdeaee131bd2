"""What of a definition would not run on AWS, or not as here: what somebody must know who takes it there."""

from __future__ import annotations

from collections.abc import Iterator

from asl.errors import Diagnostic
from asl.quotas import AWS, Quotas
from designer.judging import placeholders
from designer.walking import JSON, Standing, document_of, states_of
from runner import state_machines
from runner.connections import BUILTIN_NAMES
from runner.integrations import registry
from runner.integrations.resource import parsed

OWN = "arn:cuelight:"
# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
_MOST_SECONDS = 99_999_999
_MOST_HTTP_SECONDS = 60


def report(text: str, type: str, quotas: Quotas) -> list[Diagnostic]:
    """Return findings: errors keep it from being created or from running there, warnings make it differ."""
    broken = [found for found in state_machines.diagnose(text, type) if found.severity == "ERROR"]
    found = [Diagnostic("ERROR", "INVALID", each.message, each.location) for each in broken]
    document = document_of(text)
    found.extend(
        _error(each.code, each.message, each.location)
        for each in placeholders.warnings(document, "here, or by the template that deploys it")
    )
    for standing in states_of(document):
        found.extend(_task(standing, type) if standing.type == "Task" else ())
        found.extend(_limits(standing, quotas))
    if quotas.payload_bytes is None or quotas.payload_bytes > (AWS.payload_bytes or 0):
        found.append(
            _warning(
                "PAYLOAD",
                "This workspace allows larger inputs and outputs: on AWS each has at most 256 KiB.",
                "",
            )
        )
    return found


def _task(standing: Standing, type: str) -> Iterator[Diagnostic]:
    resource = standing.resource
    at = f"{standing.at}/Resource"
    if resource.startswith(OWN):
        described = registry.described(resource)
        what = described.title if described else resource
        yield _error("OWN_RESOURCE", f"“{what}” is Cuelight's own: AWS does not know {resource}.", at)
    suffix = parsed(resource).suffix
    if type == "EXPRESS" and suffix:
        yield _error("EXPRESS", f"An Express workflow waits for nothing: {suffix} is refused there.", at)
    if resource.startswith("arn:aws:states:::http:invoke"):
        yield from _http(standing)
    elif isinstance(name := standing.argument("Connection"), str):
        yield _error(
            "CONNECTION",
            f"“{name}” names a connection of Cuelight; on AWS the role of the machine is used.",
            f"{standing.at}/Arguments/Connection",
        )


def _http(standing: Standing) -> Iterator[Diagnostic]:
    at = f"{standing.at}/{'Arguments' if 'Arguments' in standing.state else 'Parameters'}"
    name = standing.argument("InvocationConfig", "ConnectionArn")
    if isinstance(name, str) and not name.startswith(("arn:aws:events:", "{%", "$", "States.")):
        said = (
            f"“{name}” is built into Cuelight"
            if name in BUILTIN_NAMES
            else f"“{name}” names a connection of Cuelight"
        )
        yield _error(
            "CONNECTION",
            f"{said}; AWS wants the ARN of an EventBridge connection.",
            f"{at}/InvocationConfig/ConnectionArn",
        )
    elif name is None:
        yield _error("CONNECTION", "On AWS an HTTP call needs an EventBridge connection.", at)
    endpoint = standing.argument("ApiEndpoint")
    if isinstance(endpoint, str) and endpoint.startswith("/"):
        yield _error(
            "ENDPOINT", "AWS wants the whole address, not a path below a connection's.", f"{at}/ApiEndpoint"
        )
    elif isinstance(endpoint, str) and endpoint.startswith("http://"):
        yield _error("ENDPOINT", "AWS calls https addresses only.", f"{at}/ApiEndpoint")
    if _more_than(standing.state.get("TimeoutSeconds"), _MOST_HTTP_SECONDS):
        yield _warning(
            "HTTP_TIME", "AWS ends an HTTP call after 60 seconds.", f"{standing.at}/TimeoutSeconds"
        )


def _limits(standing: Standing, quotas: Quotas) -> Iterator[Diagnostic]:
    state = standing.state
    for field in ("TimeoutSeconds", "HeartbeatSeconds", "Seconds"):
        if _more_than(state.get(field), _MOST_SECONDS):
            yield _error("SECONDS", f"AWS takes at most {_MOST_SECONDS} seconds.", f"{standing.at}/{field}")
    processor = state.get("ItemProcessor", state.get("Iterator"))
    config = processor.get("ProcessorConfig") if isinstance(processor, dict) else None
    distributed = isinstance(config, dict) and config.get("Mode") == "DISTRIBUTED"
    most = AWS.map_concurrency
    if standing.type == "Map" and not distributed:
        wanted = state.get("MaxConcurrency")
        if _more_than(wanted, most) or (not wanted and quotas.map_concurrency > most):
            yield _warning(
                "CONCURRENCY",
                f"AWS runs about {most} iterations of an inline Map at one time.",
                f"{standing.at}/MaxConcurrency",
            )


def _more_than(value: JSON, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > most


def _error(code: str, message: str, at: str) -> Diagnostic:
    return Diagnostic("ERROR", code, message, at)


def _warning(code: str, message: str, at: str) -> Diagnostic:
    return Diagnostic("WARNING", code, message, at)
