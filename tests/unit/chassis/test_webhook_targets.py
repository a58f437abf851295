"""Events go to listed hosts with public addresses only, however an address is dressed up."""

import socket
from collections.abc import Sequence

import pytest
from chassis.webhooks.targets import Rule, TargetRefused, public

RULE = Rule(hosts=frozenset({"council.example", "10.0.0.7"}))
LAPTOP = Rule(hosts=frozenset({"localhost"}), loopback=True)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.7",
        "172.16.4.4",
        "192.168.1.1",
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104  # refused here, not bound to
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:10.0.0.7",
        "::ffff:127.0.0.1",
        "2002:0a00:0007::1",
        "2002:7f00:0001::1",
        "64:ff9b::10.0.0.7",
        "64:ff9b::a9fe:a9fe",
        "2001:0:0a00:0007::1",
    ],
)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "93.184.216.34", "2a00:1450:4001:82a::200e", "64:ff9b::9.9.9.9"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://council.example/hook", "https://"),
        ("ftp://council.example/hook", "https://"),
        ("https://other.example/hook", "not on the list"),
        ("https://council.example.evil.example/hook", "not on the list"),
        ("https://council.example@evil.example/hook", "not on the list"),
        ("https://user:word@council.example/hook", "credentials"),
        ("https://council.example:0/hook", "port 0"),
        ("https://council.example:99999/hook", "no address"),
        ("https://council.example/hook#part", "fragments"),
        ("https://[council.example/hook", "no address"),
        ("https:///hook", "not on the list"),
        ("hook", "https://"),
    ],
)
def test_an_address_not_on_the_list_is_refused_with_its_reason(url: str, why: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        RULE.checked(url)
    assert why in refused.value.why


async def checked(rule: Rule, url: str, *addresses: str) -> str:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        if not addresses:
            raise socket.gaierror
        return addresses

    return await rule.address(rule.checked(url), resolve)


async def test_a_public_host_is_called_at_the_address_that_was_checked() -> None:
    assert await checked(RULE, "https://council.example/hook", "9.9.9.9", "149.112.112.112") == "9.9.9.9"


@pytest.mark.parametrize(
    "addresses", [("10.0.0.7",), ("9.9.9.9", "127.0.0.1"), ("::ffff:169.254.169.254",), ()], ids=str
)
async def test_a_listed_host_that_leads_inside_or_nowhere_is_refused(addresses: tuple[str, ...]) -> None:
    with pytest.raises(TargetRefused):
        await checked(RULE, "https://council.example/hook", *addresses)


async def test_a_listed_private_address_stays_refused() -> None:
    with pytest.raises(TargetRefused):
        await checked(RULE, "https://10.0.0.7/hook", "10.0.0.7")


async def test_a_laptop_may_call_itself_but_no_private_network() -> None:
    assert await checked(LAPTOP, "http://localhost:9000/hook", "127.0.0.1") == "127.0.0.1"
    with pytest.raises(TargetRefused):
        await checked(LAPTOP, "http://localhost:9000/hook", "192.168.1.1")
