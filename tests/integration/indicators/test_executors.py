"""Executors compute the same to the byte: here, in processes of which one is killed, on a cluster if installed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from domain.case_record import Integration
from domain.period import Month, Period
from indicators.persistence.catalogue_rows import shipped
from indicators.ports.records import Executor
from indicators.records.deriving import derive
from indicators.records.executing import derive_by, derive_in_parts, digest
from indicators.records.executors import Dask, Inline, executor_named
from indicators.records.question import Question, splits_of
from support.case_histories import NORTH, SOUTH, START, a_record, followed_frame, frame_of
from support.dying import DyingOnce
from support.raw_records import FollowUp

MONTHS = 28
QUESTION = Question(months=Period.lasting(START, MONTHS), until=START.plus(60), splits=splits_of(shipped()[0]))
RECORDS = [
    a_record(
        f"p{person}",
        START.plus(month),
        unit=NORTH if person % 3 or month < 20 else SOUTH,
        town="hill",
        birth_year=1980 + person,
        in_need=(person + month) % 11 > 0,
        integration=Integration.EMPLOYMENT if (person * 7 + month) % 13 == 0 else None,
    )
    for person in range(40)
    for month in range(MONTHS)
]
FOLLOW_UPS = [
    FollowUp(unit=r.unit, person=r.person, month=r.month, insured=(True,) * 12) for r in RECORDS if r.integration
]


@dataclass
class Files:
    records: list[Path]
    follow_ups: list[Path]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Keep records in two files, a person's months in both."""
    folder = tmp_path_factory.mktemp("records")
    paths = [folder / "early.parquet", folder / "late.parquet"]
    halves = [[r for r in RECORDS if (r.month < Month(2013, 3)) is early] for early in (True, False)]
    for path, half in zip(paths, halves, strict=True):
        frame_of(half).collect().write_parquet(path)
    followed_frame(FOLLOW_UPS).collect().write_parquet(folder / "followed.parquet")
    return Files(paths, [folder / "followed.parquet"])


WITH_CLUSTER = ["dask"] if find_spec("distributed") else []


@pytest.fixture(params=["inline", "processes", "a killed process", *WITH_CLUSTER])
def executor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Executor]:
    if request.param == "dask":
        yield from cluster()
    elif request.param == "a killed process":
        yield DyingOnce(tmp_path / "died")
    else:
        yield executor_named(f"{request.param}:2")


def cluster() -> Iterator[Executor]:
    """Start a cluster of one process."""
    distributed: Any = __import__("distributed")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as local:
        dask = Dask(local.scheduler_address)
        yield dask
        dask.close()


def test_every_executor_gives_the_same_digest(executor: Executor) -> None:
    records, follow_ups = frame_of(RECORDS), followed_frame(FOLLOW_UPS)
    found = derive_by(executor, records, follow_ups, QUESTION)
    assert digest(found) == digest(derive(records, follow_ups, QUESTION))
    assert found.rows.height > 1_000


def test_the_number_of_parts_does_not_matter(files: Files) -> None:
    ask = [derive_in_parts(Inline(), files.records, files.follow_ups, QUESTION, parts=parts) for parts in (1, 2, 7)]
    assert len({digest(derived) for derived in ask}) == 1


def test_a_digest_tells_other_figures(files: Files) -> None:
    other = derive(frame_of([replace(RECORDS[0], in_need=True), *RECORDS[1:]]), followed_frame([]), QUESTION)
    assert digest(other) != digest(derive_in_parts(Inline(), files.records, files.follow_ups, QUESTION, parts=1))
    assert isinstance(other.rows, pl.DataFrame)
