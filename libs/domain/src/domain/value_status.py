"""How a value came to be: counted, extrapolated from what is there so far, or imputed where nothing is."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class ValueStatus(StrEnum):
    """How a value came to be, the firmest first; a value of which nothing is said was counted."""

    COUNTED = "counted"
    EXTRAPOLATED = "extrapolated"
    IMPUTED = "imputed"


WORDS: Mapping[str, ValueStatus] = MappingProxyType(
    {
        "": ValueStatus.COUNTED,
        **{status.value: status for status in ValueStatus},
        "gezählt": ValueStatus.COUNTED,
        "gezaehlt": ValueStatus.COUNTED,
        "hochgerechnet": ValueStatus.EXTRAPOLATED,
        "fortgeschrieben": ValueStatus.IMPUTED,
        "imputiert": ValueStatus.IMPUTED,
    }
)
"""What senders write, in small letters."""
SDMX_CODES: Mapping[ValueStatus, str] = MappingProxyType(
    {ValueStatus.COUNTED: "A", ValueStatus.EXTRAPOLATED: "E", ValueStatus.IMPUTED: "I"}
)
"""What SDMX calls them (the code list of observation status)."""


def least_firm(statuses: Iterable[ValueStatus]) -> ValueStatus:
    """Say how a figure came to be that is made of values: like the least firm of them.

    >>> least_firm([ValueStatus.COUNTED, ValueStatus.IMPUTED, ValueStatus.EXTRAPOLATED]).value
    'imputed'
    """
    return max(statuses, key=list(ValueStatus).index, default=ValueStatus.COUNTED)
