"""Where a unit lies, for what differs from Land to Land."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from domain.identity import UnitCode
from domain.unit import Units
from domain.unit_relation import Relation, RelationKind


class Places:
    """Finds where units lie: by their own AGS, else that of what they are part of, else that of who carries them."""

    def __init__(self, units: Units) -> None:
        """Look up in these units."""
        self._units = units
        self._above: dict[UnitCode, list[tuple[UnitCode, Relation]]] = defaultdict(list)
        for kind in (RelationKind.PART_OF, RelationKind.CARRIES):
            for relation in units.relations:
                if relation.kind is kind:
                    ends = (relation.source, relation.target)
                    below, above = ends if kind is RelationKind.PART_OF else (ends[1], ends[0])
                    self._above[below].append((above, relation))

    def of(self, code: UnitCode, on: date) -> str:
        """Give the AGS that a unit goes by on a day; "" where nothing tells."""
        return next(self._told(code, on), "")

    def _told(self, code: UnitCode, on: date) -> Iterator[str]:
        met: set[UnitCode] = set()
        waiting = [code]
        while waiting:
            nearest = waiting.pop(0)
            if nearest not in met:
                met.add(nearest)
                unit = self._units.units.get(nearest)
                if unit is not None and unit.ags:
                    yield unit.ags
                waiting += [above for above, relation in self._above.get(nearest, ()) if relation.valid_on(on)]
