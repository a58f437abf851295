"""Case records, one pseudonymous person in one month: the rules that make counts of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

FOLLOWED_MONTHS = 12
CONTINUOUS_MONTHS = 6


class Integration(StrEnum):
    """What a person took up in a month; of several the first in this order counts, one a person and month."""

    EMPLOYMENT = "employment"
    APPRENTICESHIP = "apprenticeship"
    SELF_EMPLOYMENT = "self_employment"


class LtrVariant(StrEnum):
    """What the months of a long-term recipient (Langzeitleistungsbezug) are counted by."""

    ORDINANCE = "ordinance"
    MONTHS_AS_ELB = "months_as_elb"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class LtrRule:
    """
    An ELB is a long-term recipient after `needed` of the last `window` months, across units.

    Counted are months in need, or as an ELB; with `in_days` the days of these months as an ELB.
    """

    window: int
    needed: int
    as_elb: bool
    in_days: bool = False


LTR_RULES: Mapping[LtrVariant, LtrRule] = MappingProxyType(
    {
        LtrVariant.ORDINANCE: LtrRule(window=24, needed=21, as_elb=False),
        LtrVariant.MONTHS_AS_ELB: LtrRule(window=24, needed=21, as_elb=True),
        LtrVariant.DAYS: LtrRule(window=24, needed=638, as_elb=True, in_days=True),
    }
)


def age_group(birth_year: int, year: int) -> str:
    """Name the age group in a calendar year: records carry the year of birth only, so birthdays do not matter.

    >>> age_group(1990, 2014), age_group(1990, 2015), age_group(1959, 2014)
    ('under_25', '25_to_54', '55_plus')
    """
    for name, below in AGE_GROUPS:
        if year - birth_year < below:
            return name
    return OLDEST


AGE_GROUPS = (("under_25", 25), ("25_to_54", 55))
OLDEST = "55_plus"
