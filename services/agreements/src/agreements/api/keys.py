"""`/v1/keys`: the public keys that seals are verified with; open to everybody."""

from chassis.wire import Told
from fastapi import APIRouter


class Keys(Told):
    """Public keys as a JWKS (RFC 7517)."""

    keys: list[dict[str, str]]


def keys_router(keys: Keys) -> APIRouter:
    """Serve the public keys."""
    router = APIRouter(tags=["keys"])

    @router.get("/v1/keys")
    async def list_keys() -> Keys:
        """Give the public keys of this service's seal."""
        return keys

    return router
