"""Giving a sender's file back with findings beside its rows, and an empty one to begin with."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from chassis.caller import Caller
from domain.admission import must_be_kept
from domain.dated import holding
from domain.delivery import DeliveryKind
from domain.errors import Language
from domain.identity import DeliveryId, VariableCode
from domain.intake import REMEDIES
from domain.period import Month
from domain.variable import UnknownVariable

from indicators.ports import Ports, RowFinding
from indicators.ports.media_types import MediaType
from indicators.usecases.delivering import DELIVERERS
from indicators.usecases.errors import FileGone
from indicators.usecases.intake import MOST_FINDINGS
from indicators.usecases.mapping import named
from indicators.usecases.shapes import SHAPES, ObservationsOnly
from indicators.usecases.sight import READERS, must_reach, seeing

UNWRITABLE = {MediaType.ODS: MediaType.XLSX}


@dataclass(frozen=True, slots=True)
class Returned:
    """A file on its way back; its `charset` where it does not say it itself."""

    content: Iterator[bytes]
    media_type: MediaType
    charset: str | None


async def give_back(ports: Ports, caller: Caller, id: DeliveryId, language: Language) -> Returned:
    """Give a delivery's file with the code, column and remedy of each finding beside its row."""
    async with seeing(ports, caller) as (work, _, _):
        delivery = await work.deliveries.get(id)
        _, findings = await work.deliveries.findings(id, (0, ""), MOST_FINDINGS)
        profile = await named(work, delivery.profile)
    if delivery.kind is DeliveryKind.RETRACTION:
        raise FileGone
    path = ports.spool.path(id)
    written = await asyncio.to_thread(ports.give_back, path, delivery.media_type, profile, _by_row(findings, language))
    media_type = MediaType(delivery.media_type)
    return Returned(written.content, UNWRITABLE.get(media_type, media_type), written.charset)


def _by_row(findings: Sequence[RowFinding], language: Language) -> dict[int, tuple[str, str, str]]:
    found: dict[int, list[RowFinding]] = {}
    for finding in findings:
        found.setdefault(finding.row, []).append(finding)
    return {
        row: (
            "; ".join(one.code for one in ones),
            "; ".join(one.column for one in ones),
            "; ".join(REMEDIES[one.code].in_language(language) for one in ones),
        )
        for row, ones in found.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows an empty file has: units, one month, and of observations variables."""

    kind: DeliveryKind = DeliveryKind.OBSERVATIONS
    units: Sequence[str]
    variables: Sequence[str]
    month: Month


async def template(ports: Ports, caller: Caller, wanted: Wanted, media_type: str) -> bytes:
    """
    Give a file with a row for each of a sender's units, the rest left empty.

    Of observations there is a row for each variable, and units below are units too; records name these as towns.
    """
    caller.must_be(*DELIVERERS)
    must_be_kept(wanted.month)
    values = wanted.kind is DeliveryKind.OBSERVATIONS
    if media_type == MediaType.SDMX_CSV and not values:
        raise ObservationsOnly
    async with seeing(ports, caller) as (work, units, reach):
        over_time = await work.catalogue.variables_over_time()
        for code in wanted.units:
            must_reach(units, reach, code)
    for code in wanted.variables:
        if VariableCode(code) not in over_time:
            raise UnknownVariable(code)
    own = [code for code, unit in units.units.items() if unit.valid_on(wanted.month.first_day)]
    reached = sorted(code for code in own if reach is None or code in reach)
    delivered = sorted(code for code, versions in over_time.items() if holding(versions, wanted.month.last_day))
    if values:
        rows = _blank_values(wanted, wanted.units or reached, wanted.variables or delivered)
    else:
        rows = _blank_records(wanted, wanted.units or sorted(caller.units.intersection(reached)) or reached)
    return await asyncio.to_thread(ports.blank, media_type, rows, wanted.kind)


def _blank_values(wanted: Wanted, units: Sequence[str], variables: Sequence[str]) -> pl.DataFrame:
    rows = [(unit, variable, str(wanted.month), "") for unit in units for variable in variables]
    return pl.DataFrame(rows, schema=dict.fromkeys(("unit", "variable", "month", "value"), pl.String), orient="row")


def _blank_records(wanted: Wanted, units: Sequence[str]) -> pl.DataFrame:
    columns = SHAPES[wanted.kind].columns
    rows = [{**dict.fromkeys(columns, ""), "unit": unit, "month": str(wanted.month)} for unit in units]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))


def schema(ports: Ports, caller: Caller) -> bytes:
    """Give the published XML schema of deliveries."""
    caller.must_be(*READERS)
    return ports.xml_schema()
