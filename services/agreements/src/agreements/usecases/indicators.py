"""Asking which indicators there are, before a transaction holds the agreement whose goals name them."""

from domain.agreement import Revision
from domain.finding import Finding
from domain.identity import AgreementId
from domain.known_indicators import Defined, misnamed, naming, unchecked

from agreements.ports import Ports


async def indicators_for(ports: Ports, id: AgreementId) -> Defined | None:
    """
    Give the indicators that are defined, so far as the goals of an agreement need it; None where nobody tells.

    Definitions are never taken away: it is asked anew only where what was told last speaks against a goal.
    """
    async with ports.look(None) as work:
        goals = tuple(await work.goals.of(id))
    told = ports.indicators.told()
    return await ports.indicators.ask() if any(misnamed(goals, told)) else told


def of_indicators(revision: Revision, defined: Defined | None) -> list[Finding]:
    """Check the codes and units of a revision's goals; where nobody told what there is, note that."""
    if defined is not None:
        return list(misnamed(revision.goals, defined))
    return [unchecked()] if naming(revision.goals) else []
