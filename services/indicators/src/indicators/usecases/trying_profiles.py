"""Trying a mapping profile on a sample of what it is for."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
from domain.admission import Admission
from domain.delivery import DeliveryKind
from domain.identity import DeliveryId
from domain.profile import MappingProfile, ProfileUnfit

from indicators.ports import Ports
from indicators.records.sorting import nameless, put_together
from indicators.usecases.arriving import once
from indicators.usecases.checking import Checker
from indicators.usecases.errors import FileUnreadable
from indicators.usecases.keeping_back import at_origin
from indicators.usecases.shapes import SHAPES
from indicators.usecases.sifting import sift, table_of
from indicators.usecases.sight import known_units
from indicators.usecases.translating import translated

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A few rows of a sender's file: its bytes, or `as_text` in UTF-8 whatever its encoding would be."""

    id: DeliveryId
    content: bytes
    media_type: str
    as_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a profile made of its sample: rows in our words without anybody's pseudonym, and what is wrong with them."""

    read: int
    rejected: int
    rows: pl.DataFrame
    findings: pl.DataFrame


async def tried(ports: Ports, wanted: MappingProfile, sample: Sample) -> Trial:
    """Judge a sample as a delivery of the profile's kind would be; ProfileUnfit where it cannot even be read."""
    units = await known_units(ports)
    admission = Admission(units=units, allowed=None, today=ports.today())
    slices = [translated(rows, wanted, units) for rows in await _slices(ports, wanted, sample)]
    if wanted.kind is not DeliveryKind.OBSERVATIONS:
        return await asyncio.to_thread(_records_tried, wanted.kind, slices, admission)
    async with ports.look(None) as work:
        checker = Checker(await work.catalogue.variables_over_time(), admission)
    return await asyncio.to_thread(_values_tried, checker, slices)


def _values_tried(checker: Checker, slices: Sequence[pl.DataFrame]) -> Trial:
    checked = [checker.check(checker.numbered(rows)) for rows in slices]
    return Trial(
        read=sum(one.read for one in checked),
        rejected=sum(one.rejected for one in checked),
        rows=pl.concat(slices, how="diagonal").head(SHOWN),
        findings=pl.concat([at_origin(one.bad, rows) for one, rows in zip(checked, slices, strict=True)]).head(SHOWN),
    )


def _records_tried(kind: DeliveryKind, slices: Sequence[pl.DataFrame], admission: Admission) -> Trial:
    checked = put_together([sift(kind, rows, admission) for rows in slices])
    return Trial(
        read=checked.read,
        rejected=checked.rejected,
        rows=nameless(pl.concat(slices, how="diagonal").head(SHOWN)),
        findings=table_of(checked.findings[:SHOWN]),
    )


async def _slices(ports: Ports, wanted: MappingProfile, sample: Sample) -> list[pl.DataFrame]:
    profile = replace(wanted, encoding=None) if sample.as_text else wanted
    shape = SHAPES[wanted.kind]
    await ports.spool.keep(sample.id, once(sample.content))
    try:
        path = ports.spool.path(sample.id)
        return await asyncio.to_thread(lambda: list(ports.read(path, sample.media_type, shape, profile)))
    except FileUnreadable as error:
        raise ProfileUnfit(error.detail()) from error
    finally:
        await ports.spool.drop(sample.id)
