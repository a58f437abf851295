"""Collection rounds (Erhebung): which variables which units bring for a quarter, by when, and what has come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Invalid, Text
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period
from domain.variable import UnknownVariable, VariableKind
from domain.variable_versions import OverTime, in_force

QUARTER_LENGTH = 3
Wanted = tuple[VariableCode, Month]


class CollectionState(StrEnum):
    """How much of what a unit brings for a round has come."""

    DELIVERED = "delivered"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(eq=False)
class NotAQuarter(Invalid):
    """A collection round is held for a quarter."""

    title_de = "Eine Erhebung gilt einem Quartal."
    says = Text("{period} is no quarter such as '2007-Q1'", "{period} ist kein Quartal wie „2007-Q1“")

    period: str


@dataclass(eq=False)
class DueWithinQuarter(Invalid):
    """What is collected for a quarter is due when the quarter is over."""

    title_de = "Was für ein Quartal erhoben wird, ist fällig, wenn das Quartal vorüber ist."
    says = Text("due on {due_on}, {quarter} ends on {end}", "fällig am {due_on}, {quarter} endet am {end}")

    due_on: date
    quarter: str
    end: date


@dataclass(eq=False)
class NothingToCollect(Invalid):
    """A collection round asks for variables that are in force in its quarter."""

    title_de = "Eine Erhebung fragt nach Variablen, die in ihrem Quartal gelten."
    says = Text(
        "none of {variables} is in force when it would be brought for {quarter}",
        "keine von {variables} gilt, wenn sie für {quarter} zu bringen wäre",
    )

    variables: str
    quarter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRound:
    """What is collected for a quarter, from whom, by which day; intra-district benchmarking lives on it."""

    title: str
    quarter: Period
    variables: tuple[VariableCode, ...]
    units: tuple[UnitCode, ...]
    due_on: date

    def __post_init__(self) -> None:
        """Refuse what is no quarter, and a day before its end."""
        if len(self.quarter) != QUARTER_LENGTH or self.quarter.start.month % QUARTER_LENGTH != 1:
            raise NotAQuarter(str(self.quarter))
        if self.due_on <= self.quarter.last.last_day:
            raise DueWithinQuarter(due_on=self.due_on, quarter=str(self.quarter), end=self.quarter.last.last_day)

    def wanted(self, versions: OverTime) -> tuple[Wanted, ...]:
        """
        List what each unit brings: a stock for the quarter's last month, a flow for each of its months.

        A variable is brought for months in which it is in force.
        """
        found: list[Wanted] = []
        for code in self.variables:
            if code not in versions:
                raise UnknownVariable(code)
            stock = versions[code][-1].kind is VariableKind.STOCK
            months = (self.quarter.last,) if stock else self.quarter.months()
            found += [(code, month) for month in months if in_force(versions[code], month)]
        return tuple(found)

    def must_want(self, versions: OverTime) -> None:
        """Refuse a round that asks for nothing: no variable of it is in force when it would be brought."""
        if not self.wanted(versions):
            raise NothingToCollect(variables=", ".join(self.variables), quarter=str(self.quarter))


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What has come from one unit for a round; `withheld` is what came as kept back by its source."""

    unit: UnitCode
    state: CollectionState
    wanted: int
    missing: tuple[Wanted, ...]
    withheld: tuple[Wanted, ...]
    overdue: bool


def collected(
    round: CollectionRound,
    unit: UnitCode,
    wanted: Collection[Wanted],
    known: Collection[Wanted],
    kept_back: Collection[Wanted],
    today: date,
) -> Collected:
    """Judge one unit by what is known of it or kept back; late is only what is still missing after the day."""
    withheld = tuple(entry for entry in wanted if entry in kept_back and entry not in known)
    missing = tuple(entry for entry in wanted if entry not in known and entry not in kept_back)
    if not missing:
        state = CollectionState.DELIVERED
    else:
        state = CollectionState.PARTLY if len(missing) < len(wanted) else CollectionState.MISSING
    return Collected(
        unit=unit,
        state=state,
        wanted=len(wanted),
        missing=missing,
        withheld=withheld,
        overdue=bool(missing) and today > round.due_on,
    )
