"""Marks that every figure bears: whether somebody stands for its month, how many contest it, a neighbour's rank."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from domain.identity import IndicatorCode, UnitCode
from domain.objection import ObjectionStatus
from domain.period import Month, View
from domain.reading import Reading

from indicators.ports import Work
from indicators.usecases.attesting import standing_for
from indicators.usecases.grouped import Group
from indicators.usecases.neighbouring import Placed, Places, placed

Contested = tuple[UnitCode, IndicatorCode, View, Month]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The months of units that are as attested, the open objections against readings, and the ranks figures have."""

    attested: frozenset[tuple[UnitCode, Month]]
    objections: Mapping[Contested, int]
    places: Places = field(default_factory=dict)

    def place(self, reading: Reading) -> Placed | None:
        """Give the rank a reading is told under, and whose it is, where it is a neighbour's."""
        return self.places.get((reading.unit, reading.month))

    def whose(self, reading: Reading) -> UnitCode:
        """Say whose a reading is: the neighbour's who stands at its rank, else of the unit it names."""
        place = self.place(reading)
        return place.neighbour if place and place.neighbour else reading.unit

    def stands(self, reading: Reading) -> bool:
        """Say whether somebody stands for the reading's month as it is known now."""
        return (self.whose(reading), reading.month) in self.attested

    def against(self, reading: Reading) -> int:
        """Count the open objections against one reading."""
        return self.objections.get((self.whose(reading), reading.indicator, reading.view, reading.month), 0)

    def beside(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Put `neighbour`, `rank`, `attested` and `objections` beside rows of readings, as text; their order stays."""
        stood = [(*map(str, key), at.neighbour, str(at.rank)) for key, at in self.places.items()]
        attested = [(*map(str, key), "true") for key in self.attested]
        counted = [(*map(str, key), str(count)) for key, count in self.objections.items()]
        marked = _joined(rows, ["unit", "month"], ["neighbour", "rank"], stood)
        marked = marked.with_columns(whose=pl.coalesce("neighbour", "unit"))
        marked = _joined(marked, ["whose", "month"], ["attested"], attested)
        marked = _joined(marked, ["whose", "indicator", "view", "month"], ["objections"], counted)
        return marked.with_columns(pl.col("attested").fill_null("false"), pl.col("objections").fill_null("0"))


async def marks_of(work: Work, units: Iterable[UnitCode], months: Sequence[Month], groups: Iterable[Group]) -> Marks:
    """Give the marks of some units and months, some of them read by rank: three queries, however many there are."""
    named = set(units)
    places = placed(groups, named, months)
    whose = sorted(named | {place.neighbour for place in places.values() if place.neighbour})
    if not whose or not months:
        return Marks(attested=frozenset(), objections={})
    stood = await standing_for(work, whose, months)
    contested = await work.objections.matching({"unit": whose, "month": months, "status": [ObjectionStatus.OPEN]})
    objections = [filed.value for filed in contested]
    return Marks(
        attested=frozenset(place for place, attestation in stood.items() if attestation.holds),
        objections=Counter((one.unit, one.indicator, one.view, one.month) for one in objections),
        places=places,
    )


def _joined(
    rows: pl.DataFrame, keys: Sequence[str], more: Sequence[str], known: Sequence[tuple[str | None, ...]]
) -> pl.DataFrame:
    frame = pl.DataFrame(known, schema=dict.fromkeys((*keys, *more), pl.String), orient="row")
    return rows.join(frame, on=keys, how="left", maintain_order="left")
