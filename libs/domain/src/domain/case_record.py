"""Case records: what is kept of one pseudonymous person in one month, and the rules that make counts of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from domain.identity import UnitCode
from domain.period import Month

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


@dataclass(frozen=True, slots=True, kw_only=True)
class LtrRule:
    """An ELB is a long-term recipient after `needed` of the last `window` months, across units."""

    window: int
    needed: int
    as_elb: bool


LTR_RULES: Mapping[LtrVariant, LtrRule] = MappingProxyType(
    {
        LtrVariant.ORDINANCE: LtrRule(window=24, needed=21, as_elb=False),
        LtrVariant.MONTHS_AS_ELB: LtrRule(window=24, needed=21, as_elb=True),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One person in one month; `unit` is responsible for the registered address, benefits are claims before sanctions.

    The record of a person who is no longer in need carries the integration that ended the need.
    """

    unit: UnitCode
    person: str
    month: Month
    town: UnitCode | None
    sex: str | None
    birth_year: int | None
    household_type: str | None
    lone_parent: bool
    employable: bool
    in_need: bool
    benefit_living: Decimal
    benefit_housing: Decimal
    integration: Integration | None
    marginal_entry: bool
    subsidised_entry: bool
    in_measure: bool

    @property
    def is_elb(self) -> bool:
        """Say whether the person is employable and entitled to benefits (erwerbsfähig leistungsberechtigt)."""
        return self.employable and self.in_need


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Whether a person was in insured employment in the first to twelfth month after an integration; None: unknown."""

    unit: UnitCode
    person: str
    month: Month
    insured: tuple[bool | None, ...]

    @property
    def sustained(self) -> bool:
        """Say whether the employment was insured in the twelfth month after (K2E3 until 21.03.2019)."""
        return self.insured[FOLLOWED_MONTHS - 1] is True

    @property
    def continuous(self) -> bool:
        """Say whether it was insured in each of the six months after (K2E3 since 22.03.2019)."""
        return all(insured is True for insured in self.insured[:CONTINUOUS_MONTHS])


def first_of(integrations: Iterable[Integration | None]) -> Integration | None:
    """Choose the one integration that counts of several in a month.

    >>> str(first_of([None, Integration.SELF_EMPLOYMENT, Integration.EMPLOYMENT]))
    'employment'
    """
    order = list(Integration)
    return min((kind for kind in integrations if kind is not None), key=order.index, default=None)


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
