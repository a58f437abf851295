"""Pseudonyms: what a sender calls a person is replaced on arrival and never kept."""

import hmac

import polars as pl

LENGTH = 16


def rekeyed(persons: pl.Series, key: bytes) -> pl.Series:
    """Replace the senders' pseudonyms by the first 16 bytes of their HMAC-SHA-256; the same person stays the same."""
    distinct = persons.unique()
    keyed = [hmac.digest(key, person.encode(), "sha256")[:LENGTH] for person in distinct]
    known = pl.DataFrame({"person": distinct, "keyed": keyed}, schema={"person": pl.String, "keyed": pl.Binary})
    return persons.to_frame("person").join(known, on="person", how="left", maintain_order="left")["keyed"]
