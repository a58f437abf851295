"""The agreement of 2014 on its way from draft into force, with what its parties declared."""

from demonstration import agreement
from demonstration.acting import Stage, Told
from demonstration.units import DISTRICT, JOBCENTER

DECLARED = (
    ("debt_counselling_agreements", DISTRICT, "done", "2014-09-30", "Vereinbarungen sind aktualisiert"),
    ("psychosocial_agreements_check", JOBCENTER, "done", "2014-10-15", "Prüfung ist abgeschlossen"),
    ("services_made_known", JOBCENTER, "better", "2014-11-10", "Alle Integrationsfachkräfte sind informiert"),
    ("child_care_places", JOBCENTER, "same", "2014-11-10", "Unverändert zum Vorjahr"),
)
EVIDENCE = "Nachweis_2014.zip"
ENDED = ("withdrawn", "declined", "closed")


async def play(stage: Stage) -> dict[str, bytes]:
    """Draft the agreement unless it is there, and take every step that is missing; give its files."""
    base, district = f"{stage.at.agreements}/v1/agreements", stage.acting("unit_lead", DISTRICT)
    known = [one for one in await district.items(f"{base}?unit={JOBCENTER}&year=2014") if one["status"] not in ENDED]
    told = await district.ask(f"{base}/{known[0]['id']}") if known else await district.send(base, agreement.body())
    told = await in_force(stage, told)
    await _declare(stage, f"{base}/{told['id']}")
    stage.say(f"agreement: {len(told['goals'])} goals, signed by {len(told['signatures'])} parties, in force")
    return await evidence(stage, told)


async def in_force(stage: Stage, told: Told) -> Told:
    """Do what the agreement waits for, as the party it waits for, until it is in force."""
    url = f"{stage.at.agreements}/v1/agreements/{told['id']}"
    while told["status"] != "in_force":
        told = await _advanced(stage, url, told)
    return told


async def _advanced(stage: Stage, url: str, told: Told) -> Told:
    move = {"draft": "propose", "proposed": "agree", "agreed": "sign", "signed": "activate"}[told["status"]]
    if move == "sign":
        party = told["unsigned"][0]
        signatory = stage.acting("unit_lead", party)
        revision = await signatory.ask(f"{url}/revisions/{told['revision']}")
        signed = {"party": party, "revision": told["revision"], "digest": revision["digest"]}
        await signatory.send(f"{url}/signatures", signed)
        return await signatory.ask(url)
    party = told["awaited"][0] if move == "agree" else told["parties"][-1]["unit"]
    sent = {"transition": move, "party": party, "revision": told["revision"]}
    return await stage.acting("unit_lead", party).send(f"{url}/transitions", sent, version=told["version"])


async def evidence(stage: Stage, told: Told) -> dict[str, bytes]:
    """Fetch the document and the evidence of a signed agreement, by file names."""
    url, district = f"{stage.at.agreements}/v1/agreements/{told['id']}", stage.acting("unit_lead", DISTRICT)
    return {
        "Zielvereinbarung_2014.pdf": (await district.get(f"{url}/document", "application/pdf")).content,
        EVIDENCE: (await district.get(f"{url}/evidence", "application/zip")).content,
    }


async def _declare(stage: Stage, url: str) -> None:
    known = await stage.acting("unit_lead", DISTRICT).items(f"{url}/declarations")
    for goal, party, kind, on, narrative in DECLARED[len(known) :]:
        sent = {"kind": kind, "on": on, "party": party, "narrative": narrative}
        await stage.acting("unit_lead", party).send(f"{url}/goals/{goal}/declarations", sent)
