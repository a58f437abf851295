"""The tamper-evident log of every change: who, when, what to what; a Merkle tree over an append-only table."""
