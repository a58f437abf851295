"""Every statutory indicator, read from derived variables, is what the ordinance's words give on the raw records."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

from domain.figures import Figures
from domain.formula.grouping import split
from domain.identity import VariableCode
from domain.indicator import Definition
from domain.observation import Observation, as_known
from domain.period import Month, Period, View
from domain.reading import read
from domain.variable import DIMENSIONS, Cell, Variable
from hypothesis import given, settings
from indicators.persistence.catalogue_rows import shipped
from indicators.records.deriving import derive
from indicators.records.question import SPLITS, Question, splits_of
from support.case_histories import LENGTH, NORTH, START, Cases, cases, followed_frame, frame_of
from support.measuring import NOON, delivery, units_with
from support.naive_records import Naive
from support.ordinance import WORDS, Told, figure, words_of
from support.raw_records import CaseRecord, FollowUp

CATALOGUE: Mapping[VariableCode, Variable] = {variable.code: variable for variable in shipped()[0]}
STATUTORY = [definition for definition in shipped()[1] if words_of(definition)]
LAST = START.plus(2 * LENGTH - 1)
LATER = LAST.plus(15)
EXACT = Fraction(1, 10**20)


def twice_as_long(case: Cases) -> Cases:
    """Let everybody live through the same months once more, and tell of every integration what became of it."""
    records = [*case.records, *(replace(record, month=record.month.plus(LENGTH)) for record in case.records)]
    known = {(str(follow.unit), follow.person, follow.month): follow for follow in case.follow_ups}
    return Cases(tuple(records), tuple(followed(record, known) for record in records if record.integration))


def followed(record: CaseRecord, known: Mapping[tuple[str, str, Month], FollowUp]) -> FollowUp:
    before = record.month if record.month < START.plus(LENGTH) else record.month.plus(-LENGTH)
    told = known.get((record.unit, record.person, before))
    insured = told.insured if told else (None,) * 12
    return FollowUp(unit=record.unit, person=record.person, month=record.month, insured=insured)


def observed(case: Cases) -> Figures:
    question = Question(months=Period(START, LAST.next), until=LATER, splits=splits_of(CATALOGUE.values()))
    rows = derive(frame_of(case.records), followed_frame(case.follow_ups), question).rows
    return Figures(
        units_with({NORTH: ()}),
        as_known(
            Observation(
                unit=row["unit"],
                cell=Cell.of(row["variable"], **{name: row[name] for name in SPLITS if row[name]}),
                month=Month.numbered(row["month"]),
                value=Decimal(row["value"]),
                recorded_at=NOON,
                delivery=delivery(1),
            )
            for row in rows.filter(unit=NORTH).iter_rows(named=True)
        ),
    )


def of_sex(definition: Definition, sex: str | None) -> Definition:
    """Give the formula of a sex, in force whenever it is asked for."""
    formula = split(definition.formula, "sex", sex, CATALOGUE) if sex else definition.formula
    return replace(definition, formula=formula, valid_until=None)


@settings(max_examples=10)
@given(cases(gaps=False))
def test_every_indicator_is_what_the_words_of_the_ordinance_give(lived: Cases) -> None:
    case = twice_as_long(lived)
    naive, figures = Naive(case.records, case.follow_ups, LATER), observed(case)
    for definition, view, sex in product(STATUTORY, (View.MONTH, View.ROLLING_12), (None, *DIMENSIONS["sex"])):
        asked = of_sex(definition, sex)
        reading = read(asked, NORTH, LAST, view, figures=figures, variables=CATALOGUE, on=date(2020, 1, 1))
        words = words_of(definition)
        assert words is not None
        expected = figure(naive, words, Told(unit=NORTH, month=LAST, view=view, sex=sex))
        told = (definition.name, view, sex)
        assert (*told, reading.missing) == (*told, ())
        assert (*told, reading.value is None) == (*told, expected is None)
        assert expected is None or abs(Fraction(reading.value or 0) - expected) < EXACT, told


def test_all_fifteen_indicators_with_their_versions_and_variants_are_compared() -> None:
    assert {word.partition("/")[0] for word in WORDS} == {definition.indicator for definition in STATUTORY}
    assert len({definition.indicator for definition in STATUTORY}) == 15
    assert {definition.name for definition in STATUTORY if definition.indicator == "K2E3"} == {"K2E3/1", "K2E3/2"}
    varied = {definition.indicator for definition in STATUTORY if definition.variant == "ordinance"}
    assert varied == {"K2", "K2E1", "K2E2", "K2E4", "K3E1"}
