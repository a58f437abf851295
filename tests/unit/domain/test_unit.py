"""Units and how they hang together."""

from dataclasses import replace
from datetime import date

import pytest
from domain.identity import UnitCode
from domain.unit import ChangeOutOfOrder, Unit, UnitKind, Units, UnknownUnit
from domain.unit_relation import Relation, RelationKind
from domain.validity import BackwardValidity

DAY = date(2014, 6, 1)


def a_unit(code: str, *, valid_from: date | None = None, valid_until: date | None = None) -> Unit:
    return Unit(code=UnitCode(code), name=code, kind=UnitKind.CITY, valid_from=valid_from, valid_until=valid_until)


def a_relation(
    source: str, kind: RelationKind, target: str, *, valid_from: date | None = None, valid_until: date | None = None
) -> Relation:
    return Relation(
        kind=kind,
        source=UnitCode(source),
        target=UnitCode(target),
        valid_from=valid_from,
        valid_until=valid_until,
    )


def among(codes: str, *relations: Relation) -> Units:
    return Units.of([a_unit(code) for code in codes.split()], relations)


def test_a_unit_is_valid_from_its_first_day_up_to_but_not_on_its_last() -> None:
    unit = a_unit("jobcenter", valid_from=date(2012, 1, 1), valid_until=date(2015, 1, 1))
    days = [date(2011, 12, 31), date(2012, 1, 1), date(2014, 12, 31), date(2015, 1, 1)]
    assert [unit.valid_on(day) for day in days] == [False, True, True, False]


def test_a_validity_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BackwardValidity):
        a_unit("jobcenter", valid_from=DAY, valid_until=DAY)
    with pytest.raises(BackwardValidity):
        a_relation("town", RelationKind.PART_OF, "district", valid_from=DAY, valid_until=DAY)


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(UnknownUnit, match="nowhere"):
        among("town").get("nowhere")


def test_a_town_is_part_of_its_district_while_the_relation_holds() -> None:
    joined = a_relation("town", RelationKind.PART_OF, "district", valid_from=DAY)
    units = among("district town", joined)
    assert units.parts(UnitCode("district"), DAY) == ("town",)
    assert units.parts(UnitCode("district"), date(2014, 5, 31)) == ()


def test_a_town_that_no_longer_exists_is_no_part() -> None:
    units = Units.of(
        [a_unit("district"), a_unit("town", valid_until=DAY)], [a_relation("town", RelationKind.PART_OF, "district")]
    )
    assert units.parts(UnitCode("district"), DAY) == ()


def test_authority_reaches_whom_one_supervises_what_these_carry_and_their_parts() -> None:
    units = among(
        "ministry district jobcenter town stranger",
        a_relation("ministry", RelationKind.SUPERVISES, "district"),
        a_relation("district", RelationKind.CARRIES, "jobcenter"),
        a_relation("town", RelationKind.PART_OF, "jobcenter"),
    )
    assert units.below(["ministry"], DAY) == {"ministry", "district", "jobcenter", "town"}
    assert units.below(["town"], DAY) == {"town"}


def test_succession_gives_no_authority_over_a_unit_that_goes_on() -> None:
    units = among("old new", a_relation("new", RelationKind.SUCCEEDS, "old"))
    assert units.below(["new"], DAY) == {"new"}


def test_who_succeeds_a_unit_that_has_ended_reaches_its_history() -> None:
    ended = a_unit("old", valid_until=DAY)
    units = Units.of([ended, a_unit("new")], [a_relation("new", RelationKind.SUCCEEDS, "old", valid_from=DAY)])
    assert units.below(["new"], DAY) == {"new", "old"}
    assert units.below(["old"], DAY) == {"old"}


def test_a_unit_keeps_the_names_and_kinds_it_had() -> None:
    joint = Unit(code=UnitCode("36402"), name="Jobcenter ME", kind=UnitKind.JOBCENTER_JOINT)
    municipal = joint.renamed("Jobcenter ME-aktiv", UnitKind.JOBCENTER_JOINT, date(2012, 1, 1)).renamed(
        "Jobcenter Kreis Mettmann", UnitKind.JOBCENTER_MUNICIPAL, DAY
    )
    days = [date(2011, 12, 31), date(2012, 1, 1), date(2014, 5, 31), DAY]
    assert [(unit.name, unit.kind) for unit in map(municipal.on, days)] == [
        ("Jobcenter ME", UnitKind.JOBCENTER_JOINT),
        ("Jobcenter ME-aktiv", UnitKind.JOBCENTER_JOINT),
        ("Jobcenter ME-aktiv", UnitKind.JOBCENTER_JOINT),
        ("Jobcenter Kreis Mettmann", UnitKind.JOBCENTER_MUNICIPAL),
    ]


def test_what_was_and_what_will_be_are_told_apart_by_the_day() -> None:
    unit = a_unit("town").renamed("Stadt", UnitKind.CITY, DAY).renamed("Großstadt", UnitKind.CITY, date(2020, 1, 1))
    before, between, after = date(2014, 5, 31), DAY, date(2020, 1, 1)
    assert [[known.name for known in unit.past(day)] for day in (before, between, after)] == [
        [],
        ["town"],
        ["town", "Stadt"],
    ]
    assert [[(new.name, new.since) for new in unit.upcoming(day)] for day in (before, between, after)] == [
        [("Stadt", DAY), ("Großstadt", date(2020, 1, 1))],
        [("Großstadt", date(2020, 1, 1))],
        [],
    ]


def test_a_plain_load_corrects_the_last_name_and_leaves_alone_what_is_upcoming() -> None:
    unit = a_unit("town").renamed("Stadt", UnitKind.CITY, DAY)
    before = date(2014, 5, 31)
    assert unit.corrected(replace(a_unit("town"), ags="05158"), before) == replace(unit, ags="05158")
    corrected = unit.corrected(replace(a_unit("town"), name="Satdt"), DAY)
    assert (corrected.name, corrected.earlier) == ("Satdt", unit.earlier)


def test_another_name_on_the_day_of_the_last_one_replaces_it() -> None:
    unit = a_unit("town").renamed("Velbrt", UnitKind.CITY, DAY).renamed("Velbert", UnitKind.CITY, DAY)
    assert (unit.name, [designation.name for designation in unit.earlier]) == ("Velbert", ["town"])


@pytest.mark.parametrize("day", [date(2013, 1, 1), date(2014, 5, 31), date(2020, 1, 1)])
def test_a_change_before_a_known_one_or_outside_the_validity_is_refused(day: date) -> None:
    unit = a_unit("town", valid_from=date(2014, 1, 1), valid_until=date(2020, 1, 1)).renamed(
        "Stadt", UnitKind.CITY, DAY
    )
    with pytest.raises(ChangeOutOfOrder, match="town"):
        unit.renamed("Ort", UnitKind.CITY, day)


def test_the_tree_as_of_a_day_knows_only_what_was_there_then() -> None:
    gone, here = a_unit("gone", valid_until=DAY), a_unit("here").renamed("Hier", UnitKind.CITY, DAY)
    units = Units.of(
        [gone, here, a_unit("all")], [a_relation(code, RelationKind.PART_OF, "all") for code in ("gone", "here")]
    )
    before, after = units.as_of(date(2014, 5, 31)), units.as_of(DAY)
    assert (set(before.units), len(before.relations), before.units[here.code].name) == (
        {"all", "gone", "here"},
        2,
        "here",
    )
    assert (set(after.units), len(after.relations), after.units[here.code].name) == ({"all", "here"}, 1, "Hier")


def test_a_circle_of_parts_does_no_harm() -> None:
    units = among("a b", a_relation("a", RelationKind.PART_OF, "b"), a_relation("b", RelationKind.PART_OF, "a"))
    assert units.below(["a"], DAY) == {"a", "b"}
