"""The units of the demonstration: the parties and towns of the agreement, and the registers of all jobcenters."""

import csv
import io
from importlib.resources import files
from typing import Any

import yaml

DATA = files("demonstration") / "data"
JOBCENTER = "36402"
DISTRICT = "05158"
REGISTERS = ("2021-01-01", "2023-01-01", "2026-01-01")
FORMS = {"gE": "jobcenter_joint", "zkT": "jobcenter_municipal"}
Wire = dict[str, Any]


def source() -> Wire:
    """Read the agreement as data."""
    read: Wire = yaml.safe_load((DATA / "mettmann_2014_agreement.yaml").read_text("utf-8"))
    return read


def towns() -> list[Wire]:
    """List the towns of the district."""
    return [unit for unit in source()["units"] if unit["kind"] == "city"]


def agreed_units() -> list[Wire]:
    """List the units the agreement names."""
    return [_unit(unit) for unit in source()["units"]]


def register(day: str) -> list[Wire]:
    """List all jobcenters of the register as of a day."""
    named = {unit["code"]: unit["name"] for unit in source()["units"]}
    rows = csv.DictReader((DATA / f"jobcenters_{day[:4]}.csv").read_text("utf-8").splitlines())
    listed = [(row["traegernummer"], FORMS[row["form"]], row["jobcenter"]) for row in rows]
    return [{"code": code, "kind": kind, "name": named.get(code, f"Jobcenter {name}")} for code, kind, name in listed]


def successions() -> str:
    """Give the table of who succeeds whom between the registers."""
    return (DATA / "successions.csv").read_text("utf-8")


def table(rows: list[Wire]) -> str:
    """Write units as a table."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


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
