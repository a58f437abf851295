"""Laws of quality rules: columns doubt what the domain doubts one unit at a time; what is doubted lies outside."""

from collections.abc import Mapping
from decimal import Decimal

from domain.identity import UnitCode, VariableCode
from domain.plausibility import doubted, median
from domain.quality_rule import (
    Bounds,
    Jump,
    Outlier,
    Parameters,
    PartsAtMostWhole,
    QualityRule,
    RatioBounds,
    SumOfParts,
)
from domain.soft_finding import SoftFinding, settled
from domain.variable import Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators.usecases.suspecting import suspects
from support.doubting import Told, a_rule, figures_of, sheet_of
from support.measuring import JOBCENTER, NOVEMBER, TOWN_A, TOWN_B

TOWNS = (TOWN_A, TOWN_B)
PARTS: Mapping[UnitCode, tuple[UnitCode, ...]] = {JOBCENTER: TOWNS}
STOCK, INTEGRATIONS = Cell.of("elb_stock"), Cell.of("integrations")
CELLS = [
    *(Cell.of(variable) for variable in ("elb_stock", "integrations")),
    *(Cell.of("elb_stock", sex=sex) for sex in ("f", "m")),
    *(Cell.of("integrations", sex=sex) for sex in ("f", "m")),
    *(Cell.of("elb_stock", sex="f", lone_parent=flag) for flag in ("yes", "no")),
]
MONTHS = [NOVEMBER.plus(-back) for back in range(28)]
ASKED = MONTHS[:3]
FEW = st.integers(0, 12).map(Decimal)
FINE = st.decimals(-(10**18) + 1, 10**18 - 1, places=10, allow_nan=False, allow_infinity=False)
VALUES = st.one_of(FEW, FEW, st.decimals(0, 100, places=2), FINE)
SMALL = st.one_of(FEW, st.decimals(0, 60, places=3))
EDGES = st.tuples(st.one_of(FEW, FINE), st.one_of(FEW, FINE)).map(sorted)


def tolerances(kind: type[Parameters]) -> st.SearchStrategy[Parameters]:
    return st.builds(kind, absolute=SMALL, percent=SMALL)


PARAMETERS: st.SearchStrategy[Parameters] = st.one_of(
    EDGES.map(lambda edges: Bounds(low=edges[0], high=edges[1])),
    tolerances(Jump),
    tolerances(SumOfParts),
    st.builds(Outlier, absolute=SMALL, percent=SMALL, factor=SMALL),
    st.builds(PartsAtMostWhole, absolute=SMALL, percent=SMALL, complete=st.frozensets(st.sampled_from(["sex"]))),
    EDGES.map(
        lambda edges: RatioBounds(
            low=edges[0],
            high=edges[1],
            numerator=VariableCode("integrations"),
            denominator=VariableCode("elb_stock"),
        )
    ),
)
RULES = st.builds(
    lambda parameters, named: a_rule(parameters, *(() if isinstance(parameters, RatioBounds) else named)),
    PARAMETERS,
    st.sampled_from([(), ("elb_stock",), ("integrations",)]),
)


@st.composite
def histories(draw: st.DrawFn) -> Told:
    """Draw series with gaps; some of them go on for long, hardly moving."""
    told = {}
    for unit in (JOBCENTER, *TOWNS):
        for cell in draw(st.lists(st.sampled_from(CELLS), unique=True)):
            level = draw(VALUES)
            for month in MONTHS[: draw(st.sampled_from([1, 2, 5, 12, 28]))]:
                value = draw(st.one_of(st.just(level), st.just(level), st.none(), VALUES))
                if value is not None:
                    told[unit, cell, month] = value
    return told


def one_by_one(rules: list[QualityRule], told: Told) -> list[SoftFinding]:
    found = [
        finding
        for unit in (JOBCENTER, *TOWNS)
        for finding in doubted(rules, figures_of(told, PARTS.get(unit, ()), unit), ASKED)
    ]
    return sorted(found, key=lambda finding: finding.position)


@settings(max_examples=60)
@given(told=histories(), rules=st.lists(RULES, min_size=1, max_size=3))
def test_columns_doubt_exactly_what_the_rule_doubts_unit_by_unit(told: Told, rules: list[QualityRule]) -> None:
    named = [a_rule(rule.parameters, *rule.variables, code=f"r{number}") for number, rule in enumerate(rules)]
    assert suspects(named, sheet_of(told, ASKED, PARTS)).found == one_by_one(named, told)


@given(told=histories(), rule=RULES)
def test_what_is_doubted_lies_outside_its_band_and_settles_with_itself(told: Told, rule: QualityRule) -> None:
    found = doubted([rule], figures_of(told, TOWNS), ASKED)
    for finding in found:
        below = finding.low is not None and finding.observed < finding.low
        above = finding.high is not None and finding.observed > finding.high
        assert below or above
        assert str(finding.cell) in finding.detail().de
    assert settled([], found) == (found, [])


@given(st.lists(FINE, min_size=1))
def test_half_of_the_values_lie_on_either_side_of_the_median(values: list[Decimal]) -> None:
    middle = median(values)
    assert sum(value <= middle for value in values) * 2 >= len(values)
    assert sum(value >= middle for value in values) * 2 >= len(values)


@given(told=histories(), rules=st.lists(RULES, min_size=1, max_size=3), most=st.integers(0, 5))
def test_what_is_cut_off_leaves_out_whole_units_and_nothing_of_the_others(
    told: Told, rules: list[QualityRule], most: int
) -> None:
    sheet = sheet_of(told, ASKED, PARTS)
    whole, part = suspects(rules, sheet), suspects(rules, sheet, most)
    assert part.found == [finding for finding in whole.found if finding.unit in part.units]
    assert part.cut_off == (part.units != whole.units)
    assert not part.cut_off or len(part.found) >= most
