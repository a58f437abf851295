"""The statutory variables counted person by person, slowly and in the words of the ordinance: the engine's judge."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from domain.case_record import Integration, LtrVariant, age_group
from domain.period import Month

from support.raw_records import CaseRecord, FollowUp

Place = Callable[[CaseRecord], str | None]


def unit_of(record: CaseRecord) -> str | None:
    return record.unit


def town_of(record: CaseRecord) -> str | None:
    return None if record.town == record.unit else record.town


@dataclass(eq=False)
class Naive:
    """All records there are; until which month employment is known; who came before whom."""

    records: Sequence[CaseRecord]
    follow_ups: Sequence[FollowUp]
    until: Month
    variant: LtrVariant = LtrVariant.ORDINANCE
    predecessors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    happened: dict[tuple[Month, Place], list[tuple[str, CaseRecord]]] = field(default_factory=dict)

    @cached_property
    def by_person(self) -> dict[tuple[str, Month], CaseRecord]:
        return {(record.person, record.month): record for record in self.records}

    @cached_property
    def delivered(self) -> set[tuple[str, Month]]:
        return {(record.unit, record.month) for record in self.records}

    @cached_property
    def followed(self) -> dict[tuple[str, str, Month], FollowUp]:
        return {(follow.person, follow.unit, follow.month): follow for follow in self.follow_ups}

    # Who is what in a month

    def elb(self, person: str, month: Month) -> CaseRecord | None:
        """An employable person entitled to benefits in a month, in whatever unit."""
        record = self.by_person.get((person, month))
        return record if record and record.employable and record.in_need else None

    def long_term(self, person: str, month: Month) -> CaseRecord | None:
        """An ELB who was in need (or: an ELB) in at least 21 of the last 24 months, or an ELB on 638 of their days."""
        if self.variant is LtrVariant.DAYS:
            days = sum(self.days(person, month.plus(-back)) for back in range(24))
            return self.elb(person, month) if days >= 638 else None
        months = 0
        for back in range(24):
            record = self.by_person.get((person, month.plus(-back)))
            if record and record.in_need and (record.employable or self.variant is LtrVariant.ORDINANCE):
                months += 1
        return self.elb(person, month) if months >= 21 else None

    def days(self, person: str, month: Month) -> int:
        """As many days as were told; else all of a month as an ELB."""
        record = self.by_person.get((person, month))
        if record and record.elb_days is not None:
            return record.elb_days
        return monthrange(month.year, month.month)[1] if self.elb(person, month) else 0

    # What happens in a month, with the record that says where, to whom

    def events(self, month: Month, place: Place) -> list[tuple[str, CaseRecord]]:
        if (month, place) not in self.happened:
            self.happened[month, place] = list(self.happening(month, place))
        return self.happened[month, place]

    def happening(self, month: Month, place: Place) -> Iterator[tuple[str, CaseRecord]]:
        for (person, at), record in self.by_person.items():
            if at == month:
                yield from self.staying(person, month, record, place)
            if at == month.previous:
                yield from self.leaving(person, month, record, place)

    def staying(self, person: str, month: Month, record: CaseRecord, place: Place) -> Iterator[tuple[str, CaseRecord]]:
        before = self.elb(person, month.previous)
        if self.elb(person, month):
            yield "elb_stock", record
            if not (before and place(before) == place(record)):
                yield "elb_inflow", record
        if self.long_term(person, month):
            yield "ltr_stock", record
            if record.in_measure:
                yield "ltr_in_measure", record
            if not self.long_term(person, month.previous):
                yield "ltr_inflow", record
        if record.integration and (self.long_term(person, month) or self.long_term(person, month.previous)):
            yield "ltr_integrations", record
        if self.elb(person, month) or before:
            for variable in self.entries(record):
                yield variable, record

    def leaving(self, person: str, month: Month, record: CaseRecord, place: Place) -> Iterator[tuple[str, CaseRecord]]:
        now = self.elb(person, month)
        if self.elb(person, month.previous) and not (now and place(now) == place(record)):
            yield "elb_outflow", record
        if self.long_term(person, month.previous) and not self.long_term(person, month):
            yield "ltr_outflow", record

    def entries(self, record: CaseRecord) -> Iterator[str]:
        if record.integration:
            yield "integrations"
        if record.integration is Integration.EMPLOYMENT:
            yield "integrations_insured"
            follow = self.followed.get((record.person, record.unit, record.month))
            if follow and follow.insured[11]:
                yield "integrations_sustained"
            if follow and all(follow.insured[:6]):
                yield "integrations_continuous"
        if record.marginal_entry:
            yield "marginal_entries"
        if record.subsidised_entry:
            yield "subsidised_entries"

    # What may be told

    def units_of(self, town: str, month: Month) -> set[str]:
        """Give the units that deliver for a month and named the town then or in the two years before."""
        return {
            record.unit
            for record in self.records
            if town_of(record) == town and 0 <= month - record.month <= 24 and (record.unit, month) in self.delivered
        }

    def reaches(self, unit: str, month: Month, months: int, *, own: bool) -> bool:
        """Whether so many months on end, up to this one, were delivered: by the unit or, else, those it succeeds."""
        line = {unit, *(() if own else self.predecessors.get(unit, ()))}
        before = (month.plus(-back) for back in range(months))
        return (unit, month) in self.delivered and all(
            any((one, at) in self.delivered for one in line) for at in before
        )

    def countable(self, place: str, variable: str, month: Month) -> bool:
        """A town's figures are told where its unit's are."""
        units = [place] if (place, month) in self.delivered else sorted(self.units_of(place, month))
        if not any(self.far_enough(unit, variable, month) for unit in units):
            return False
        after = {"integrations_sustained": 12, "integrations_continuous": 6}.get(variable)
        if after is None:
            return True
        return month.plus(after + 3) <= self.until and all(self.follow_ups_came(unit, month) for unit in units)

    def far_enough(self, unit: str, variable: str, month: Month) -> bool:
        if variable in ("benefits_living", "benefits_housing", "elb_stock"):
            return self.reaches(unit, month, 1, own=True)
        if variable in ("elb_inflow", "elb_outflow"):
            return self.reaches(unit, month, 2, own=True)
        if variable in ("ltr_stock", "ltr_in_measure"):
            return self.reaches(unit, month, 24, own=False)
        return self.reaches(unit, month, 25 if variable.startswith("ltr_") else 2, own=False)

    def follow_ups_came(self, unit: str, month: Month) -> bool:
        """Whether the unit told what became of its insured integrations, if it had any."""
        had = any(r.unit == unit and variable == "integrations_insured" for variable, r in self.events(month, unit_of))
        return not had or any(follow.unit == unit and follow.month == month for follow in self.follow_ups)

    # The figures

    def value(self, place: str, variable: str, month: Month, **dimensions: str) -> Decimal | None:
        """Give a variable's value of a unit or town, None where it cannot be told."""
        if not self.countable(place, variable, month):
            return None
        named = unit_of if (place, month) in self.delivered else town_of
        if variable in ("benefits_living", "benefits_housing"):
            column = "benefit_" + variable.removeprefix("benefits_")
            paid = [r for r in self.records if r.month == month and named(r) == place and alike(r, dimensions)]
            return sum((getattr(record, column) for record in paid), Decimal("0.00"))
        happened = (record for name, record in self.events(month, named) if name == variable)
        return Decimal(sum(named(record) == place and alike(record, dimensions) for record in happened))

    def places(self) -> set[str]:
        return {place for record in self.records for place in (record.unit, town_of(record)) if place}


def alike(record: CaseRecord, dimensions: Mapping[str, str]) -> bool:
    """Whether a record belongs to the groups that are asked for."""
    group = None if record.birth_year is None else age_group(record.birth_year, record.month.year)
    told = {
        "sex": record.sex,
        "age_group": group,
        "lone_parent": "yes" if record.lone_parent else "no",
        "household_type": record.household_type,
    }
    return all(told[name] == value for name, value in dimensions.items())
