"""Nearest neighbours and units that exist for a while, in few words."""

from datetime import date

from domain.identity import UnitCode
from domain.nearest_neighbour import NearestNeighbour
from domain.unit import Unit, UnitKind, Units
from domain.validity import Validity

TURN = date(2014, 4, 1)


def a_neighbour(
    unit: str, rank: int, neighbour: str, *, since: date | None = None, until: date | None = None
) -> NearestNeighbour:
    """Give a neighbour of a unit at a rank."""
    return NearestNeighbour(
        unit=UnitCode(unit), rank=rank, neighbour=UnitCode(neighbour), valid_from=since, valid_until=until
    )


def living(*always: str, **dated: Validity) -> Units:
    """Give units that always exist, and some that exist for a while."""
    lives = dict.fromkeys(always, (None, None)) | dated
    return Units.of((a_jobcenter(code, *life) for code, life in lives.items()), [])


def a_jobcenter(code: str, since: date | None = None, until: date | None = None) -> Unit:
    """Give a jobcenter."""
    kind = UnitKind.JOBCENTER_MUNICIPAL
    return Unit(code=UnitCode(code), name=code, kind=kind, valid_from=since, valid_until=until)
