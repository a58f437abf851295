"""A variable over the years: by which version a month is delivered, and what formulas may use of all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.dated import holding
from domain.errors import Invalid, Text
from domain.identity import VariableCode
from domain.period import Month
from domain.quantity import Measure
from domain.variable import Variable, VariableKind

OverTime = Mapping[VariableCode, Sequence[Variable]]
"""All versions of variables, in the order they were made."""


@dataclass(eq=False)
class VersionsDisagree(Invalid):
    """All versions of a variable count the same, so that its months can be compared and summed."""

    title_de = "Alle Fassungen einer Variable zählen dasselbe, damit sich ihre Monate vergleichen und summieren lassen."
    says = Text(
        "'{code}' would be told in {measure} as a {kind}, and before or after in {other} as a {other_kind}; give what"
        " is counted anew a code of its own, or correct the version that begins on the same day",
        "„{code}“ würde in {measure} als {kind} angegeben, davor oder danach in {other} als {other_kind}; geben Sie dem"
        " neu Gezählten einen eigenen Schlüssel oder berichtigen Sie die Fassung, die am selben Tag beginnt",
    )

    code: str
    measure: Measure
    kind: VariableKind
    other: Measure
    other_kind: VariableKind


def lasting(versions: Sequence[Variable]) -> tuple[Variable, ...]:
    """Give of versions in the order they were made those that count, by their first day: the last made of each day."""
    by_start = {version.valid_from or date.min: version for version in versions}
    return tuple(by_start[start] for start in sorted(by_start))


def in_force(versions: Iterable[Variable], month: Month) -> Variable | None:
    """Choose the version that a month is delivered by, if any: the one in force on its last day."""
    return holding(versions, month.last_day)


def overall(versions: Sequence[Variable]) -> Variable:
    """
    Give what formulas may use of a variable: the version begun last, split by whatever any of them is split by.

    Where the version of a month is not split so, or none is in force, the value of that month is missing.
    """
    counting = lasting(versions)
    newest = counting[-1]
    for version in counting:
        if (version.measure, version.kind) != (newest.measure, newest.kind):
            raise VersionsDisagree(newest.code, newest.measure, newest.kind, version.measure, version.kind)
    dimensions = frozenset(dimension for version in counting for dimension in version.dimensions)
    return replace(newest, valid_from=counting[0].valid_from, dimensions=dimensions)
