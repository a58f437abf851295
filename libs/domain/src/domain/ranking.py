"""Ranking nearest neighbours: what may stand beside one another, and ranking units anew from a day on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.errors import Invalid, Place, Text
from domain.identity import UnitCode
from domain.nearest_neighbour import NearestNeighbour
from domain.unit import Unit, Units
from domain.validity import Validity, common

LAST_RANK = 99
SHOWN = 1_000

Named = Mapping[str, NearestNeighbour]
"""What is sent, each by the place that names it."""
Entry = tuple[NearestNeighbour, str | None]
"""A neighbour and the place that names it; what is kept has none."""


@dataclass(eq=False)
class NeighboursDoNotFit(Invalid):
    """Nearest neighbours are other units of the same time, each under a rank of its own."""

    title_de = "Nächste Nachbarn sind andere Einheiten derselben Zeit, jede unter einem eigenen Rang."
    says = Text(
        "{shown} of {found} places are shown; nothing was kept",
        "gezeigt sind {shown} von {found} Stellen; gespeichert wurde nichts",
    )

    misfits: tuple[Place, ...]
    found: int = field(init=False)
    shown: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the places, and those that are told."""
        self.found = len(self.misfits)
        self.shown = min(self.found, SHOWN)

    def places(self) -> tuple[Place, ...]:
        """Name the places, as many as are shown."""
        return self.misfits[:SHOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedAnew:
    """What becomes of neighbours when units are ranked anew; `gone` had begun on that very day."""

    begun: tuple[NearestNeighbour, ...]
    ended: tuple[NearestNeighbour, ...]
    gone: tuple[NearestNeighbour, ...]
    unchanged: int


def misfits(sent: Named, known: Iterable[NearestNeighbour], units: Units) -> tuple[Place, ...]:
    """Find what does not fit of neighbours that are sent, by itself and beside others sent and known."""
    alone = (place for at, one in sent.items() for place in _alone(at, one, units))
    return (*alone, *_beside(sent, known))


def ranked_anew(listed: Named, known: Iterable[NearestNeighbour], units: Units, day: date) -> RankedAnew:
    """Rank units anew: from the day on each has whom the list names and nobody else; refuse what does not fit."""
    named = {one.unit for one in listed.values()}
    kept = [one for one in known if one.unit in named]
    found = misfits(listed, (one for one in kept if not one.valid_on(day)), units)
    if found:
        raise NeighboursDoNotFit(found)
    wanted = {one.placing for one in listed.values()}
    held = [one for one in kept if one.valid_on(day)]
    staying = {one.placing for one in held if one.placing in wanted and one.valid_until is None}
    begun = tuple(one for one in listed.values() if one.placing not in staying)
    over, renewed = [one for one in held if one.placing not in staying], {one.key for one in begun}
    return RankedAnew(
        begun=begun,
        ended=tuple(replace(one, valid_until=day) for one in over if one.begins != day),
        gone=tuple(one for one in over if one.begins == day and one.key not in renewed),
        unchanged=len(staying),
    )


def _alone(at: str, one: NearestNeighbour, units: Units) -> Iterator[Place]:
    if one.unit == one.neighbour:
        text = Text("a unit is no neighbour of its own", "eine Einheit ist nicht ihr eigener Nachbar")
        yield Place(pointer=f"{at}/neighbour", code="own_neighbour", detail=text)
    if not 1 <= one.rank <= LAST_RANK:
        text = Text(f"a rank is 1 to {LAST_RANK}", f"ein Rang ist 1 bis {LAST_RANK}")
        yield Place(pointer=f"{at}/rank", code="rank_out_of_range", detail=text)
    unit, neighbour = units.get(one.unit), units.get(one.neighbour)
    outside = [(side, whose) for side, whose in (("unit", unit), ("neighbour", neighbour)) if not _lives(whose, one)]
    if not outside and common(one.validity, unit.validity, neighbour.validity) is None:
        outside = [("neighbour", neighbour)]
    for side, whose in outside:
        text = Text(
            f"'{whose.code}' exists {_days(whose.validity).en}; keep to that",
            f"„{whose.code}“ besteht {_days(whose.validity).de}; bleiben Sie in dieser Zeit",
        )
        yield Place(pointer=f"{at}/{side}", code="not_there_then", detail=text)


def _lives(unit: Unit, one: NearestNeighbour) -> bool:
    """Say whether a unit exists within the days that are given; an open side gives none."""
    shared = common(one.validity, unit.validity)
    return shared is not None and one.valid_from in (None, shared[0]) and one.valid_until in (None, shared[1])


def _beside(sent: Named, known: Iterable[NearestNeighbour]) -> Iterator[Place]:
    """Go through each unit's neighbours as they begin, and hold each against whom it may take the place of."""
    units, renewed = {one.unit for one in sent.values()}, {one.key for one in sent.values()}
    entries: list[Entry] = [(one, None) for one in known if one.unit in units and one.key not in renewed]
    entries += [(one, at) for at, one in sent.items()]
    longest: dict[tuple[UnitCode, str, object], Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry[0].begins):
        for side, value in (("neighbour", entry[0].neighbour), ("rank", entry[0].rank)):
            key = (entry[0].unit, side, value)
            if key in longest:
                yield from _clash(side, longest[key], entry)
            if key not in longest or _end(entry[0]) > _end(longest[key][0]):
                longest[key] = entry


def _clash(side: str, before: Entry, after: Entry) -> Iterator[Place]:
    """Tell who stands in the way, at what was sent; that a neighbour is named twice is told once."""
    (earlier, its_place), (later, at) = before, after
    place = at or its_place
    told = side == "neighbour" or earlier.neighbour != later.neighbour
    if place and told and common(earlier.validity, later.validity):
        yield _taken(place, side, earlier if at else later)


def _taken(place: str, side: str, other: NearestNeighbour) -> Place:
    days, code = _days(other.validity), "rank_taken" if side == "rank" else "neighbour_twice"
    text = Text(
        f"'{other.neighbour}' has rank {other.rank} {days.en}; end that first, or take another {side}",
        f"„{other.neighbour}“ hat Rang {other.rank} {days.de}; beenden Sie dies zuerst, oder nennen Sie anderes",
    )
    return Place(pointer=f"{place}/{side}", code=code, detail=text)


def _end(one: NearestNeighbour) -> date:
    return one.valid_until or date.max


def _days(validity: Validity) -> Text:
    first, after = (day.isoformat() if day else "…" for day in validity)
    return Text(f"from {first} to before {after}", f"von {first} bis vor {after}")
