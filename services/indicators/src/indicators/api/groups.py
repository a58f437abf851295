"""Of whom readings are asked: groups by dimension."""

from typing import Annotated, Literal

from domain.variable import CODE
from fastapi import Depends, Query

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
ProfileGroup = Annotated[
    Literal["market", "activation", "support", "development", "stabilisation", "assistance"] | None,
    Query(alias="dimension.profile_group", description="of a group of the integration profile"),
]
MeasureCode = Annotated[
    str | None, Query(alias="dimension.measure", pattern=f"^{CODE.pattern}$", description="of one measure, by its code")
]
Dimensions = tuple[tuple[str, str], ...]


async def _dimensions(
    sex: Sex = None,
    age_group: AgeGroup = None,
    lone_parent: LoneParent = None,
    household_type: HouseholdType = None,
    instrument: Instrument = None,
    profile_group: ProfileGroup = None,
    measure: MeasureCode = None,
) -> Dimensions:
    given = {
        "sex": sex,
        "age_group": age_group,
        "lone_parent": lone_parent,
        "household_type": household_type,
        "instrument": instrument,
        "profile_group": profile_group,
        "measure": measure,
    }
    return tuple((name, value) for name, value in given.items() if value)


OfGroup = Annotated[Dimensions, Depends(_dimensions)]
