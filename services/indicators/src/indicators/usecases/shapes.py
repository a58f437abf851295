"""Which columns the rows of each kind of delivery have."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.delivery import DeliveryKind
from domain.errors import Text
from domain.variable import DIMENSIONS

from indicators.ports.delivered import Shape
from indicators.records.columns import INSURED
from indicators.records.intake import BENEFITS, OPTIONAL, RECORD_COLUMNS
from indicators.usecases.errors import FileUnreadable
from indicators.usecases.statuses import SAID

OBSERVATIONS = Shape(
    needed=("unit", "variable", "month", "value"),
    optional=(*DIMENSIONS, SAID),
    numbers=("value",),
    synonyms={
        "einheit": "unit",
        "jobcenter": "unit",
        "unit_code": "unit",
        "größe": "variable",
        "groesse": "variable",
        "merkmal": "variable",
        "monat": "month",
        "berichtsmonat": "month",
        "time_period": "month",
        "period": "month",
        "wert": "value",
        "obs_value": "value",
        "geschlecht": "sex",
        "altersgruppe": "age_group",
        "alleinerziehend": "lone_parent",
        "haushaltstyp": "household_type",
        "bg_typ": "household_type",
        "leistung": "instrument",
        "datenstand": "status",
        "obs_status": "status",
    },
)
"""The columns of rows of values, and what German and SDMX headers call them."""
PLACE = {"einheit": "unit", "jobcenter": "unit", "monat": "month", "berichtsmonat": "month", "pseudonym": "person"}
RECORDS = Shape(
    needed=tuple(name for name in RECORD_COLUMNS if name not in OPTIONAL),
    optional=OPTIONAL,
    numbers=BENEFITS,
    synonyms={
        **PLACE,
        "gemeinde": "town",
        "geschlecht": "sex",
        "geburtsjahr": "birth_year",
        "haushaltstyp": "household_type",
        "elb_tage": "elb_days",
    },
)
"""The columns of case records: a person in a month."""
FOLLOW_UPS = Shape(needed=("unit", "person", "month"), optional=tuple(INSURED), synonyms=PLACE)
"""The columns of follow-ups: whether a person was insured in the months after an integration."""
SHAPES: Mapping[DeliveryKind, Shape] = {
    DeliveryKind.OBSERVATIONS: OBSERVATIONS,
    DeliveryKind.CASE_RECORDS: RECORDS,
    DeliveryKind.FOLLOW_UP: FOLLOW_UPS,
}
"""The columns of each kind of delivery that is a file."""


@dataclass(eq=False)
class ObservationsOnly(FileUnreadable):
    """SDMX-CSV tells observations and nothing else."""

    title_de = "SDMX-CSV teilt Beobachtungen mit und sonst nichts."
    says = Text("choose another format", "wählen Sie ein anderes Format")
