"""Bearer tokens (OIDC, RFC 9068): verified against the issuer's keys and turned into a caller."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any, ClassVar

from domain.errors import Text
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySetSerialization

from chassis.caller import PUBLIC, Caller, Role
from chassis.clock import Now
from chassis.development.issuer import DevelopmentIssuer
from chassis.issuing.keys import Asking, IssuerKeys, published
from chassis.problems import Refused
from chassis.settings import ServiceSettings

ALGORITHMS = ["RS256", "ES256", "EdDSA", "Ed25519"]
LEEWAY = 60
REMEMBERED = 2_000


@dataclass(eq=False)
class NotIdentified(Refused):
    """The request needs a valid bearer token."""

    title_de = "Die Anfrage braucht ein gültiges Bearer-Token."
    says = Text("{why}", "{why}")
    status = 401
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": "Bearer"}

    why: str


class Verifier:
    """Knows the issuer's keys and remembers tokens it has verified until they expire."""

    def __init__(self, settings: ServiceSettings, audience: str) -> None:
        """Verify tokens of the configured issuer for one audience."""
        self._settings, self._audience = settings, audience
        self._keys = IssuerKeys(_asking(settings))
        self._known: OrderedDict[str, tuple[int, Caller]] = OrderedDict()

    async def caller(self, token: str, at: datetime) -> Caller:
        """Verify signature, algorithm, issuer, audience and times; name the caller."""
        seconds = int(at.timestamp())
        remembered = self._known.get(token)
        if remembered is not None and seconds <= remembered[0] + LEEWAY:
            return remembered[1]
        try:
            claims = jwt.decode(token, await self._keys.at(at), algorithms=ALGORITHMS).claims
        except (JoseError, ValueError) as error:
            raise NotIdentified("the token's signature, key or algorithm is not accepted") from error
        self._check(claims, seconds)
        caller = _caller_of(claims)
        self._known[token] = (int(claims["exp"]), caller)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return caller

    def _check(self, claims: dict[str, Any], seconds: int) -> None:
        audience = claims.get("aud")
        if claims.get("iss") != self._settings.issuer:
            raise NotIdentified("the token comes from another issuer")
        if self._audience not in (audience if isinstance(audience, list) else [audience]):
            raise NotIdentified(f"the token is not meant for '{self._audience}'")
        expires, begins = claims.get("exp"), claims.get("nbf", 0)
        if not isinstance(expires, int) or seconds > expires + LEEWAY:
            raise NotIdentified("the token has expired")
        if not isinstance(begins, int) or seconds < begins - LEEWAY:
            raise NotIdentified("the token is not valid yet")


def _asking(settings: ServiceSettings) -> Asking:
    async def of_development() -> KeySetSerialization:
        return DevelopmentIssuer(settings.home).keys()

    return partial(published, settings.jwks_url) if settings.jwks_url else of_development


def _caller_of(claims: dict[str, Any]) -> Caller:
    roles, units = claims.get("roles", []), claims.get("units", [])
    if not isinstance(roles, list) or not isinstance(units, list) or not isinstance(claims.get("sub"), str):
        raise NotIdentified("the token lacks `sub`, or `roles` and `units` are not lists")
    known = frozenset(Role(role) for role in roles if role in set(Role) - {Role.PUBLIC})
    subject = str(claims["sub"])
    return Caller(subject=subject, name=str(claims.get("name", subject)), roles=known, units=frozenset(map(str, units)))


BEARER = HTTPBearer(auto_error=False, bearerFormat="JWT", description="a token of the configured issuer")


async def identify(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)], at: Now
) -> Caller:
    """Name the caller of a request; without a token it is the public."""
    if given is None:
        if "authorization" in request.headers:
            raise NotIdentified("the Authorization header is not 'Bearer <token>'")
        return PUBLIC
    verifier: Verifier = request.app.state.verifier
    return await verifier.caller(given.credentials, at)


async def identified(caller: Annotated[Caller, Depends(identify)]) -> Caller:
    """Name the caller of a request that needs one."""
    if Role.PUBLIC in caller.roles:
        raise NotIdentified("there is no bearer token")
    return caller


Identified = Annotated[Caller, Depends(identified)]
