"""Where events may be pushed to: hosts on a list, public addresses only, and exactly the address that was checked."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from domain.errors import Invalid, Text

TRANSLATED = IPv6Network("64:ff9b::/96")
HTTPS = 443
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


@dataclass(eq=False)
class TargetRefused(Invalid):
    """Events are not pushed to this address."""

    title_de = "An diese Adresse werden keine Ereignisse geschickt."
    says = Text("{why}", "{why}")

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an authority allows; loopback is for laptops and tests only."""

    hosts: frozenset[str]
    loopback: bool = False

    def checked(self, url: str) -> SplitResult:
        """Give the parts of a URL on the list; refuse others."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise TargetRefused("this is no address") from error
        host = parts.hostname or ""
        if parts.scheme != "https" and not (self.loopback and parts.scheme == "http"):
            raise TargetRefused("the address must begin with https://")
        if host not in self.hosts:
            raise TargetRefused(f"'{host}' is not on the list of allowed hosts (ZIELWERK_WEBHOOK_HOSTS)")
        if parts.username or parts.password or parts.fragment or port == 0:
            raise TargetRefused("leave out credentials, fragments and port 0")
        return parts

    async def address(self, parts: SplitResult, resolve: Resolve) -> str:
        """Give one address of a host all of whose addresses are public."""
        try:
            found = await resolve(str(parts.hostname), parts.port or HTTPS)
        except OSError as error:
            raise TargetRefused(f"'{parts.hostname}' cannot be resolved") from error
        for address in found:
            if not public(address) and not (self.loopback and ip_address(address).is_loopback):
                raise TargetRefused(f"'{parts.hostname}' leads to an address that is not public")
        if not found:
            raise TargetRefused(f"'{parts.hostname}' has no address")
        return found[0]


def public(address: str) -> bool:
    """Say whether an address is reachable by everybody, whatever it is wrapped in."""
    known = ip_address(address)
    return known.is_global and not known.is_multicast and all(public(str(inner)) for inner in _wrapped(known))


async def resolved(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]).partition("%")[0] for *_, address in found]


def _wrapped(known: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(known, IPv4Address):
        return []
    inner = [known.ipv4_mapped, known.sixtofour, *(known.teredo or ())]
    if known in TRANSLATED:
        inner.append(IPv4Address(int(known) & 0xFFFFFFFF))
    return [address for address in inner if address is not None]
