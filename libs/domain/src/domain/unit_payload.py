"""The tree of units as a JSON document, the form in which services keep copies of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.identity import UnitCode
from domain.responsibility import Scope
from domain.unit import Designation, Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind

Entry = Mapping[str, Any]
Tree = Mapping[str, Sequence[Entry]]


def payload_of(units: Units) -> Tree:
    """Write units and relations."""
    return {
        "units": [_unit_entry(units.units[code]) for code in sorted(units.units)],
        "relations": [_relation_entry(relation) for relation in units.relations],
    }


def units_from(payload: Tree) -> Units:
    """Read units and relations back; members that are not known here are left alone."""
    return Units.of(map(_unit, payload["units"]), map(_relation, payload["relations"]))


def _unit_entry(unit: Unit) -> Entry:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "ags": unit.ags,
        "valid_from": _text(unit.valid_from),
        "valid_until": _text(unit.valid_until),
        "earlier": [{"name": d.name, "kind": d.kind.value, "until": d.until.isoformat()} for d in unit.earlier],
    }


def _relation_entry(relation: Relation) -> Entry:
    return {
        "kind": relation.kind.value,
        "source": relation.source,
        "target": relation.target,
        "scope": relation.scope.value if relation.scope else None,
        "valid_from": _text(relation.valid_from),
        "valid_until": _text(relation.valid_until),
    }


def _unit(entry: Entry) -> Unit:
    return Unit(
        code=UnitCode(str(entry["code"])),
        name=str(entry["name"]),
        kind=UnitKind(str(entry["kind"])),
        ags=entry["ags"],
        valid_from=_day(entry["valid_from"]),
        valid_until=_day(entry["valid_until"]),
        earlier=tuple(
            Designation(name=d["name"], kind=UnitKind(d["kind"]), until=date.fromisoformat(d["until"]))
            for d in entry.get("earlier", ())
        ),
    )


def _relation(entry: Entry) -> Relation:
    scope = entry["scope"]
    return Relation(
        kind=RelationKind(str(entry["kind"])),
        source=UnitCode(str(entry["source"])),
        target=UnitCode(str(entry["target"])),
        scope=Scope(scope) if scope else None,
        valid_from=_day(entry["valid_from"]),
        valid_until=_day(entry["valid_until"]),
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
