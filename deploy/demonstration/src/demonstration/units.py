"""The units of the demonstration: the parties and towns of the agreement, and every jobcenter of the register."""

import csv
from importlib.resources import files
from typing import Any

import yaml

DATA = files("demonstration") / "data"
JOBCENTER = "36402"
DISTRICT = "05158"
FORMS = {"gE": "jobcenter_joint", "zkT": "jobcenter_municipal"}
Wire = dict[str, Any]


def source() -> Wire:
    """Read the agreement as data."""
    read: Wire = yaml.safe_load((DATA / "mettmann_2014_agreement.yaml").read_text("utf-8"))
    return read


def towns() -> list[Wire]:
    """List the towns of the district."""
    return [unit for unit in source()["units"] if unit["kind"] == "city"]


def all_units() -> list[Wire]:
    """List the agreement's units and all other jobcenters of the register, once each."""
    named = {unit["code"]: unit for unit in source()["units"]}
    register = (DATA / "jobcenters_2026.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(register):
        code, kind = row["traegernummer"], FORMS[row["form"]]
        named.setdefault(code, {"code": code, "kind": kind, "name": f"Jobcenter {row['jobcenter']}"})
    return [_unit(named[code]) for code in sorted(named)]


def all_relations() -> list[Wire]:
    """List who is part of, supervises or carries whom."""
    relations = []
    for relation in source()["relations"]:
        sources = [town["code"] for town in towns()] if relation["from"] == "each town" else [relation["from"]]
        scope = relation.get("scope")
        relations += [
            {"kind": relation["kind"], "source": code, "target": relation["to"], "scope": scope} for code in sources
        ]
    return relations


def _unit(unit: Wire) -> Wire:
    ags = unit.get("ags") or (unit["code"] if unit["kind"] == "city" else None)
    return {"code": unit["code"], "name": unit["name"], "kind": unit["kind"], "ags": ags}
