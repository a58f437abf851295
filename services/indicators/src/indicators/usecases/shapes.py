"""Which columns the rows of each kind of delivery have."""

from domain.variable import DIMENSIONS

from indicators.ports.delivered import Shape

OBSERVATIONS = Shape(
    needed=("unit", "variable", "month", "value"),
    optional=tuple(DIMENSIONS),
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
    },
)
"""The columns of rows of values, and what German and SDMX headers call them."""
