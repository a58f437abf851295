"""Whose figure is meant by the code a list shows it under."""

from dataclasses import dataclass, replace

from domain.identity import UnitCode

from indicators.usecases import chosen, comparing, neighbouring
from indicators.usecases.asking_errors import MembersNotSaid, NeighboursOfNobody
from indicators.usecases.chosen import ChosenSet
from indicators.usecases.plan import Asked
from indicators.usecases.reading_errors import Contradictory


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One figure that is to be explained: its code as lists show it, and the question of which it is an answer."""

    code: UnitCode
    asked: Asked


def wanted(code: str, asked: Asked, members: ChosenSet | None, nearest: int | None) -> Wanted:
    """Ask for the figure of a unit, a set of these members, a comparison group, or neighbours up to a rank."""
    if code.startswith(chosen.SIGN) != (members is not None) or (members and members.code != code):
        raise MembersNotSaid(code)
    if nearest and not code.startswith(neighbouring.SIGN):
        raise NeighboursOfNobody(nearest)
    if asked.dry_run and code.startswith((comparing.SIGN, neighbouring.SIGN)):
        raise Contradictory(one=code, other="with_dry_run")
    return Wanted(code=UnitCode(code), asked=_of(code, asked, members, nearest))


def _of(code: str, asked: Asked, members: ChosenSet | None, nearest: int | None) -> Asked:
    if members:
        return replace(asked, sets=(members,))
    if code.startswith(comparing.SIGN):
        return replace(asked, groups=(code.removeprefix(comparing.SIGN),))
    if code.startswith(neighbouring.SIGN):
        unit = neighbouring.whose(code)
        return replace(asked, neighbours_of=(unit,), nearest=nearest or asked.nearest)
    return replace(asked, units=(code,))
