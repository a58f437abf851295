"""Asking which indicators there are, before a transaction holds the agreement whose goals name them."""

from datetime import MAXYEAR

from domain.agreement import Revision
from domain.finding import Finding
from domain.identity import AgreementId
from domain.known_indicators import Defined, misnamed, naming, unchecked

from agreements.ports import Ports


async def indicators_for(ports: Ports, id: AgreementId) -> Defined | None:
    """
    Give the indicators that are defined, so far as the goals of an agreement need it; None where nobody tells.

    Definitions are never taken away, but they may end: it is asked anew where what was told last speaks against a
    goal, an end in whatever year included, and where it was told a while ago.
    """
    async with ports.look(None) as work:
        goals = tuple(await work.goals.of(id))
    told = ports.indicators.told()
    if any(misnamed(goals, MAXYEAR, told)):
        return await ports.indicators.ask()
    anew = await ports.indicators.ask() if naming(goals) and ports.indicators.aged() else None
    return told if anew is None else anew


def of_indicators(revision: Revision, defined: Defined | None) -> list[Finding]:
    """Check the indicators of a revision's goals; where nobody told what there is, note that."""
    if defined is not None:
        return list(misnamed(revision.goals, revision.year, defined))
    return [unchecked()] if naming(revision.goals) else []
