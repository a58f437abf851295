"""Where units come from and what became of them."""

from dataclasses import replace
from datetime import date

import pytest
from domain.identity import UnitCode
from domain.party import Party, PartyRole
from domain.responsibility import Scope
from domain.unit import Unit, UnitKind, Units, UnknownUnit
from domain.unit_lineage import Passage, lineage_of, not_valid, origins_of_each, predecessors, with_origins
from domain.unit_relation import Relation, RelationKind
from support.agreeing import a_revision

DAY = date(2026, 1, 1)


def old(code: str, name: str = "Alt", *, until: date | None = DAY, kind: UnitKind = UnitKind.JOBCENTER_JOINT) -> Unit:
    return Unit(code=UnitCode(code), name=name, kind=kind, valid_until=until)


def new(code: str, name: str = "Neu", *, since: date | None = DAY, kind: UnitKind = UnitKind.JOBCENTER_JOINT) -> Unit:
    return Unit(code=UnitCode(code), name=name, kind=kind, valid_from=since)


def succeeding(*pairs: str) -> list[Relation]:
    """Write `after<before` as relations."""
    ends = [pair.partition("<") for pair in pairs]
    return [
        Relation(kind=RelationKind.SUCCEEDS, source=UnitCode(after), target=UnitCode(before), valid_from=DAY)
        for after, _, before in ends
    ]


def passages(units: list[Unit], code: str, *pairs: str) -> list[Passage]:
    return [step.passage for step in lineage_of(Units.of(units, succeeding(*pairs)), code).steps]


def test_a_new_number_without_another_name_is_a_renumbering() -> None:
    assert passages([old("22102", "Celle"), new("25114", "Celle")], "25114", "25114<22102") == [Passage.RENUMBERED]


def test_a_unit_that_ends_in_one_that_was_there_is_merged() -> None:
    units = [old("03006"), old("03002", until=None)]
    assert passages(units, "03002", "03002<03006") == [Passage.MERGED]


def test_two_that_end_in_a_new_one_are_merged() -> None:
    assert passages([old("a"), old("b"), new("c")], "c", "c<a", "c<b") == [Passage.MERGED, Passage.MERGED]


def test_a_unit_that_leaves_one_that_goes_on_is_split_from_it() -> None:
    assert passages([old("43102", until=None), new("43106")], "43106", "43106<43102") == [Passage.SPLIT]


def test_a_joint_jobcenter_that_becomes_municipal_under_a_new_number_changed_its_kind() -> None:
    units = [old("1", "ME"), new("2", "ME", kind=UnitKind.JOBCENTER_MUNICIPAL)]
    assert passages(units, "2", "2<1") == [Passage.CHANGED_KIND]


def test_the_line_leads_through_several_steps_but_not_to_cousins() -> None:
    units = [old("a"), new("b"), new("c"), new("cousin")]
    line = lineage_of(Units.of(units, succeeding("b<a", "c<b", "cousin<a")), "c")
    assert line.codes() == {"a", "b", "c"}


def test_a_circle_in_the_line_ends() -> None:
    line = lineage_of(Units.of([old("a"), new("b")], succeeding("b<a", "a<b")), "a")
    assert line.codes() == {"a", "b"}


def test_a_unit_without_a_past_has_an_empty_line() -> None:
    assert lineage_of(Units.of([old("a")], []), "a").steps == ()
    with pytest.raises(UnknownUnit):
        lineage_of(Units.of([], []), "a")


def test_a_party_that_is_not_there_on_the_first_day_is_named_with_its_successor() -> None:
    party = Party(unit=UnitCode("22102"), role=PartyRole.OBLIGATED_UNIT, scope=Scope.JOINT, signs_as="Leitung")
    units = Units.of([old("22102", "Celle"), new("25114", "Celle")], succeeding("25114<22102"))
    revision = replace(a_revision(parties=(party,)), valid_from=DAY, valid_until=date(2027, 1, 1))
    [place] = not_valid(revision, units)
    assert (place.pointer, place.code) == ("/parties/0/unit", "unit_not_valid")
    assert "25114" in place.detail.en
    assert list(not_valid(replace(revision, valid_from=date(2025, 1, 1)), units)) == []


def test_the_history_of_a_unit_is_that_of_all_ended_units_it_succeeds() -> None:
    units = Units.of(
        [old("a"), old("b"), old("c", until=None), new("d"), new("e")], succeeding("b<a", "d<b", "d<c", "e<d", "e<gone")
    )
    assert with_origins(units, [UnitCode("d")], DAY) == {"a", "b", "d"}
    assert with_origins(units, [UnitCode("d")], date(2025, 12, 31)) == {"d"}
    assert with_origins(units, [], DAY) == frozenset()


def test_whom_two_units_succeed_counts_with_the_first_and_a_member_for_itself() -> None:
    units = Units.of([old("a"), old("b"), new("c"), new("d"), new("e")], succeeding("c<a", "d<a", "d<b", "e<d"))
    assert origins_of_each(units, map(UnitCode, "dc"), DAY) == {"c": {"a"}, "d": {"b"}}
    assert origins_of_each(units, map(UnitCode, "ac"), DAY) == {"a": frozenset(), "c": frozenset()}
    assert origins_of_each(units, [], DAY) == {}


def test_predecessors_reach_back_through_all_reforms() -> None:
    units = [new(code) for code in ("first", "second", "third", "aside")]
    found = predecessors(Units.of(units, succeeding("second<first", "third<second")))
    assert found == {"second": {"first"}, "third": {"first", "second"}}
