"""Verify a target agreement's evidence offline: python verify_evidence.py evidence.zip [keys.json you trust]."""

import base64
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

REGISTRY = jws.JWSRegistry(strict_check_header=False, algorithms=["Ed25519", "EdDSA"])


def check(what, holds):
    if not holds:
        sys.exit(f"NOT GENUINE: {what}")


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, files[name])
    return target.getvalue()


def verify(path, trusted=None):
    raw = Path(path).read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    check("the archive itself", packed(files) == raw)
    told = {name: json.loads(content) for name, content in files.items() if name.endswith(".json")}
    keys = KeySet.import_key_set(json.loads(Path(trusted).read_text()) if trusted else told["keys.json"])
    agreement, seal = files["agreement.json"], told["seal.json"]
    sealed = json.dumps(seal["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def signed(what, token, content, key=keys):
        head, _, tail = token.split(".")
        whole = f"{head}.{base64.urlsafe_b64encode(content).decode().rstrip('=')}.{tail}"
        check(what, jws.deserialize_compact(whole, key, registry=REGISTRY).payload == content)

    def same(what, content, digest):
        check(what, hashlib.sha256(content).hexdigest() == digest)

    signed("MANIFEST.json", files["MANIFEST.jws"].decode(), files["MANIFEST.json"])
    for name, digest in told["MANIFEST.json"]["files"].items():
        same(name, files[name], digest)
    for annex in told["agreement.json"]["revision"]["attachments"]:
        same(f"attachments/{annex['name']}", files[f"attachments/{annex['name']}"], annex["sha256"])
    signed("seal.json", seal["jws"], sealed)
    same("agreement.json", agreement, seal["content"]["digest"])
    for party, digest in seal["content"]["signatures"].items():
        one = told[f"signatures/{party}.json"]
        key = OKPKey.import_key(json.loads(one["key"])) if one["key"] else keys
        signed(f"signatures/{party}.json", one["jws"], agreement, key)
        same(f"signatures/{party}.json", one["jws"].encode(), digest)
    print(f"GENUINE: signed by {', '.join(seal['content']['signatures'])}; SHA-256 {seal['content']['digest']}")


if __name__ == "__main__":
    try:
        verify(*sys.argv[1:])
    except (zipfile.BadZipFile, ValueError, KeyError, JoseError) as error:
        sys.exit(f"NOT GENUINE: {type(error).__name__}: {error}")
