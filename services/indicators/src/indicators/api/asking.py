"""What may be asked of readings and observations: units and who is beside them, months, points in time, groups."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from chassis.wire import Instant, MonthText
from domain.indicator import FEDERAL
from domain.period import View
from domain.ranking import LAST_RANK
from fastapi import Depends, Query

from indicators.api.given import Units
from indicators.api.groups import OfGroup
from indicators.api.moments import AtMoment, KnownAt, one_of
from indicators.usecases.asking_errors import NeighboursOfNobody, NobodyAsked
from indicators.usecases.chosen import ChosenSet
from indicators.usecases.observing import Observed
from indicators.usecases.plan import Asked
from indicators.usecases.reading_errors import Contradictory

Codes = Annotated[list[str] | None, Query(alias="unit", description="unit codes", max_length=1000)]
Sets = Annotated[
    list[str] | None,
    Query(
        alias="set",
        description="chosen units summed: `name:code,code`; shown as the unit `set:name`",
        max_length=100,
        examples=[["nord:05158004,05158008"]],
    ),
]
Groups = Annotated[
    list[str] | None,
    Query(
        alias="comparison_group",
        description="comparison groups summed by who is in them in the month of the figure: `name`, or `scheme:name`; "
        "shown as the unit `group:name`",
        max_length=100,
        examples=[["IIIe"]],
    ),
]
NeighboursOf = Annotated[
    list[str] | None,
    Query(
        description="the nearest neighbours that units have in the month of the figure: summed, shown as the unit "
        "`neighbours:36402`, and each by rank, shown as the unit `neighbours:36402#01` with `neighbour` and `rank`",
        max_length=100,
        examples=[["36402"]],
    ),
]
Nearest = Annotated[
    int | None,
    Query(
        alias="neighbours", description="up to which rank `neighbours_of` are read", ge=1, le=LAST_RANK, examples=[5]
    ),
]
Indicators = Annotated[list[str], Query(alias="indicator", description="indicator codes", min_length=1, max_length=200)]
Views = Annotated[list[View] | None, Query(alias="view", description="views; each indicator's own where none is given")]
Variant = Annotated[str, Query(description="the definition's variant", max_length=60, examples=["ordinance"])]
From = Annotated[MonthText, Query(alias="from", description="first month")]
To = Annotated[MonthText, Query(alias="to", description="last month, inclusive")]
Variables = Annotated[list[str], Query(alias="variable", description="variable codes", min_length=1, max_length=200)]
History = Annotated[bool | None, Query(description="everything it ever was, not only the newest")]
SdmxHistory = Annotated[bool | None, Query(alias="includeHistory", description="SDMX's name of `include_history`")]
After = Annotated[Instant | None, Query(description="only what became known behind this instant, withdrawals too")]
SdmxAfter = Annotated[Instant | None, Query(alias="updatedAfter", description="SDMX's name of `updated_after`")]


def _since(given: datetime | None, alias: datetime | None, as_of: datetime | None) -> datetime | None:
    since = one_of(given, alias, "updated_after", "updatedAfter")
    if as_of and since and since >= as_of:
        raise Contradictory(one="updated_after", other="as_of")
    return since


def _must_stand_alone(others: Mapping[str, object]) -> None:
    for name, given in others.items():
        if given:
            raise Contradictory(one=name, other="with_dry_run")


async def _readings(
    indicators: Indicators,
    first: From,
    last: To,
    moment: AtMoment,
    dimensions: OfGroup,
    units: Codes = None,
    sets: Sets = None,
    groups: Groups = None,
    neighbours_of: NeighboursOf = None,
    nearest: Nearest = None,
    views: Views = None,
    variant: Variant = FEDERAL,
    updated_after: After = None,
    sdmx_after: SdmxAfter = None,
    include_history: History = None,
    sdmx_history: SdmxHistory = None,
) -> Asked:
    if nearest and not neighbours_of:
        raise NeighboursOfNobody(nearest)
    if not (units or sets or groups or neighbours_of):
        raise NobodyAsked
    start, end = moment.months(first, last)
    since = _since(updated_after, sdmx_after, moment.as_of)
    history = bool(one_of(include_history, sdmx_history, "include_history", "includeHistory"))
    if moment.dry_run:
        beside = {"comparison_group": groups, "neighbours_of": neighbours_of}
        _must_stand_alone({"updated_after": since, "include_history": history, **beside})
    return Asked(
        units=units or (),
        sets=[ChosenSet.parse(text) for text in sets or ()],
        groups=groups or (),
        neighbours_of=neighbours_of or (),
        nearest=nearest or LAST_RANK,
        indicators=indicators,
        views=views or (),
        first=start,
        last=end,
        as_of=moment.as_of,
        dimensions=dimensions,
        dry_run=moment.dry_run,
        variant=variant,
        updated_after=since,
        history=history,
    )


WantedReadings = Annotated[Asked, Depends(_readings)]


async def _observations(
    units: Units,
    variables: Variables,
    first: From,
    last: To,
    moment: KnownAt,
    include_history: History = None,
    sdmx_history: SdmxHistory = None,
    updated_after: After = None,
    sdmx_after: SdmxAfter = None,
) -> Observed:
    start, end = moment.months(first, last)
    return Observed(
        units=units,
        variables=variables,
        first=start,
        last=end,
        as_of=moment.as_of,
        history=bool(one_of(include_history, sdmx_history, "include_history", "includeHistory")),
        updated_after=_since(updated_after, sdmx_after, moment.as_of),
    )


WantedObservations = Annotated[Observed, Depends(_observations)]
