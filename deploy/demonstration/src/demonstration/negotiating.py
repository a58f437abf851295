"""The round for 2015 in negotiation: an offer below its corridor, a proposal against it, an unresolved point."""

from demonstration import agreement
from demonstration.acting import Stage, Told
from demonstration.units import JOBCENTER

AGENCY, YEAR, BOARD = "AA-METTMANN", 2015, "traegerversammlung"
OFFERED, REFERENCE = "20.1", "21.0"
VALUES = f"""unit,indicator,direction,value,low,high,basis
{JOBCENTER},K2,at_least,{REFERENCE},20.4,21.6,erzeugt
{JOBCENTER},long_term_recipients_stock,at_most,17000,16800,17300,erzeugt
"""
JUSTIFICATION = "Zwei große Arbeitgeber schließen ihre Standorte zur Jahresmitte (erzeugtes Beispiel)"


async def play(stage: Stage) -> None:
    """Go as far into the negotiation as it is not yet gone."""
    planned = await _round(stage)
    offer = await _offer(stage, f"{stage.at.agreements}/v1/planning-rounds/{planned['id']}")
    stage.say(f"round {YEAR}: offer {offer['value']} is {offer['position']} its corridor, {offer['status']}")
    told = await _proposed(stage, planned)
    await _counter(stage, told)
    point = await _escalate(stage, told)
    stage.say(f"agreement {YEAR}: {told['status']}, one proposal, '{point['raised']['subject']}' waits for a decision")


async def _round(stage: Stage) -> Told:
    base, agency = f"{stage.at.agreements}/v1/planning-rounds", stage.acting("supervisor", AGENCY)
    known = await agency.items(f"{base}?year={YEAR}&lead={AGENCY}")
    sent = {"year": YEAR, "lead": AGENCY, "title": f"Planungsrunde {YEAR}", "budget_law_on": "2014-12-18"}
    told = known[0] if known else await agency.send(f"{base}?calendar=muenster", sent)
    if told["phase"] == "reference_values":
        await agency.upload(f"{base}/{told['id']}/reference-values", VALUES)
        move = {"transition": "advance"}
        told = await agency.send(f"{base}/{told['id']}/transitions", move, version=told["version"])
    return told


async def _offer(stage: Stage, url: str) -> Told:
    jobcenter = stage.acting("unit_lead", JOBCENTER)
    known = await jobcenter.items(f"{url}/offers")
    sent = {"unit": JOBCENTER, "indicator": "K2", "value": OFFERED, "justification": JUSTIFICATION}
    return known[0] if known else await jobcenter.send(f"{url}/offers", sent)


async def _proposed(stage: Stage, planned: Told) -> Told:
    base, jobcenter = f"{stage.at.agreements}/v1/agreements", stage.acting("unit_lead", JOBCENTER)
    known = await jobcenter.items(f"{base}?unit={JOBCENTER}&year={YEAR}")
    told = await jobcenter.ask(f"{base}/{known[0]['id']}") if known else await jobcenter.send(base, _draft(planned))
    if told["status"] == "draft":
        move = {"transition": "propose", "party": JOBCENTER, "revision": told["revision"]}
        told = await jobcenter.send(f"{base}/{told['id']}/transitions", move, version=told["version"])
    return told


def _draft(planned: Told) -> Told:
    body = agreement.body()
    goals = [{**goal, "target": OFFERED} if goal["code"] == "integration" else goal for goal in body["goals"]]
    dates = {"valid_from": f"{YEAR}-01-01", "valid_until": f"{YEAR + 1}-01-01"}
    named = {"title": f"Zielvereinbarung {YEAR}", "year": YEAR, "round": planned["id"], "planning_basis": None}
    return {**body, **dates, **named, "goals": [goal for goal in goals if goal["section"] == "I"]}


async def _counter(stage: Stage, told: Told) -> None:
    url, agency = f"{stage.at.agreements}/v1/agreements/{told['id']}/proposals", stage.acting("unit_lead", AGENCY)
    if not await agency.items(url):
        goal = next(goal for goal in told["goals"] if goal["code"] == "integration")
        sent = {
            "party": AGENCY,
            "revision": told["revision"],
            "reason": "Referenzwert",
            "put": [{**goal, "target": REFERENCE}],
        }
        await agency.send(url, sent)


async def _escalate(stage: Stage, told: Told) -> Told:
    base = f"{stage.at.agreements}/v1"
    operator = stage.acting("operator")
    if BOARD not in {body["code"] for body in await operator.items(f"{base}/bodies?unit={JOBCENTER}")}:
        seat = {"code": BOARD, "name": "Trägerversammlung", "kind": "carrier_assembly", "unit": JOBCENTER}
        await operator.send(f"{base}/bodies", seat)
    url, office = f"{base}/agreements/{told['id']}/escalations", stage.acting("office", JOBCENTER)
    known = await office.items(url)
    positions = [
        {"unit": JOBCENTER, "text": f"{OFFERED} % ist das Äußerste"},
        {"unit": AGENCY, "text": f"{REFERENCE} % entspricht dem Referenzwert"},
    ]
    raised = {"subject": "Integrationsquote", "body": BOARD, "goal": "integration", "positions": positions}
    return known[0] if known else await office.send(url, raised)
