"""What may be asked of readings and observations: units and sets, groups, months, and points in time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from chassis.wire import Instant, MonthText
from domain.identity import DeliveryId
from domain.period import Month, View
from fastapi import Depends, Query

from indicators.api.given import AsOf, Units
from indicators.usecases.chosen import ChosenSet
from indicators.usecases.observing import Observed
from indicators.usecases.plan import Asked
from indicators.usecases.reading_errors import Contradictory, NobodyAsked

T = TypeVar("T")
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
Indicators = Annotated[list[str], Query(alias="indicator", description="indicator codes", min_length=1, max_length=200)]
Views = Annotated[list[View] | None, Query(alias="view", description="views; each indicator's own where none is given")]
From = Annotated[MonthText, Query(alias="from", description="first month")]
To = Annotated[MonthText, Query(alias="to", description="last month, inclusive")]
Variables = Annotated[list[str], Query(alias="variable", description="variable codes", min_length=1, max_length=200)]
History = Annotated[bool | None, Query(description="every revision, not only the newest")]
SdmxHistory = Annotated[bool | None, Query(alias="includeHistory", description="SDMX's name of `include_history`")]
After = Annotated[Instant | None, Query(description="only what became known behind this instant, withdrawals too")]
SdmxAfter = Annotated[Instant | None, Query(alias="updatedAfter", description="SDMX's name of `updated_after`")]
SdmxAsOf = Annotated[Instant | None, Query(alias="asOf", description="SDMX's name of `as_of`")]
DryRun = Annotated[UUID | None, Query(description="as if this dry run were kept: a delivery's id")]
Sex = Annotated[Literal["f", "m"] | None, Query(alias="dimension.sex", description="of women or men")]
AgeGroup = Annotated[
    Literal["under_25", "25_to_54", "55_plus"] | None, Query(alias="dimension.age_group", description="of an age group")
]
LoneParent = Annotated[
    Literal["yes", "no"] | None, Query(alias="dimension.lone_parent", description="of lone parents, or of others")
]
HouseholdType = Annotated[
    Literal["single", "lone_parent", "couple", "couple_with_children", "other"] | None,
    Query(alias="dimension.household_type", description="of a type of household"),
]
Instrument = Annotated[
    Literal["child_care", "debt_counselling", "psychosocial_care", "methadone_travel", "addiction_counselling"] | None,
    Query(alias="dimension.instrument", description="of an instrument"),
]
Dimensions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """The state of knowledge that is read: at an instant, or as if a dry run were kept."""

    as_of: datetime | None
    dry_run: DeliveryId | None


async def _as_of(as_of: AsOf = None, alias: SdmxAsOf = None) -> datetime | None:
    return _one(as_of, alias, "as_of", "asOf")


KnownAt = Annotated[datetime | None, Depends(_as_of)]


async def _moment(as_of: KnownAt, with_dry_run: DryRun = None) -> Moment:
    if as_of and with_dry_run:
        raise Contradictory(one="with_dry_run", other="as_of")
    return Moment(as_of, DeliveryId(with_dry_run) if with_dry_run else None)


AtMoment = Annotated[Moment, Depends(_moment)]


async def _dimensions(
    sex: Sex = None,
    age_group: AgeGroup = None,
    lone_parent: LoneParent = None,
    household_type: HouseholdType = None,
    instrument: Instrument = None,
) -> Dimensions:
    given = {
        "sex": sex,
        "age_group": age_group,
        "lone_parent": lone_parent,
        "household_type": household_type,
        "instrument": instrument,
    }
    return tuple((name, value) for name, value in given.items() if value)


OfGroup = Annotated[Dimensions, Depends(_dimensions)]


async def _readings(
    indicators: Indicators,
    first: From,
    last: To,
    moment: AtMoment,
    dimensions: OfGroup,
    units: Codes = None,
    sets: Sets = None,
    views: Views = None,
) -> Asked:
    if not (units or sets):
        raise NobodyAsked
    return Asked(
        units=units or (),
        sets=[ChosenSet.parse(text) for text in sets or ()],
        indicators=indicators,
        views=views or (),
        first=Month.parse(first),
        last=Month.parse(last),
        as_of=moment.as_of,
        dimensions=dimensions,
        dry_run=moment.dry_run,
    )


WantedReadings = Annotated[Asked, Depends(_readings)]


async def _observations(
    units: Units,
    variables: Variables,
    first: From,
    last: To,
    as_of: KnownAt,
    include_history: History = None,
    sdmx_history: SdmxHistory = None,
    updated_after: After = None,
    sdmx_after: SdmxAfter = None,
) -> Observed:
    since = _one(updated_after, sdmx_after, "updated_after", "updatedAfter")
    if as_of and since and since >= as_of:
        raise Contradictory(one="updated_after", other="as_of")
    return Observed(
        units=units,
        variables=variables,
        first=Month.parse(first),
        last=Month.parse(last),
        as_of=as_of,
        history=bool(_one(include_history, sdmx_history, "include_history", "includeHistory")),
        updated_after=since,
    )


WantedObservations = Annotated[Observed, Depends(_observations)]


def _one(given: T | None, alias: T | None, name: str, other: str) -> T | None:
    """Give what stands under either name; both must say the same."""
    if given is not None and alias is not None and given != alias:
        raise Contradictory(one=name, other=other)
    return alias if given is None else given
