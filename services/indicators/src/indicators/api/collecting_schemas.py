"""Collection rounds on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from chassis.wire import Sent, Told
from domain.collection import Collected, CollectionRound, CollectionState
from domain.identity import UnitCode, VariableCode
from domain.period import Period
from pydantic import Field

from indicators.ports import FiledRound

CodeText = Annotated[str, Field(min_length=1, max_length=60)]
MOST_MISSING = 20


class CollectionRoundIn(Sent):
    """A quarter, the variables and units, and the day by which everything is there."""

    title: str = Field(min_length=1, max_length=200)
    quarter: str = Field(pattern=r"^[0-9]{4}-Q[1-4]$", examples=["2007-Q1"])
    variables: list[CodeText] = Field(min_length=1, max_length=100)
    units: list[CodeText] = Field(min_length=1, max_length=1_000)
    due_on: date

    def value(self) -> CollectionRound:
        """Give the round; what is named twice counts once."""
        return CollectionRound(
            title=self.title,
            quarter=Period.parse(self.quarter),
            variables=tuple(sorted({VariableCode(code) for code in self.variables})),
            units=tuple(sorted({UnitCode(code) for code in self.units})),
            due_on=self.due_on,
        )


class CollectionRoundOut(Told):
    """A collection round with those of its units that the caller may see."""

    id: UUID
    version: int
    title: str
    quarter: str
    variables: list[str]
    units: list[str]
    due_on: date


class CollectionRoundPage(Told):
    """Collection rounds, oldest first."""

    items: list[CollectionRoundOut]
    next: str | None


class WantedOut(Told):
    """A variable that is wanted for a month."""

    variable: str
    month: str


class CollectedOut(Told):
    """What has come from one unit, `withheld` by its source included; of what is missing the first are shown."""

    unit: str
    unit_name: str
    state: CollectionState
    wanted: int
    delivered: int
    missing: list[WantedOut]
    missing_count: int
    withheld: list[WantedOut]
    overdue: bool


class CollectedPage(Told):
    """What has come, in the order of the units' codes."""

    items: list[CollectedOut]
    next: str | None


def round_out(filed: FiledRound) -> CollectionRoundOut:
    """Tell a collection round."""
    round = filed.round
    return CollectionRoundOut(
        id=filed.id,
        version=filed.version,
        title=round.title,
        quarter=str(round.quarter),
        variables=list(round.variables),
        units=list(round.units),
        due_on=round.due_on,
    )


def collected_out(entry: Collected, name: str) -> CollectedOut:
    """Tell what has come from a unit."""
    return CollectedOut(
        unit=entry.unit,
        unit_name=name,
        state=entry.state,
        wanted=entry.wanted,
        delivered=entry.wanted - len(entry.missing),
        missing=[WantedOut(variable=code, month=str(month)) for code, month in entry.missing[:MOST_MISSING]],
        missing_count=len(entry.missing),
        withheld=[WantedOut(variable=code, month=str(month)) for code, month in entry.withheld[:MOST_MISSING]],
        overdue=entry.overdue,
    )
