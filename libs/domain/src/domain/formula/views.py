"""Looking at a formula in a view: flows are summed, stocks averaged, a ratio stays a ratio of sums."""

from typing import assert_never

from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Sign, Window, Windowed
from domain.formula.typing import Variables, check
from domain.period import YEAR_LENGTH, View

SUMS = {View.ROLLING_12: Window.SUM_12, View.YEAR_TO_DATE: Window.SUM_YTD}
MEANS = {View.ROLLING_12: Window.AVG_12, View.YEAR_TO_DATE: Window.AVG_YTD}


def in_view(formula: Formula, view: View, variables: Variables) -> Formula:
    """Give the formula whose value in a month is the view's.

    Where no window stands, the view puts its own around each variable with its shifts inside: a shifted ratio stays a
    ratio of sums. `sum12` and `avg12` follow the view, `sum_ytd` and `avg_ytd` stay. The change against the year before
    compares the month with the same month then.
    """
    if view is View.CHANGE_PREVIOUS_YEAR:
        bare = _viewed(formula, View.MONTH, variables, ())
        return Operation(Sign.DIVIDE, bare, Shifted(YEAR_LENGTH, bare))
    return _viewed(formula, view, variables, ())


def _viewed(formula: Formula, view: View, variables: Variables, shifts: tuple[int, ...]) -> Formula:
    match formula:
        case Number():
            return formula
        case Operation(sign, left, right):
            return Operation(sign, _viewed(left, view, variables, shifts), _viewed(right, view, variables, shifts))
        case Shifted(back, inner):
            return _viewed(inner, view, variables, (back, *shifts))
        case Windowed(window, inner):
            return _shifted(_followed(window, inner, view), shifts)
        case Leaf():
            return _around(_shifted(formula, shifts), view, variables)
        case _:
            assert_never(formula)


def _shifted(formula: Formula, shifts: tuple[int, ...]) -> Formula:
    for back in shifts:
        formula = Shifted(back, formula)
    return formula


def _followed(window: Window, inner: Formula, view: View) -> Formula:
    if not window.sliding:
        return Windowed(window, inner)
    if view is View.MONTH:
        return inner
    return Windowed((SUMS if window.sums else MEANS)[view], inner)


def _around(formula: Formula, view: View, variables: Variables) -> Formula:
    if view is View.MONTH:
        return formula
    return Windowed((MEANS if check(formula, variables).stock else SUMS)[view], formula)
