"""The service's seal: an Ed25519 key and detached JSON web signatures."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.errors import Invalid, Text
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization, OKPKey

from chassis.settings import ServiceSettings

ALGORITHM = "Ed25519"
"""RFC 9864; the older name of the same algorithm, EdDSA, is taken from others too."""
HEADER = jws.JWSRegistry(strict_check_header=False, algorithms=[ALGORITHM, "EdDSA"])


@dataclass(eq=False)
class BadSignature(Invalid):
    """The signature does not belong to this content and key."""

    title_de = "Die Unterschrift gehört nicht zu diesem Inhalt und Schlüssel."
    says = Text(
        "sign the exact bytes of the revision's canonical form as a detached JWS with Ed25519",
        "unterzeichnen Sie genau die Bytes der kanonischen Form als abgetrenntes JWS mit Ed25519",
    )


class KeySeal:
    """Signs with one key, and verifies what others have signed."""

    def __init__(self, key: OKPKey, retired: Sequence[OKPKey] = ()) -> None:
        """Seal with this key; what retired ones have sealed still holds."""
        self._key, self._known = key, KeySet([key, *retired])

    @classmethod
    def of(cls, settings: ServiceSettings, service: str) -> "KeySeal":
        """Take the key from a setting (JWK as JSON); on a laptop make one for each service below its home."""
        if settings.signing_key is not None:
            retired = [OKPKey.import_key(jwk) for jwk in json.loads(settings.retired_keys or '{"keys": []}')["keys"]]
            return cls(OKPKey.import_key(json.loads(settings.signing_key.get_secret_value())), retired)
        path = settings.home / "seal" / f"{service}.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            draft.write_text(json.dumps(OKPKey.generate_key("Ed25519", auto_kid=True).as_dict(private=True)))
            draft.chmod(0o600)
            draft.replace(path)
        return cls(OKPKey.import_key(json.loads(path.read_text())))

    def sign(self, content: bytes, header: Mapping[str, str | int]) -> str:
        """Sign content; give header and signature with nothing between the dots."""
        protected = {"alg": ALGORITHM, "kid": str(self._key.kid), **header}
        return jws.detach_content(jws.serialize_compact(protected, content, self._key, registry=HEADER))

    def verify(self, detached: str, content: bytes, jwk: Mapping[str, str]) -> None:
        """Refuse a detached JWS that this public key has not made of this content."""
        try:
            key = OKPKey.import_key(dict(jwk))
            jws.deserialize_compact(detached, key, payload=content, registry=HEADER)
        except (JoseError, ValueError, KeyError) as error:
            raise BadSignature from error

    def verify_own(self, detached: str, content: bytes) -> None:
        """Refuse a detached JWS that neither this very key nor a retired one has made of this content."""
        try:
            jws.deserialize_compact(detached, self._known, payload=content, registry=HEADER)
        except (JoseError, ValueError) as error:
            raise BadSignature from error

    def public_keys(self) -> KeySetSerialization:
        """Give the public keys as a JWKS, the present one first."""
        return self._known.as_dict(private=False)
