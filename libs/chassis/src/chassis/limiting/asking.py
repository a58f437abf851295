"""What is counted, and under which name a stranger is."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.types import Scope

NO_ADDRESS = "no address"
OF_ONE_CUSTOMER = 64


def counted(path: str) -> bool:
    """Say whether requests to a path are counted: all of the interface but the public keys, nothing beside it."""
    return path.startswith("/v1/") and path != "/v1/keys"


def stranger(scope: Scope) -> str:
    """
    Name who asks without an identity: the address the connection comes from, of IPv6 the network of one customer.

    Who comes with none shares one name with all others of that kind.
    """
    client = scope.get("client")
    try:
        address = ip_address(client[0] if client else "")
    except ValueError:
        return NO_ADDRESS
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((int(address), OF_ONE_CUSTOMER), strict=False))
