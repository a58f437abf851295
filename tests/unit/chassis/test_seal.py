"""The seal of a service over the change of its key."""

import json
from pathlib import Path

import pytest
from chassis.audit.seal import BadSignature, KeySeal
from joserfc.jwk import KeySet, OKPKey
from support.apps import settings_of

CONTENT = b"sealed"


def a_key() -> OKPKey:
    return OKPKey.generate_key("Ed25519", auto_kid=True)


def test_what_a_retired_key_has_sealed_still_holds_and_its_public_part_is_told() -> None:
    old, new = a_key(), a_key()
    sealed = KeySeal(old).sign(CONTENT, {})
    retired = json.dumps(KeySet([old]).as_dict(private=False))
    given = {"signing_key": json.dumps(new.as_dict(private=True)), "retired_keys": retired}
    seal = KeySeal.of(settings_of("agreements", "postgresql://db/agreements", **given), "agreements")
    seal.verify_own(sealed, CONTENT)
    seal.verify_own(seal.sign(CONTENT, {}), CONTENT)
    told = seal.public_keys()["keys"]
    assert [key["kid"] for key in told] == [new.kid, old.kid]
    assert not any("d" in key for key in told)


def test_the_seal_of_a_stranger_or_over_other_content_is_refused() -> None:
    mine = KeySeal(a_key())
    for sealed, content in ((KeySeal(a_key()).sign(CONTENT, {}), CONTENT), (mine.sign(CONTENT, {}), b"other")):
        with pytest.raises(BadSignature):
            mine.verify_own(sealed, content)


def test_a_laptop_makes_a_key_once_that_only_its_owner_reads(tmp_path: Path) -> None:
    settings = settings_of("agreements", "postgresql://db/agreements").model_copy(update={"home": tmp_path})
    first, second = (KeySeal.of(settings, "agreements").public_keys() for _ in range(2))
    assert first == second
    assert (tmp_path / "seal" / "agreements.json").stat().st_mode & 0o777 == 0o600
