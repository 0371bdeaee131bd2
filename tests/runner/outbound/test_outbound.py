import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from runner.integrations.interface import Connection
from runner.outbound import BadUrl, Denied, Outbound, TimedOut, TooLarge, Unreachable

from .conftest import Local


@asynccontextmanager
async def outbound(allow: tuple[str, ...] = (), **options: object) -> AsyncIterator[Outbound]:
    way_out = Outbound(allow, **options)  # type: ignore[arg-type]
    try:
        yield way_out
    finally:
        await way_out.close()


def resolving(answers: dict[str, list[str]]) -> Callable[[str, int], list[str]]:
    """Return a resolver that knows these names; addresses written out stand for themselves."""
    return lambda host, port: answers.get(host) or [host]


async def test_a_server_on_this_machine_is_refused_and_the_message_says_what_to_change(local: Local) -> None:
    async with outbound() as way_out:
        with pytest.raises(Denied) as refused:
            await way_out.request("GET", f"{local.url}/secret")
    message = str(refused.value)
    assert f"127.0.0.1:{local.port}" in message
    assert "loopback" in message
    assert f"adding 127.0.0.1:{local.port} to CUELIGHT_HTTP_ALLOW" in message
    assert local.seen == []


async def test_what_the_operator_lists_is_reached(local: Local) -> None:
    async with outbound((local.host,)) as way_out:
        response = await way_out.request(
            "POST", f"{local.url}/x", params={"q": "a b"}, headers={"X-One": "1"}, body=b"{}"
        )
    assert (response.status, response.reason) == (200, "OK")
    assert local.seen[0].query["q"] == "a b"
    assert local.seen[0].headers["X-One"] == "1"
    assert local.bodies == [b"{}"]


async def test_another_port_of_a_listed_host_is_refused(local: Local, other: Local) -> None:
    async with outbound((local.host,)) as way_out:
        with pytest.raises(Denied):
            await way_out.request("GET", other.url)
    assert other.seen == []


@pytest.mark.parametrize(
    "spelling",
    ["localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "[::1]", "LOCALHOST."],
)
async def test_no_spelling_of_this_machine_gets_through(local: Local, spelling: str) -> None:
    async with outbound() as way_out:
        with pytest.raises((Denied, BadUrl)):
            await way_out.request("GET", f"http://{spelling}:{local.port}/")
    assert local.seen == []


async def test_a_name_of_which_one_address_is_private_is_refused_whole(local: Local) -> None:
    resolve = resolving({"mixed.example": ["1.1.1.1", "10.0.0.7"]})
    async with outbound(resolve=resolve) as way_out:
        with pytest.raises(Denied, match="mixed\\.example:80 has the address 10\\.0\\.0\\.7"):
            await way_out.request("GET", "http://mixed.example/")


async def test_a_name_that_changes_its_address_after_the_check_is_asked_only_once(local: Local) -> None:
    """DNS rebinding: harmless at the first look, this machine at the second."""
    looks: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        looks.append(host)
        return ["192.0.2.1"] if len(looks) == 1 else ["127.0.0.1"]

    async with outbound((f"rebind.example:{local.port}",), resolve=rebinding) as way_out:
        # 192.0.2.1 leads nowhere: had the name been asked again, the local server would have answered.
        with pytest.raises((TimedOut, Unreachable)):
            await way_out.request("GET", f"http://rebind.example:{local.port}/", timeout_s=1)
    assert looks == ["rebind.example"]
    assert local.seen == []


async def test_a_name_that_turns_private_is_refused_at_its_next_connection(local: Local) -> None:
    answers = {"turning.example": ["1.1.1.1"]}
    async with outbound(resolve=resolving(answers)) as way_out:
        answers["turning.example"] = ["127.0.0.1"]
        with pytest.raises(Denied):
            await way_out.request("GET", f"http://turning.example:{local.port}/")
    assert local.seen == []


async def test_a_redirect_is_not_followed_by_itself(local: Local, other: Local) -> None:
    local.location = other.url
    async with outbound((local.host, other.host)) as way_out:
        response = await way_out.request("GET", f"{local.url}/redirect")
    assert response.status == 302
    assert other.seen == []


async def test_a_redirect_to_a_private_address_is_refused(local: Local, other: Local) -> None:
    local.location = f"{other.url}/latest/meta-data"
    async with outbound((local.host,)) as way_out:
        with pytest.raises(Denied, match=f"127.0.0.1:{other.port}"):
            await way_out.request("GET", f"{local.url}/redirect", redirects=3)
    assert len(local.seen) == 1
    assert other.seen == []


async def test_a_redirect_to_another_origin_does_not_carry_the_credentials(
    local: Local, other: Local
) -> None:
    local.location = f"{other.url}/there"
    connection = Connection("c", "http", local.url, hosts=(local.host, other.host), secret={"token": "hush"})
    async with outbound((local.host, other.host)) as way_out:
        await way_out.request("GET", f"{local.url}/redirect", connection=connection, redirects=1)
    assert local.seen[0].headers["Authorization"] == "Bearer hush"
    assert "Authorization" not in other.seen[0].headers


async def test_an_answer_that_is_too_large_is_cut_off(local: Local) -> None:
    async with outbound((local.host,)) as way_out:
        with pytest.raises(TooLarge):
            await way_out.request("GET", f"{local.url}/large", max_bytes=100_000)


async def test_a_packed_answer_is_measured_as_it_unpacks(local: Local) -> None:
    async with outbound((local.host,)) as way_out:
        with pytest.raises(TooLarge):
            await way_out.request("GET", f"{local.url}/bomb", max_bytes=1_000_000)


async def test_an_answer_that_does_not_come_ends_in_time(local: Local) -> None:
    async with outbound((local.host,)) as way_out:
        with pytest.raises(TimedOut, match=r"within 0\.2 s"):
            await way_out.request("GET", f"{local.url}/slow", timeout_s=0.2)


async def test_nobody_listening_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        async with outbound((f"127.0.0.1:{port}",)) as way_out:
            with pytest.raises(Unreachable, match=f"127.0.0.1:{port}"):
                await way_out.request("GET", f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "http://", "http://user@example.org/", "//example.org", "x"],
)
async def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    async with outbound() as way_out:
        with pytest.raises(BadUrl):
            await way_out.request("GET", url)


async def test_host_and_user_agent_are_ours_whatever_is_asked(local: Local) -> None:
    async with outbound((local.host,)) as way_out:
        await way_out.request(
            "GET", f"{local.url}/", headers={"Host": "metadata.internal", "User-Agent": "x", "TE": "y"}
        )
    assert local.seen[0].headers["Host"] == local.host
    assert local.seen[0].headers["User-Agent"].startswith("Cuelight/")
    assert "TE" not in local.seen[0].headers


async def test_a_connection_narrows_where_its_secret_goes(local: Local, other: Local) -> None:
    connection = Connection("crm", "http", local.url, hosts=(), secret={"token": "hush"})
    async with outbound((local.host, other.host)) as way_out:
        with pytest.raises(Denied, match="“crm” may not be used against"):
            await way_out.request("GET", other.url, connection=connection)
        response = await way_out.request("GET", "/things", connection=connection)
    assert response.status == 200
    assert other.seen == []
    assert local.seen[0].path == "/things"


async def test_a_stored_connection_never_opens_a_private_address(local: Local) -> None:
    connection = Connection("mine", "http", local.url, hosts=(local.host,))
    async with outbound() as way_out:
        with pytest.raises(Denied, match="CUELIGHT_HTTP_ALLOW"):
            await way_out.request("GET", "/", connection=connection)
    assert local.seen == []


async def test_a_built_in_connection_opens_its_own_host_and_port_for_itself_alone(
    local: Local, other: Local
) -> None:
    demo = Connection("demo", "demo", local.url, hosts=(), builtin=True)
    async with outbound() as way_out:
        assert (await way_out.request("GET", "/", connection=demo)).status == 200
        with pytest.raises(Denied):
            await way_out.request("GET", other.url, connection=demo)
        # The open connection is not reused by a call that has no right to it.
        with pytest.raises(Denied):
            await way_out.request("GET", local.url)
    assert len(local.seen) == 1


@pytest.mark.parametrize(
    ("secret", "header", "value"),
    [
        ({"token": "hush"}, "Authorization", "Bearer hush"),
        ({"username": "u", "password": "p"}, "Authorization", "Basic dTpw"),
        ({"header": "X-Api-Key", "value": "k"}, "X-Api-Key", "k"),
    ],
)
async def test_each_kind_of_secret_becomes_its_header(
    local: Local, secret: dict[str, str], header: str, value: str
) -> None:
    connection = Connection("c", "http", local.url, (), secret=secret, settings={"headers": {"X-Team": "a"}})
    async with outbound((local.host,)) as way_out:
        await way_out.request("GET", "/", connection=connection)
    assert local.seen[0].headers[header] == value
    assert local.seen[0].headers["X-Team"] == "a"
    assert "hush" not in repr(connection)


async def test_headers_that_come_twice_are_both_kept_and_no_cookie_is(local: Local) -> None:
    async with outbound((local.host,)) as way_out:
        response = await way_out.request("GET", f"{local.url}/two")
        await way_out.request("GET", f"{local.url}/")
    assert response.headers["set-cookie"] == ("a=1", "b=2")
    assert "Cookie" not in local.seen[1].headers


async def test_many_calls_share_few_connections(local: Local) -> None:
    async with outbound((local.host,)) as way_out:
        for _ in range(5):
            await asyncio.gather(*(way_out.request("GET", local.url) for _ in range(20)))
    peers = {request.transport.get_extra_info("peername") for request in local.seen if request.transport}
    assert len(local.seen) == 100
    assert len(peers) <= 20
