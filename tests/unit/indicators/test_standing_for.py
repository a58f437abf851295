"""Who stands for a month: only for what was known when it was attested."""

from dataclasses import replace
from datetime import timedelta

from chassis.clock import new_id
from domain.attestation import Withdrawal
from indicators.ports import Work
from indicators.ports.documents import Filed
from indicators.usecases.attesting import standing_for
from indicators.usecases.marks import marks_of
from support.measuring import an_observation
from support.remembering import remembered_work
from support.standing import NOON, NOVEMBER, OTHER, TOWN, an_attestation
from support.standing_twins import RememberedVintages

ALSO = (TOWN, OTHER)


async def attested(*, revisions: int) -> Work:
    """Attest the month of two towns as of one revision each, and record so many of the first."""
    vintages = RememberedVintages()
    known = an_observation("ltr_stock", "100", unit=TOWN, month=NOVEMBER, recorded_at=NOON)
    later = (replace(known, recorded_at=NOON + timedelta(days=day)) for day in range(revisions))
    vintages.observations += [*later, replace(known, unit=OTHER)]
    work = replace(remembered_work(), vintages=vintages)
    for unit in ALSO:
        await work.attestations.add(Filed(id=new_id(), version=1, value=an_attestation(unit, revisions=1)))
    return work


async def test_an_attestation_holds_until_anything_is_recorded_of_its_month() -> None:
    for revisions, holds in ((1, True), (2, False)):
        stood = await standing_for(await attested(revisions=revisions), ALSO, [NOVEMBER])
        assert [stood[unit, NOVEMBER].holds for unit in ALSO] == [holds, True]


async def test_figures_are_marked_as_attested_only_where_the_attestation_holds() -> None:
    marks = await marks_of(await attested(revisions=2), ALSO, [NOVEMBER], [])
    assert marks.attested == {(OTHER, NOVEMBER)}


async def test_nobody_stands_by_an_attestation_that_is_taken_back() -> None:
    work = await attested(revisions=1)
    (first, _) = await work.attestations.matching({})
    gone = first.value.withdrawn(Withdrawal(by="lead", at=NOON, reason="Nachmeldung"))
    await work.attestations.update(first.changed_to(gone))
    assert (await standing_for(work, ALSO, [NOVEMBER])).keys() == {(OTHER, NOVEMBER)}
