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


def same(what, content, digest):
    check(what, hashlib.sha256(content).hexdigest() == digest)


def signed(what, token, content, key):
    head, _, tail = token.split(".")
    whole = f"{head}.{base64.urlsafe_b64encode(content).decode().rstrip('=')}.{tail}"
    check(what, jws.deserialize_compact(whole, key, registry=REGISTRY).payload == content)


def canonical(value, **more):
    return json.dumps({**value, **more}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def packed(files):
    with zipfile.ZipFile(target := io.BytesIO(), "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, files[name])
    return target.getvalue()


def root(leaf, position, size, path):  # RFC 9162
    if size == 1:
        return leaf
    half = 1 << (size - 1).bit_length() - 1
    left = position < half
    below = root(leaf, *((position, half) if left else (position - half, size - half)), path[:-1])
    beside = bytes.fromhex(path[-1])
    return hashlib.sha256(b"\x01" + (below + beside if left else beside + below)).digest()


def verify(path, trusted=None):
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    check("the archive itself", packed(files) == Path(path).read_bytes())
    told = {name: json.loads(content) for name, content in files.items() if name.endswith(".json")}
    keys = KeySet.import_key_set(json.loads(Path(trusted).read_text()) if trusted else told["keys.json"])
    signed("MANIFEST.json", files["MANIFEST.jws"].decode(), files["MANIFEST.json"], keys)
    for name, digest in told["MANIFEST.json"]["files"].items():
        same(name, files[name], digest)
    for annex in told["agreement.json"]["revision"].get("attachments", []):
        same(f"attachments/{annex['name']}", files[f"attachments/{annex['name']}"], annex["sha256"])
    seal = told["seal.json"]["content"]
    signed("seal.json", told["seal.json"]["jws"], canonical(seal), keys)
    same("agreement.json", files["agreement.json"], seal["digest"])
    for party, digest in seal["signatures"].items():
        one = told[f"signatures/{party}.json"]
        key = OKPKey.import_key(json.loads(one["key"])) if one["key"] else keys
        signed(f"signatures/{party}.json", one["jws"], files["agreement.json"], key)
        same(f"signatures/{party}.json", one["jws"].encode(), digest)
    head = told["audit.json"]["checkpoint"]
    signed("audit.json", head.pop("jws"), canonical(head, format="zielwerk/checkpoint/1"), keys)
    for entry in told["audit.json"]["entries"]:
        steps, leaf = entry.pop("path"), hashlib.sha256(b"\x00" + canonical(entry)).digest()
        check("audit.json", root(leaf, entry["position"], head["tree_size"], steps).hex() == head["root"])
    print(f"GENUINE: signed by {', '.join(seal['signatures'])}; SHA-256 {seal['digest']}")


if __name__ == "__main__":
    try:
        verify(*sys.argv[1:])
    except (zipfile.BadZipFile, ValueError, KeyError, JoseError) as error:
        sys.exit(f"NOT GENUINE: {type(error).__name__}: {error}")
