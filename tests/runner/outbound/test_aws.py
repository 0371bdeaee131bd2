from collections.abc import Iterator

import botocore.exceptions
import pytest
from moto.server import ThreadedMotoServer

from runner.integrations.interface import Connection
from runner.outbound import Denied, HostPort, Outbound

SECRET = {"access_key_id": "AKIAEXAMPLE", "secret_access_key": "secret"}


@pytest.fixture(scope="module")
def aws() -> Iterator[str]:
    """A server that answers as several services of AWS do."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def test_an_endpoint_on_this_machine_is_refused(aws: str) -> None:
    connection = Connection("aws", "aws", aws, (), secret=SECRET)
    client = Outbound().aws(connection, "sts")
    with pytest.raises(Denied, match="CUELIGHT_HTTP_ALLOW"):
        client.get_caller_identity()


def test_an_endpoint_that_the_operator_lists_is_called(aws: str) -> None:
    connection = Connection("aws", "aws", aws, (), secret=SECRET, settings={"region": "eu-west-1"})
    way_out = Outbound([aws.removeprefix("http://")])
    client = way_out.aws(connection, "sts")
    assert client.get_caller_identity()["Account"] == "123456789012"
    assert client.meta.region_name == "eu-west-1"
    assert way_out.aws(connection, "sts") is client


def test_an_endpoint_in_the_operators_environment_is_called(
    aws: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", aws)
    connection = Connection("aws", "aws", None, (), secret=SECRET)
    client = Outbound().aws(connection, "sqs")
    assert "QueueUrl" in client.create_queue(QueueName="q")


def test_an_endpoint_outside_the_connections_hosts_is_refused(aws: str) -> None:
    connection = Connection("aws", "aws", aws, ("s3.example.org:443",), secret=SECRET)
    with pytest.raises(Denied, match="may not be used against"):
        Outbound([aws.removeprefix("http://")]).aws(connection, "sts")


def test_a_name_of_amazons_that_resolves_to_this_machine_is_refused() -> None:
    """Split-horizon DNS, or a poisoned one: the address counts, not the name."""
    client = Outbound(resolve=lambda host, port: ["10.0.0.1"]).aws(
        Connection("a", "aws", None, (), SECRET), "sts"
    )
    with pytest.raises(Denied, match="10\\.0\\.0\\.1"):
        client.get_caller_identity()


def test_nobody_listening_is_an_error_of_botocores(aws: str) -> None:
    way_out = Outbound(["127.0.0.1:9"])
    also = frozenset({HostPort("127.0.0.1", 9)})
    client = way_out.aws_at("http://127.0.0.1:9", "s3", None, also=also)
    with pytest.raises((botocore.exceptions.BotoCoreError, OSError)):
        client.list_buckets()
