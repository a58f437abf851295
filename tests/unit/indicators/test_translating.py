"""A sender's way of writing put into our words."""

import polars as pl
from domain.delivery import DeliveryKind
from domain.identity import UnitCode
from domain.profile import MappingProfile, UnitScheme
from domain.unit import Unit, UnitKind, Units
from indicators.usecases.translating import translated

HAGEN = Unit(code=UnitCode("JC-HAGEN"), name="Hagen", kind=UnitKind.JOBCENTER_JOINT, ags="05914000")


def test_who_names_units_by_their_official_key_names_towns_so_too() -> None:
    profile = MappingProfile(kind=DeliveryKind.CASE_RECORDS, units=UnitScheme.AGS)
    rows = pl.DataFrame({"unit": ["05914000"], "town": ["05914000"], "month": ["2014-11"]})
    told = translated(rows, profile, Units.of([HAGEN], []))
    assert told.select("unit", "town").row(0) == (HAGEN.code, HAGEN.code)
