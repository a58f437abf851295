"""The tree of units most tests work with: the agreement's units and every jobcenter of the newest register."""

from typing import Any

from demonstration.units import REGISTERS, agreed_units, all_relations, register


def all_units() -> list[dict[str, Any]]:
    """List the agreement's units and all other jobcenters, once each."""
    named = {unit["code"]: unit for unit in (*register(REGISTERS[-1]), *agreed_units())}
    return [named[code] for code in sorted(named)]


def tree() -> dict[str, Any]:
    """Give units and relations as they are sent."""
    return {"units": all_units(), "relations": all_relations()}
