"""Generated monthly figures: seeded, consistent in themselves, calibrated to the targets, true of nothing."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.period import Month

SEED = 20141130
FIRST, LAST = Month(2012, 1), Month(2014, 11)
WEIGHTS = {
    "05158004": 0.092,
    "05158008": 0.046,
    "05158012": 0.066,
    "05158016": 0.108,
    "05158020": 0.098,
    "05158024": 0.076,
    "05158026": 0.118,
    "05158028": 0.152,
    "05158032": 0.204,
    "05158036": 0.040,
}
YEARS = (2012, 2013, 2014)
ELB = dict(zip(YEARS, (26_100, 26_300, 26_500), strict=True))
LTR = dict(zip(YEARS, (17_950, 18_150, 18_320), strict=True))
INTEGRATIONS = dict(zip(YEARS, (5_120, 5_190, 5_310), strict=True))
UNDER_25 = dict(zip(YEARS, (1_010, 1_030, 1_105), strict=True))
LONE_PARENTS = dict(zip(YEARS, (505, 520, 526), strict=True))
LIVING = dict(zip(YEARS, (88_900_000, 90_100_000, 91_200_000), strict=True))
HOUSING = dict(zip(YEARS, (95_800_000, 97_400_000, 99_300_000), strict=True))
FUNDS = {
    "child_care": 4_300,
    "debt_counselling": 489_000,
    "psychosocial_care": 84_500,
    "methadone_travel": 23_400,
    "addiction_counselling": 43_800,
}
PERSONS_PER_FUNDS = {
    "child_care": 180,
    "debt_counselling": 410,
    "psychosocial_care": 520,
    "methadone_travel": 95,
    "addiction_counselling": 300,
}
SEASON = (0.80, 0.88, 1.08, 1.15, 1.10, 1.02, 0.92, 1.06, 1.16, 1.08, 0.98, 0.77)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One generated value with the dimension it is split by, if any."""

    variable: str
    value: Decimal
    dimension: tuple[str, str] | None = None


def months() -> list[Month]:
    """List the months there are figures for."""
    return [FIRST.plus(number) for number in range(LAST - FIRST + 1)]


def benefits(town: str, month: Month) -> list[Figure]:
    """Generate what the file on benefits of a town and month tells: persons, integrations, money, services."""
    draw = _draw(town, month, "leistungen")
    weight, season = WEIGHTS[town], SEASON[month.month - 1]
    elb = _persons(ELB[month.year] * weight * _wave(month), draw)
    single = _persons(elb * 0.52, draw)
    integrations = _persons(INTEGRATIONS[month.year] * weight / 12 * season, draw)
    young = min(integrations, _persons(UNDER_25[month.year] * weight / 12 * season, draw))
    old = min(integrations - young, _persons(integrations * 0.09, draw))
    lone = min(integrations, _persons(LONE_PARENTS[month.year] * weight / 12 * season, draw))
    return [
        Figure(variable="elb_stock", value=Decimal(elb)),
        Figure(variable="elb_stock", value=Decimal(single), dimension=("household_type", "single")),
        Figure(variable="ltr_stock", value=Decimal(_persons(LTR[month.year] * weight * _wave(month), draw))),
        Figure(variable="integrations", value=Decimal(integrations)),
        Figure(variable="integrations", value=Decimal(young), dimension=("age_group", "under_25")),
        Figure(variable="integrations", value=Decimal(integrations - young - old), dimension=("age_group", "25_to_54")),
        Figure(variable="integrations", value=Decimal(old), dimension=("age_group", "55_plus")),
        Figure(variable="integrations", value=Decimal(lone), dimension=("lone_parent", "yes")),
        Figure(variable="integrations", value=Decimal(integrations - lone), dimension=("lone_parent", "no")),
        Figure(variable="benefits_living", value=_money(LIVING[month.year] * weight / 12 * _wave(month), draw)),
        Figure(variable="benefits_housing", value=_money(HOUSING[month.year] * weight / 12 * _wave(month), draw)),
        *_services(weight, draw),
    ]


def contacts(town: str, month: Month) -> list[Figure]:
    """Generate what the file on contacts of a town and month tells."""
    draw = _draw(town, month, "kontakte")
    weight = WEIGHTS[town]
    elb = ELB[month.year] * weight * _wave(month)
    total, single = _persons(elb * 3.5 / 12, draw), _persons(elb * 0.52 * 5.8 / 12, draw)
    first = _persons(940 * weight, draw)
    return [
        Figure(variable="contacts", value=Decimal(total)),
        Figure(variable="contacts", value=Decimal(min(total, single)), dimension=("household_type", "single")),
        Figure(variable="first_contacts", value=Decimal(first)),
        Figure(variable="integration_contracts", value=Decimal(min(first, _persons(first * 0.83, draw)))),
    ]


def staff(month: Month) -> list[Figure]:
    """Generate what the jobcenter itself tells: posts filled, and those of them for a fixed term."""
    draw = _draw("36402", month, "personal")
    posts = Decimal(str(round(397.5 + draw.uniform(-2, 2), 2)))
    return [
        Figure(variable="staff_posts", value=posts),
        Figure(variable="fixed_term_posts", value=Decimal(str(round(28.4 + draw.uniform(-0.6, 0.6), 2)))),
    ]


def _services(weight: float, draw: random.Random) -> Iterator[Figure]:
    for instrument, yearly in FUNDS.items():
        spent = _money(yearly * weight / 12, draw, spread=0.08)
        persons = max(1, round(float(spent) / PERSONS_PER_FUNDS[instrument]))
        yield Figure(variable="funds_spent", value=spent, dimension=("instrument", instrument))
        yield Figure(variable="service_beneficiaries", value=Decimal(persons), dimension=("instrument", instrument))


def _draw(unit: str, month: Month, dataset: str) -> random.Random:
    """Give each file its own stream, so that one more month changes no other."""
    return random.Random(f"{SEED} {unit} {month} {dataset}")  # noqa: S311  figures, no secrets


def _wave(month: Month) -> float:
    """Let stocks swell a little in winter."""
    return 1 + 0.012 * math.cos((month.month - 2) / 12 * 2 * math.pi)


def _persons(expected: float, draw: random.Random) -> int:
    return max(0, round(expected * (1 + draw.uniform(-0.015, 0.015))))


def _money(expected: float, draw: random.Random, spread: float = 0.01) -> Decimal:
    return Decimal(str(round(expected * (1 + draw.uniform(-spread, spread)), 2))).quantize(Decimal("0.01"))
