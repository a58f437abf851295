"""Three registers of jobcenters become one tree over time; then come the units of the agreement."""

from demonstration.acting import Stage
from demonstration.units import REGISTERS, agreed_units, all_relations, register, successions, table

KINDS = "kind=jobcenter_joint&kind=jobcenter_municipal"


async def play(stage: Stage) -> None:
    """Load what is not known yet; the same again changes nothing."""
    operator, base = stage.acting("operator"), f"{stage.at.agreements}/v1"
    for day in REGISTERS:
        told = await operator.upload(f"{base}/units/registers?as_of={day}&{KINDS}", table(register(day)))
        changes = (len(told["begun"]), len(told["renamed"]), len(told["ended"]))
        stage.say("register {}: {} begun, {} renamed, {} ended".format(day, *changes))
    await operator.upload(f"{base}/unit-relations/table", successions())
    await operator.send(f"{base}/units", {"units": agreed_units(), "relations": all_relations()})
