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
    return holds or sys.exit(f"NOT GENUINE: {what}")


def sha(content):
    return hashlib.sha256(content).digest()


def signed(what, token, content, key):
    whole = token.replace("..", f".{base64.urlsafe_b64encode(content).decode().rstrip('=')}.")
    check(what, jws.deserialize_compact(whole, key, registry=REGISTRY).payload == content)


def canonical(value, **more):
    return json.dumps({**value, **more}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def packed(files):
    with zipfile.ZipFile(target := io.BytesIO(), "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, files[name])
    return target.getvalue()


def root(leaf, position, size, path):  # RFC 9162
    if size == 1:
        return leaf
    half, beside = 1 << (size - 1).bit_length() - 1, bytes.fromhex(path[-1])
    if position < half:
        return sha(b"\x01" + root(leaf, position, half, path[:-1]) + beside)
    return sha(b"\x01" + beside + root(leaf, position - half, size - half, path[:-1]))


def verify(path, trusted=None):
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    check("the archive itself", packed(files) == Path(path).read_bytes())
    told = {name: json.loads(content) for name, content in files.items() if name.endswith(".json")}
    keys = KeySet.import_key_set(json.loads(Path(trusted).read_text()) if trusted else told["keys.json"])
    signed("MANIFEST.json", files["MANIFEST.jws"].decode(), files["MANIFEST.json"], keys)
    for name, digest in told["MANIFEST.json"]["files"].items():
        check(name, sha(files[name]).hex() == digest)
    for annex in told["agreement.json"]["revision"].get("attachments", []):
        check(f"attachments/{annex['name']}", sha(files[f"attachments/{annex['name']}"]).hex() == annex["sha256"])
    seal = told["seal.json"]["content"]
    signed("seal.json", told["seal.json"]["jws"], canonical(seal), keys)
    check("agreement.json", sha(files["agreement.json"]).hex() == seal["digest"])
    for party, digest in seal["signatures"].items():
        one = told[f"signatures/{party}.json"]
        key = OKPKey.import_key(json.loads(one["key"])) if one["key"] else keys
        signed(f"signatures/{party}.json", one["jws"], files["agreement.json"], key)
        check(f"signatures/{party}.json", sha(one["jws"].encode()).hex() == digest)
    head = told["audit.json"]["checkpoint"]
    signed("audit.json", head.pop("jws"), canonical(head, format="zielwerk/checkpoint/1"), keys)
    for entry in told["audit.json"]["entries"]:
        steps, leaf = entry.pop("path"), sha(b"\x00" + canonical(entry))
        check("audit.json", root(leaf, entry["position"], head["tree_size"], steps).hex() == head["root"])
    print(f"GENUINE: signed by {', '.join(seal['signatures'])}; SHA-256 {seal['digest']}")


try:
    verify(*sys.argv[1:])
except (zipfile.BadZipFile, ValueError, KeyError, JoseError) as error:
    sys.exit(f"NOT GENUINE: {type(error).__name__}: {error}")
