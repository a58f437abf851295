"""Builders for what is measured: they show only what matters, the rest is boring."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from domain.figures import Figures
from domain.formula.evaluation import Look
from domain.formula.grammar import parse
from domain.identity import DeliveryId, IndicatorCode, UnitCode, VariableCode
from domain.indicator import Definition, Direction
from domain.observation import Observation, as_known
from domain.period import Month, View
from domain.quantity import Measure
from domain.reading import Reading, read
from domain.unit import Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind
from domain.value_status import ValueStatus
from domain.variable import Cell, Variable, VariableKind

NOON = datetime(2015, 1, 20, 12, tzinfo=UTC)
LONG_AFTER = date(2020, 1, 1)
JOBCENTER, TOWN_A, TOWN_B = UnitCode("36402"), UnitCode("05158004"), UnitCode("05158008")
NOVEMBER = Month(2014, 11)


def delivery(number: int) -> DeliveryId:
    """Name the first, second, third … delivery."""
    return DeliveryId(UUID(int=number))


def a_variable(code: str, measure: Measure, kind: VariableKind, *dimensions: str) -> Variable:
    """Build a variable whose labels do not matter."""
    return Variable(
        code=VariableCode(code),
        label=code,
        label_en=code,
        measure=measure,
        kind=kind,
        dimensions=frozenset(dimensions),
    )


CATALOGUE: Mapping[VariableCode, Variable] = {
    variable.code: variable
    for variable in (
        a_variable("elb_stock", Measure.PERSONS, VariableKind.STOCK, "sex", "age_group"),
        a_variable("integrations", Measure.PERSONS, VariableKind.FLOW, "sex", "age_group"),
        a_variable("benefits_living", Measure.EUR, VariableKind.FLOW),
        a_variable("contacts", Measure.CONTACTS, VariableKind.FLOW),
        a_variable("staff_posts", Measure.FTE, VariableKind.STOCK),
    )
}


def a_definition(formula: str, measure: Measure = Measure.PERCENT, *, shown_as_change: bool = False) -> Definition:
    """Build a definition that is in force in every test."""
    return Definition(
        indicator=IndicatorCode("K2"),
        version=1,
        valid_from=date(2010, 1, 1),
        label="Kennzahl",
        label_en="indicator",
        formula=parse(formula),
        measure=measure,
        direction=Direction.AT_LEAST,
        places=1,
        default_view=View.MONTH,
        shown_as_change=shown_as_change,
        source="§ 48a SGB II",
        checked_against="the text of the ordinance",
    )


def an_observation(
    variable: str,
    value: str | int | None,
    *,
    unit: UnitCode = JOBCENTER,
    month: Month = NOVEMBER,
    recorded_at: datetime = NOON,
    by: int = 1,
    status: ValueStatus = ValueStatus.COUNTED,
    **dimensions: str,
) -> Observation:
    """Build an observation of the jobcenter in November 2014."""
    return Observation(
        unit=unit,
        cell=Cell.of(variable, **dimensions),
        month=month,
        value=None if value is None else Decimal(value),
        recorded_at=recorded_at,
        delivery=delivery(by),
        status=status,
    )


def units_with(parts: Mapping[UnitCode, Iterable[UnitCode]]) -> Units:
    """Build units from what each is made of."""
    made = {whole: tuple(below) for whole, below in parts.items()}
    codes = sorted({*made, *(part for below in made.values() for part in below)})
    return Units.of(
        [Unit(code=code, name=code, kind=UnitKind.CITY) for code in codes],
        [
            Relation(kind=RelationKind.PART_OF, source=part, target=whole)
            for whole, below in made.items()
            for part in below
        ],
    )


ALONE = units_with({JOBCENTER: ()})
TWO_TOWNS = units_with({JOBCENTER: (TOWN_A, TOWN_B)})


def figures(observations: Iterable[Observation], units: Units = ALONE) -> Figures:
    """Look at observations over units."""
    return Figures(units, as_known(observations))


def reading_of(
    definition: Definition,
    looked_at: Figures,
    view: View = View.MONTH,
    *,
    month: Month = NOVEMBER,
    on: date = LONG_AFTER,
) -> Reading:
    """Read an indicator for the jobcenter, long after the month."""
    return read(definition, JOBCENTER, month, view, figures=looked_at, variables=CATALOGUE, on=on)


def look_in(values: Mapping[tuple[str, Month], str | int | Decimal]) -> Look:
    """Look into a table of values by cell, as it is written in formulas, and month."""

    def look(cell: Cell, month: Month) -> Decimal | None:
        value = values.get((str(cell), month))
        return None if value is None else Decimal(value)

    return look
