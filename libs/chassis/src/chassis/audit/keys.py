"""`/v1/keys`: the public keys that seals are verified with; open to everybody."""

from fastapi import APIRouter

from chassis.audit.seal import KeySeal
from chassis.wire import Told


class Keys(Told):
    """Public keys as a JWKS (RFC 7517)."""

    keys: list[dict[str, str]]


def keys_router(seal: KeySeal) -> APIRouter:
    """Serve the public keys."""
    keys = Keys.model_validate(seal.public_keys())
    router = APIRouter(tags=["keys"])

    @router.get("/v1/keys")
    async def list_keys() -> Keys:
        """Give the public keys of this service's seal."""
        return keys

    return router
