"""Comparison groups: who is in one under its scheme, from month to month."""

from collections.abc import Sequence

from domain.comparison_group import Membership, members
from domain.identity import UnitCode
from domain.period import Period

from indicators.usecases.asking_errors import GroupOfSeveralSchemes, UnknownComparisonGroup
from indicators.usecases.grouped import Group, composed

SIGN = "group:"


def group_named(name: str, memberships: Sequence[Membership], months: Period) -> Group:
    """Find a group by its name, or by `scheme:name`; who reaches one in it in these months may read it."""
    scheme = _scheme(name, memberships)
    of_scheme = [known for known in memberships if known.scheme == scheme]
    group = name.removeprefix(f"{scheme}:")
    made_of = composed({month: members(of_scheme, scheme, group, month.first_day) for month in months})
    return Group(
        code=UnitCode(SIGN + name),
        compositions=made_of,
        whose=frozenset(member for composition in made_of for member in composition.members),
        unknown=UnknownComparisonGroup(name),
    )


def _scheme(name: str, memberships: Sequence[Membership]) -> str:
    schemes = {known.scheme for known in memberships if name in (known.group, f"{known.scheme}:{known.group}")}
    if not schemes:
        raise UnknownComparisonGroup(name)
    if len(schemes) > 1:
        raise GroupOfSeveralSchemes(name=name, schemes=", ".join(sorted(schemes)))
    return schemes.pop()
