"""Verify a saved audit log offline: python verify_audit.py audit.json ({"entries", "checkpoints", "keys"})."""

import base64
import hashlib
import json
import sys
from pathlib import Path

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

REGISTRY = jws.JWSRegistry(strict_check_header=False, algorithms=["Ed25519"])
UTC = "+00:00"


def check(what, holds):
    if not holds:
        sys.exit(f"NOT GENUINE: {what}")


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def instant(text):
    return text.replace("Z", UTC)


def leaf(entry):
    content = {name: value for name, value in entry.items() if name != "leaf"}
    return hashlib.sha256(b"\x00" + canonical({**content, "at": instant(entry["at"])})).digest()


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:middle]) + root(leaves[middle:])).digest()


def sealed(checkpoint, keys):
    told = {name: checkpoint[name] for name in ("service", "tree_size", "root")}
    content = canonical({"format": "zielwerk/checkpoint/1", **told, "at": instant(checkpoint["at"])})
    head, _, tail = checkpoint["jws"].split(".")
    whole = f"{head}.{base64.urlsafe_b64encode(content).decode().rstrip('=')}.{tail}"
    try:
        return jws.deserialize_compact(whole, keys, registry=REGISTRY).payload == content
    except JoseError:
        return False


def verify(path):
    saved = json.loads(Path(path).read_text("utf-8"))
    keys = KeySet.import_key_set(saved["keys"])
    leaves = []
    for position, entry in enumerate(saved["entries"]):
        check(f"position {position} is missing or out of order", entry["position"] == position)
        check(f"entry {position} was changed", leaf(entry).hex() == entry["leaf"])
        leaves.append(leaf(entry))
    for checkpoint in saved["checkpoints"]:
        size = checkpoint["tree_size"]
        check(f"checkpoint of {size} entries is not sealed by these keys", sealed(checkpoint, keys))
        check(f"checkpoint of {size} entries is longer than the log", size <= len(leaves))
        check(f"checkpoint of {size} entries has another root", root(leaves[:size]).hex() == checkpoint["root"])
    print(f"GENUINE: {len(leaves)} entries under {len(saved['checkpoints'])} sealed heads")


if __name__ == "__main__":
    verify(sys.argv[1])
