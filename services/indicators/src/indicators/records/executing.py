"""Deriving variables where an executor computes: parts of the persons, each from Parquet files."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from indicators.ports.records import Executor
from indicators.records.derived import Derived
from indicators.records.deriving import Counts, counts, derive, finished, part_of
from indicators.records.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the persons in Parquet files of checked records and follow-ups."""

    records: tuple[Path, ...]
    follow_ups: tuple[Path, ...]
    number: int
    of: int
    question: Question


def derive_by(executor: Executor, records: pl.LazyFrame, follow_ups: pl.LazyFrame, question: Question) -> Derived:
    """Derive variables where the executor computes; what it does not share memory with reads Parquet files."""
    if executor.parts == 1:
        return derive(records, follow_ups, question)
    with tempfile.TemporaryDirectory(prefix="zielwerk-records-") as folder:
        paths = Path(folder) / "records.parquet", Path(folder) / "follow_ups.parquet"
        for rows, path in zip((records, follow_ups), paths, strict=True):
            rows.sink_parquet(path)
        return derive_in_parts(executor, paths[:1], paths[1:], question, parts=executor.parts)


def derive_in_parts(
    executor: Executor, records: Sequence[Path], follow_ups: Sequence[Path], question: Question, *, parts: int
) -> Derived:
    """Derive variables from Parquet files, a part of the persons at a time: memory is bound by the largest part."""
    tasks = [
        Part(records=tuple(records), follow_ups=tuple(follow_ups), number=number, of=parts, question=question)
        for number in range(parts)
    ]
    return finished(executor.map(counts_of, tasks), question)


def counts_of(part: Part) -> Counts:
    """Count one part."""
    records, follow_ups = (part_of(pl.scan_parquet(list(paths)), part.number, part.of)
                           for paths in (part.records, part.follow_ups))  # fmt: skip
    return counts(records, follow_ups, part.question)


def digest(derived: Derived) -> str:
    """Give the SHA-256 of the derived rows in their canonical order, as CSV."""
    rows = derived.rows.sort(derived.rows.columns[:-1])
    return hashlib.sha256(rows.write_csv().encode()).hexdigest()
