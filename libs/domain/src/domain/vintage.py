"""Vintages of a figure: what it came to from each instant on at which anything that it looks at was recorded."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.figures import Figures
from domain.identity import DeliveryId
from domain.observation import Key, Observation, as_known
from domain.reading import Reading
from domain.unit import Units

ReadAt = Callable[[Figures, datetime], Reading]
"""Read a figure by what is known at an instant."""
KeptBackAt = Callable[[datetime], AbstractSet[Key]]
"""Say what sources keep back at an instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """A figure as it was known from an instant on, and the deliveries that made it so."""

    reading: Reading
    recorded_at: datetime
    changed_by: frozenset[DeliveryId]


@dataclass(frozen=True, slots=True)
class Turn:
    """An instant at which a delivery told that a value is kept back, or took that back; it tells no value."""

    at: datetime
    delivery: DeliveryId


@dataclass(slots=True)
class _Knowledge:
    """What is known, as it grows from instant to instant; what nothing new is known of is not added up again."""

    units: Units
    kept_back_at: KeptBackAt
    _known: dict[Key, Observation] = field(default_factory=dict)
    _figures: Figures = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self._figures = Figures(self.units, self._known)

    def grow(self, told: Iterable[Observation]) -> None:
        """Take in what was recorded at the next instant."""
        news = as_known(told)
        self._known.update(news)
        self._figures.look_anew({(cell, month) for _, cell, month in news})

    def figures(self, at: datetime) -> Figures:
        """Give what is known by now to look at; all of it is looked at anew where something else is kept back."""
        kept_back = self.kept_back_at(at)
        if kept_back != self._figures.withheld:
            self._figures = Figures(self.units, self._known, kept_back)
        return self._figures


def vintages(
    observations: Iterable[Observation],
    turns: Iterable[Turn],
    units: Units,
    kept_back_at: KeptBackAt,
    read_at: ReadAt,
    behind: datetime | None = None,
) -> Iterator[Vintage]:
    """
    Give the vintages of a figure in their order, each another than the one before; only those behind an instant.

    The observations are all that it looks at. What time alone changes, from provisional to final, makes no vintage.
    """
    told: defaultdict[datetime, list[Observation]] = defaultdict(list)
    by: defaultdict[datetime, set[DeliveryId]] = defaultdict(set)
    for observation in observations:
        told[observation.recorded_at].append(observation)
        by[observation.recorded_at].add(observation.delivery)
    for turn in turns:
        by[turn.at].add(turn.delivery)
    knowledge = _Knowledge(units, kept_back_at)
    before, last = None, None
    for at in sorted(by):
        if behind is not None and at <= behind:
            knowledge.grow(told[at])
            before = at
            continue
        if before is not None:
            last, before = read_at(knowledge.figures(before), before), None
        knowledge.grow(told[at])
        reading = read_at(knowledge.figures(at), at)
        if last is None or replace(reading, state=last.state) != last:
            yield Vintage(reading=reading, recorded_at=at, changed_by=frozenset(by[at]))
        last = reading
