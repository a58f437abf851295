"""The development issuer: a key pair on the laptop that signs tokens; production settings refuse it."""

import json
import os
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, KeySetSerialization

from chassis.settings import DEVELOPMENT_ISSUER

AUDIENCES = ["agreements", "indicators", "reporting"]
ALGORITHM = "ES256"


class DevelopmentIssuer:
    """Signs tokens for anybody who asks, which is what development needs and production must not have."""

    def __init__(self, home: Path) -> None:
        """Read the key below `home`, or make it."""
        path = home / "issuer" / "key.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            made = ECKey.generate_key("P-256", {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
            draft = path.with_suffix(f".{os.getpid()}")
            draft.write_text(json.dumps(made.as_dict(private=True)))
            draft.chmod(0o600)
            draft.replace(path)
        self._key = ECKey.import_key(json.loads(path.read_text()))

    def keys(self) -> KeySetSerialization:
        """Give the public keys as a JWKS."""
        return KeySet([self._key]).as_dict(private=False)

    def token(
        self, *, roles: Collection[str], units: Collection[str], now: datetime, subject: str, hours: int = 12
    ) -> str:
        """Sign a token for these roles and units, good for some hours at all three services."""
        claims = {
            "iss": DEVELOPMENT_ISSUER,
            "aud": AUDIENCES,
            "sub": subject,
            "name": subject,
            "roles": list(roles),
            "units": list(units),
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(hours=hours)).timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid, "typ": "at+jwt"}, claims, self._key)
