"""What was agreed besides: the ministry's agreement with the district in 2012, Münster's goals across its offices."""

from typing import Any

import yaml

from demonstration.acting import Stage
from demonstration.signing import ENDED, in_force
from demonstration.units import DATA

CITY = "05515"


def read(name: str) -> dict[str, Any]:
    """Read a file of the demonstration's data."""
    told: dict[str, Any] = yaml.safe_load((DATA / name).read_text("utf-8"))
    return told


def agreement_of_2012() -> dict[str, Any]:
    """Give the request that drafts the agreement of 2012."""
    body: dict[str, Any] = read("mettmann_2012_agreement.yaml")["agreement"]
    return body


def goals_of_muenster() -> dict[str, Any]:
    """Give the request that drafts Münster's goals."""
    body: dict[str, Any] = read("muenster_2012_goals.yaml")["agreement"]
    return body


def city() -> dict[str, Any]:
    """Give Münster with its offices, as they are loaded."""
    units = read("muenster_2012_goals.yaml")["units"]
    relations = [{"kind": "part_of", "source": unit["code"], "target": CITY} for unit in units if unit["code"] != CITY]
    return {"units": units, "relations": relations}


async def play(stage: Stage) -> None:
    """Bring 2012 into force; leave Münster's goals as the concept they are."""
    await stage.acting("operator").send(f"{stage.at.agreements}/v1/units", city())
    base = f"{stage.at.agreements}/v1/agreements"
    for body, signs in ((agreement_of_2012(), True), (goals_of_muenster(), False)):
        party = body["parties"][-1]["unit"]
        lead = stage.acting("unit_lead", party)
        listed = await lead.items(f"{base}?unit={party}&year={body['year']}")
        known = [one for one in listed if one["status"] not in ENDED]
        told = await lead.ask(f"{base}/{known[0]['id']}") if known else await lead.send(base, body)
        if signs:
            told = await in_force(stage, told)
        stage.say(f"{told['title']}: {len(told['goals'])} goals, {told['status']}")
