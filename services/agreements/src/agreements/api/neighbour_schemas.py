"""Nearest neighbours on the wire."""

from datetime import date

from chassis.wire import Sent, Told
from domain.codec import decode, encode
from domain.nearest_neighbour import NearestNeighbour
from domain.ranking import LAST_RANK, RankedAnew
from pydantic import Field

NEEDED = ("unit", "rank", "neighbour")
COLUMNS = (*NEEDED, "valid_from", "valid_until")


class _Placed(Sent):
    unit: str = Field(examples=["36402"])
    rank: int = Field(ge=1, le=LAST_RANK, examples=[1])
    neighbour: str = Field(examples=["37340"])


class NearestNeighbourIn(_Placed):
    """Who stands at which rank of a unit while valid (half-open); an open side lasts while both exist."""

    valid_from: date | None = None
    valid_until: date | None = None

    def value(self) -> NearestNeighbour:
        """Give the neighbour."""
        return decode(NearestNeighbour, self.model_dump(mode="json"))


class RankedIn(_Placed):
    """Who stands at which rank of a unit in a list as of a day."""

    def value(self, since: date) -> NearestNeighbour:
        """Give the neighbour from the day on."""
        return decode(NearestNeighbour, {**self.model_dump(mode="json"), "valid_from": since.isoformat()})


class NearestNeighboursIn(Sent):
    """Nearest neighbours, created or changed together; each is known by both units and the day it begins."""

    nearest_neighbours: list[NearestNeighbourIn] = Field(max_length=50_000)


class NearestNeighbourOut(Told):
    """Who stands at which rank of a unit while valid (half-open); an open side lasts while both exist."""

    unit: str
    rank: int
    neighbour: str
    valid_from: date | None
    valid_until: date | None


class NearestNeighbourPage(Told):
    """Nearest neighbours in the order of unit, beginning and rank."""

    items: list[NearestNeighbourOut]
    next: str | None


class RankingOut(Told):
    """What a list made of units' neighbours; `taken_out` had begun on its very day and is not in it any more."""

    begun: int
    ended: int
    taken_out: int
    unchanged: int


def neighbour_out(one: NearestNeighbour) -> NearestNeighbourOut:
    """Tell a neighbour."""
    return NearestNeighbourOut.model_validate(encode(one))


def ranking_out(anew: RankedAnew) -> RankingOut:
    """Tell what became of neighbours."""
    return RankingOut(begun=len(anew.begun), ended=len(anew.ended), taken_out=len(anew.gone), unchanged=anew.unchanged)
