"""Saying of inputs that are not there why that is and who can cure it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from chassis.caller import Reach, visible
from domain.figures import MissingInput
from domain.lack import Lack, lack_of
from domain.reading import Reading
from domain.receipt import ANY_VARIABLE

from indicators.ports import Span, Work
from indicators.usecases.plan import Asked

MOST_MISSING = 20
"""How many inputs that are missing one figure of a list names."""
Lacks = Mapping[MissingInput, Lack]


def shown(readings: Iterable[Reading]) -> set[MissingInput]:
    """Give the missing inputs that figures of a list name."""
    return {missing for reading in readings for missing in reading.missing[:MOST_MISSING]}


async def lacks(work: Work, missing: Collection[MissingInput], asked: Asked, today: date, reach: Reach) -> Lacks:
    """
    Say why inputs are not there, in few queries however many they are; who can cure it is told as of today.

    Of units out of reach, whose group the caller sees, nobody is named.
    """
    if not missing:
        return {}
    months = {one.month for one in missing}
    span = Span(
        units=sorted({one.unit for one in missing}),
        cells=sorted({one.cell for one in missing}),
        first=min(months),
        last=max(months),
    )
    variables = {cell.variable for cell in span.cells}
    withheld = any(one.withheld for one in missing)
    kept_back = await work.received.kept_back(span, asked.as_of, asked.dry_run) if withheld else {}
    refused = await work.received.refused(span.units, variables, span.first, span.last)
    gates = await work.gates.all(span.units)
    told = {
        one: lack_of(
            one,
            withheld=known.by if (known := kept_back.get((one.unit, one.cell, one.month))) else None,
            rejected=refused.get((one.unit, one.month, one.cell.variable))
            or refused.get((one.unit, one.month, ANY_VARIABLE)),
            gates=gates,
            today=today,
        )
        for one in missing
    }
    return {
        one: lack if visible(reach, {one.unit}) else replace(lack, delivery=None, senders=())
        for one, lack in told.items()
    }
