"""Case records one by one, as nobody in the service holds them: what tests tell of persons."""

from dataclasses import dataclass
from decimal import Decimal

from domain.case_record import Integration
from domain.identity import UnitCode
from domain.period import Month


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
    elb_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Whether a person was in insured employment in the first to twelfth month after an integration; None: unknown."""

    unit: UnitCode
    person: str
    month: Month
    insured: tuple[bool | None, ...]
