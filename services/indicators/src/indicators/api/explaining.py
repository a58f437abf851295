"""`/v1/readings/{unit}/{indicator}/{month}/why`: one figure down to its deliveries, under the code lists show it."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import Now
from chassis.paging import Cursor, key_of
from chassis.wire import MonthText
from domain.indicator import FEDERAL
from domain.period import View
from domain.ranking import LAST_RANK
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from indicators.api.asking import Variant
from indicators.api.digests import by_digest
from indicators.api.given import Given
from indicators.api.groups import OfGroup
from indicators.api.moments import AtMoment
from indicators.api.why_schemas import Labels, ReadingWhy, why_out
from indicators.ports import Ports
from indicators.usecases import catalogue, tracing
from indicators.usecases.chosen import ChosenSet
from indicators.usecases.plan import Asked
from indicators.usecases.whose import Wanted, wanted

router = APIRouter(tags=["readings"])
Whose = Annotated[
    str,
    Path(
        description="whose figure, as lists show it: `36402`, `set:nord` (with `set`), `group:IIIe`, "
        "`neighbours:36402`, `neighbours:36402%2301`"
    ),
]
Members = Annotated[
    str | None,
    Query(alias="set", description="who is in the set: `name:code,code`", examples=["nord:05158004,05158008"]),
]
Nearest = Annotated[
    int | None, Query(alias="neighbours", description="up to which rank neighbours are read", ge=1, le=LAST_RANK)
]
AtOnce = Annotated[int, Query(alias="limit", ge=1, le=100, description="how many members at the most")]
OneView = Annotated[View | None, Query(description="the indicator's own where none is given")]


async def _wanted(
    unit: Whose,
    indicator: Annotated[str, Path()],
    month: Annotated[MonthText, Path()],
    moment: AtMoment,
    dimensions: OfGroup,
    view: OneView = None,
    variant: Variant = FEDERAL,
    members: Members = None,
    nearest: Nearest = None,
) -> Wanted:
    first, last = moment.months(month, month)
    asked = Asked(
        units=(),
        indicators=(indicator,),
        views=(view,) if view else (),
        first=first,
        last=last,
        as_of=moment.as_of,
        dry_run=moment.dry_run,
        dimensions=dimensions,
        variant=variant,
    )
    return wanted(unit, asked, None if members is None else ChosenSet.parse(members), nearest)


@router.get("/v1/readings/{unit:path}/{indicator}/{month}/why", response_model=ReadingWhy)
async def explain_reading(
    request: Request,
    ports: Given,
    caller: Identified,
    now: Now,
    asked: Annotated[Wanted, Depends(_wanted)],
    limit: AtOnce = 100,
    cursor: Cursor = None,
) -> Response:
    """Trace one figure to its formula, members, observations and deliveries."""
    lineage = await tracing.why(ports, caller, asked, key_of(cursor, 2), limit, now)
    return by_digest(request, why_out(lineage, await _labels(ports, caller), asked.asked.dimensions))


async def _labels(ports: Ports, caller: Identified) -> tuple[Labels, Labels]:
    known = await catalogue.variables(ports, caller)
    return {str(c): v.label for c, v in known.items()}, {str(c): v.label_en for c, v in known.items()}
