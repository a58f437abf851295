"""Random small case histories: few persons, units that succeed and share towns, moves, gaps, follow-ups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl
from domain.case_record import Integration
from domain.identity import UnitCode
from domain.period import Month
from domain.variable import DIMENSIONS
from hypothesis import strategies as st
from indicators.records.columns import FOLLOW_UP, RECORD
from indicators.records.pseudonyms import rekeyed

from support.raw_records import CaseRecord, FollowUp

KEY = b"a key"
START, LENGTH = Month(2012, 5), 36
NORTH, SOUTH, MERGED = UnitCode("north"), UnitCode("south"), UnitCode("merged")
TOWNS: dict[UnitCode, list[str | None]] = {
    NORTH: ["hill", None],
    SOUTH: ["shore", "south", "hill"],
    MERGED: ["hill", "north"],
}


@dataclass(frozen=True, repr=False)
class Cases:
    """Records and follow-ups that belong together."""

    records: tuple[CaseRecord, ...]
    follow_ups: tuple[FollowUp, ...]

    def __repr__(self) -> str:
        """Tell a failing history shortly: of records alike but for the month the first."""
        told = {replace(record, month=START): record for record in reversed(self.records)}
        return "\n".join(map(str, [*told.values(), *self.follow_ups]))[:20_000]


def a_record(person: str = "p", month: Month = START, **told: object) -> CaseRecord:
    """Build a record of an ELB in the north; only what matters is told."""
    usual = CaseRecord(
        unit=NORTH,
        person=person,
        month=month,
        town=None,
        sex="f",
        birth_year=1980,
        household_type="single",
        lone_parent=False,
        employable=True,
        in_need=True,
        benefit_living=Decimal("404.00"),
        benefit_housing=Decimal("250.50"),
        integration=None,
        marginal_entry=False,
        subsidised_entry=False,
        in_measure=False,
    )
    return replace(usual, **told)  # type: ignore[arg-type]  # one mapping for fields of several types


RARELY = st.integers(0, 9).map(lambda drawn: drawn == 0)
MOSTLY = RARELY.map(lambda rare: not rare)
CENTS = st.integers(0, 99_999).map(lambda cents: Decimal(cents).scaleb(-2))


@st.composite
def lives(draw: st.DrawFn, person: str) -> list[CaseRecord]:
    """Live through all months in spells: entitled or not, here or there, with things that happen on the way."""
    months = [START.plus(number) for number in range(LENGTH)]
    born = draw(st.one_of(st.none(), st.sampled_from([1957, 1958, 1959, 1987, 1988, 1989, 1990])))
    sex = draw(st.sampled_from([*DIMENSIONS["sex"], None]))
    told: list[CaseRecord] = []
    while months:
        length, absent = draw(st.sampled_from([26, 24, 22, 21, 3, 2, 1])), draw(RARELY)
        unit = draw(st.sampled_from(list(TOWNS)))
        spell = a_record(
            person,
            unit=unit,
            town=draw(st.sampled_from(TOWNS[unit])),
            sex=sex,
            birth_year=born,
            household_type=draw(st.sampled_from([*DIMENSIONS["household_type"], None])),
            lone_parent=draw(st.booleans()),
            employable=draw(MOSTLY),
            in_need=draw(MOSTLY),
            benefit_living=draw(CENTS),
            in_measure=draw(st.booleans()),
            elb_days=draw(st.sampled_from([None, None, 26, 28])),
        )
        here = [] if absent else [replace(spell, month=month) for month in months[:length]]
        for at in draw(st.lists(st.integers(0, length - 1), max_size=3, unique=True)):
            here[at : at + 1] = [draw(happening(record)) for record in here[at : at + 1]]
        told += here
        months = months[length:]
    return told


@st.composite
def happening(draw: st.DrawFn, record: CaseRecord) -> CaseRecord:
    """Let something happen in a month."""
    return replace(
        record,
        in_need=draw(st.booleans()),
        integration=draw(st.sampled_from([None, *Integration, Integration.EMPLOYMENT])),
        marginal_entry=draw(st.booleans()),
        subsidised_entry=draw(st.booleans()),
        in_measure=draw(st.booleans()),
        elb_days=draw(st.sampled_from([None, 0, 1, 17, 28])),
    )


@st.composite
def cases(draw: st.DrawFn, *, gaps: bool = True) -> Cases:
    """Draw some persons, somebody in every unit's every month (but a few), and what became of integrations."""
    persons = draw(st.integers(1, 4))
    records = [record for number in range(persons) for record in draw(lives(f"p{number}"))]
    for unit in TOWNS:
        some = draw(st.lists(st.integers(0, LENGTH - 1), max_size=2, unique=True)) if gaps else []
        since = draw(st.sampled_from([0, 0, 0, 4, 25])) if gaps else 0
        gone = {START.plus(number) for number in (*range(since), *some)}
        records += [a_record(f"always in {unit}", START.plus(n), unit=unit, in_need=False) for n in range(LENGTH)]
        records = [record for record in records if record.unit != unit or record.month not in gone]
    integrated = [record for record in records if record.integration]
    known = st.sampled_from([(True,) * 12, (True,) * 6 + (None,) * 6, (True,) * 11 + (False,), (None,) * 11 + (True,)])
    follow_ups = [
        FollowUp(unit=r.unit, person=r.person, month=r.month, insured=draw(known)) for r in integrated if draw(MOSTLY)
    ]
    return Cases(tuple(sorted(records, key=lambda r: (r.unit, r.month, r.person))), tuple(follow_ups))


def frame_of(records: Iterable[CaseRecord]) -> pl.LazyFrame:
    """Give records the columns they are counted in."""
    rows = [
        (
            r.unit, r.person, r.month.ordinal, r.town, r.sex, r.birth_year, r.household_type, r.lone_parent,
            r.employable, r.in_need, int(r.benefit_living * 100), int(r.benefit_housing * 100),
            r.integration.value if r.integration else "none", r.marginal_entry, r.subsidised_entry, r.in_measure,
            r.elb_days,
        )
        for r in records
    ]  # fmt: skip
    return _keyed(rows, RECORD)


def followed_frame(follow_ups: Sequence[FollowUp]) -> pl.LazyFrame:
    """Give follow-ups the columns they are counted in."""
    rows = [(f.unit, f.person, f.month.ordinal, *f.insured) for f in follow_ups]
    return _keyed(rows, FOLLOW_UP)


def _keyed(rows: Sequence[tuple[object, ...]], schema: pl.Schema) -> pl.LazyFrame:
    """Put rows into columns, persons by their numbers."""
    told = pl.DataFrame(rows, schema={**schema, "person": pl.String()}, orient="row")
    return told.with_columns(person=rekeyed(told["person"], KEY)).lazy()
