"""Which goals a change of the catalogue touches: those judged by its indicators in the years that are compared."""

from collections.abc import Sequence

from chassis.caller import Reach
from domain.identity import IndicatorCode
from domain.indicator import FEDERAL
from domain.period import Month

from indicators.ports import Ports
from indicators.ports.agreed import AgreedGoal


async def goals_touched(
    ports: Ports, affected: Sequence[tuple[IndicatorCode, str]], first: Month, last: Month, reach: Reach
) -> Sequence[AgreedGoal] | None:
    """
    Ask for the goals of units within reach; None where the agreements service does not answer.

    Goals are judged by what the federal statistics compute: a change of another variant touches none.
    """
    codes = [code for code, variant in affected if variant == FEDERAL]
    if not codes:
        return []
    found = await ports.find_goals(codes, range(first.year, last.year + 1))
    if found is None or reach is None:
        return found
    return [goal for goal in found if goal.unit in reach]
