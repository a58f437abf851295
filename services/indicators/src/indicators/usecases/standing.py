"""How figures stand: attested or not, by whom and since when, and what is contested; asked for beside readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.caller import Caller
from domain.identity import UnitCode
from domain.objection import Objection, ObjectionStatus
from domain.period import Month

from indicators.ports import Ports, Work
from indicators.ports.documents import Filed
from indicators.usecases.attesting import Place, Stood, standing_for
from indicators.usecases.sight import must_reach, seeing


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """An open objection, and whether its deadline is past."""

    filed: Filed[Objection]
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a unit's month stands: who stands for it, if anybody, and the open objections against its readings."""

    unit: UnitCode
    month: Month
    attestation: Stood | None
    objections: tuple[Contested, ...]

    @property
    def attested(self) -> bool:
        """Say whether somebody stands for the month as it is known now."""
        return self.attestation is not None and self.attestation.holds


async def standing(
    ports: Ports, work: Work, units: Sequence[UnitCode], months: Sequence[Month]
) -> Mapping[Place, Standing]:
    """Say how each of these units stands in each of these months: three queries, however many there are."""
    if not units or not months:
        return {}
    stood = await standing_for(work, units, months)
    contested: dict[Place, list[Contested]] = {}
    for filed in await work.objections.matching({"unit": units, "month": months, "status": [ObjectionStatus.OPEN]}):
        entry = Contested(filed=filed, overdue=filed.value.overdue(ports.today()))
        contested.setdefault((filed.value.unit, filed.value.month), []).append(entry)
    return {
        (unit, month): Standing(
            unit=unit,
            month=month,
            attestation=stood.get((unit, month)),
            objections=tuple(contested.get((unit, month), ())),
        )
        for unit in units
        for month in months
    }


async def shown(
    ports: Ports,
    caller: Caller,
    units: Sequence[str],
    months: Sequence[Month],
    attested: bool | None,
    after: tuple[str, ...] | None,
    limit: int,
) -> list[Standing]:
    """List how units within reach stand, in the order unit, month."""
    async with seeing(ports, caller) as (work, tree, reach):
        for code in units:
            must_reach(tree, reach, code)
        codes = [UnitCode(code) for code in sorted(set(units)) if after is None or code >= after[0]]
        found = await standing(ports, work, codes, sorted(set(months)))
    return [
        entry
        for place, entry in found.items()
        if (after is None or position(place) > after) and (attested is None or entry.attested is attested)
    ][:limit]


def position(place: Place) -> tuple[str, ...]:
    """Give a place in the list."""
    return place[0], str(place[1])
