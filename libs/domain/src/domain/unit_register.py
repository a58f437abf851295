"""Registers of units as of a day, as authorities publish them: each is a state of one tree."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.errors import Invalid, Text
from domain.identity import UnitCode
from domain.unit import ChangeOutOfOrder, Unit, UnitKind, Units
from domain.unit_relation import RelationKind


@dataclass(eq=False)
class RegisterInconsistent(Invalid):
    """A register lists every unit once, and only the kinds it is complete for."""

    title_de = "Ein Register führt jede Einheit einmal und nur die Arten, für die es vollständig ist."
    says = Text(
        "'{code}' stands twice, or the register is not said to be complete for {kind}",
        "„{code}“ steht doppelt, oder das Register gilt nicht als vollständig für {kind}",
    )

    code: str
    kind: UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexplained:
    """A unit that is no longer listed and that nobody succeeds; `alike` is a new one of the same name and kind."""

    code: UnitCode
    name: str
    alike: UnitCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a register makes of a tree: the units that change, and what happened to them."""

    units: tuple[Unit, ...]
    unchanged: int
    begun: tuple[UnitCode, ...]
    renamed: tuple[UnitCode, ...]
    ended: tuple[UnitCode, ...]
    unexplained: tuple[Unexplained, ...]


def state_of(tree: Units, listed: Sequence[Unit], kinds: Collection[UnitKind], as_of: date) -> State:
    """
    Take a whole register of some kinds over, as of a day.

    Units that appear begin on the day (the first register of its kinds says nothing of beginnings); units that are
    listed no longer end on it; other names and kinds hold from it. The same register again changes nothing. Fails
    with `ChangeOutOfOrder` where a later change is known or an ended unit appears again, with `RegisterInconsistent`
    where a unit is listed twice or is of another kind than the register is complete for.
    """
    _must_be_consistent(listed, kinds)
    known = {code: unit for code, unit in tree.units.items() if unit.kind in kinds}
    start = as_of if known else None
    changed = [_listed(tree.units.get(unit.code), unit, as_of, start) for unit in listed]
    codes = {unit.code for unit in listed}
    gone = [unit for code, unit in known.items() if code not in codes and unit.valid_on(as_of)]
    ended = [_ended(unit, as_of) for unit in gone]
    begun = [unit for unit in changed if unit.code not in tree.units]
    units = tuple(unit for unit in (*changed, *ended) if tree.units.get(unit.code) != unit)
    return State(
        units=units,
        unchanged=len(changed) + len(ended) - len(units),
        begun=tuple(unit.code for unit in begun),
        renamed=tuple(unit.code for unit in changed if _other(tree.units.get(unit.code), unit)),
        ended=tuple(unit.code for unit in ended),
        unexplained=tuple(_unexplained(tree, ended, begun)),
    )


def _must_be_consistent(listed: Sequence[Unit], kinds: Collection[UnitKind]) -> None:
    codes: set[UnitCode] = set()
    for unit in listed:
        if unit.code in codes or unit.kind not in kinds:
            raise RegisterInconsistent(unit.code, unit.kind)
        codes.add(unit.code)


def _listed(known: Unit | None, unit: Unit, as_of: date, start: date | None) -> Unit:
    if known is None:
        return replace(unit, valid_from=start)
    if not known.valid_on(as_of):
        raise ChangeOutOfOrder(unit.code, as_of.isoformat())
    if not _other(known.on(as_of), unit):
        return known
    return known.renamed(unit.name, unit.kind, as_of)


def _ended(unit: Unit, as_of: date) -> Unit:
    if unit.valid_from == as_of or any(as_of < designation.until for designation in unit.earlier):
        raise ChangeOutOfOrder(unit.code, as_of.isoformat())
    return replace(unit, valid_until=as_of)


def _other(known: Unit | None, unit: Unit) -> bool:
    return known is not None and (known.name, known.kind) != (unit.name, unit.kind)


def _unexplained(tree: Units, ended: Sequence[Unit], begun: Sequence[Unit]) -> Iterator[Unexplained]:
    succeeded = {relation.target for relation in tree.relations if relation.kind is RelationKind.SUCCEEDS}
    alike = {(unit.name, unit.kind): unit.code for unit in begun}
    for unit in ended:
        if unit.code not in succeeded:
            yield Unexplained(code=unit.code, name=unit.name, alike=alike.get((unit.name, unit.kind)))
