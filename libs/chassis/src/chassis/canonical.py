"""Canonical JSON (RFC 8785) and its digest: the bytes that are signed, frozen and compared."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical(value: Mapping[str, Any]) -> bytes:
    """Give the one byte string of a JSON value; numbers with decimals must come as strings."""
    return rfc8785.dumps(value)


def digest(value: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a JSON value's canonical form."""
    return sha256(canonical(value))


def sha256(content: bytes) -> str:
    """Give the SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()
