"""Looking at a formula in a view: flows are summed, stocks averaged, a ratio stays a ratio of sums."""

from typing import assert_never

from domain.formula.tree import Formula, Leaf, Number, Operation, Shift, Shifted, Sign, Window, Windowed
from domain.formula.typing import Variables, check
from domain.period import View

SUMS = {View.ROLLING_12: Window.SUM_12, View.YEAR_TO_DATE: Window.SUM_YTD}
MEANS = {View.ROLLING_12: Window.AVG_12, View.YEAR_TO_DATE: Window.AVG_YTD}


def in_view(formula: Formula, view: View, variables: Variables) -> Formula:
    """Give the formula whose value in a month is the view's.

    Where no window stands, the view puts its own around each variable; `sum12` and `avg12` follow the view, `sum_ytd`
    and `avg_ytd` stay. The change against the year before compares the month with the same month then.
    """
    if view is View.CHANGE_PREVIOUS_YEAR:
        bare = in_view(formula, View.MONTH, variables)
        return Operation(Sign.DIVIDE, bare, Shifted(Shift.PREVIOUS_YEAR, bare))
    match formula:
        case Number():
            return formula
        case Operation(sign, left, right):
            return Operation(sign, in_view(left, view, variables), in_view(right, view, variables))
        case Windowed(window, inner):
            return _followed(window, inner, view)
        case Leaf() | Shifted():
            return _around(formula, view, variables)
        case _:
            assert_never(formula)


def _followed(window: Window, inner: Formula, view: View) -> Formula:
    if not window.sliding:
        return Windowed(window, inner)
    if view is View.MONTH:
        return inner
    return Windowed((SUMS if window.sums else MEANS)[view], inner)


def _around(formula: Formula, view: View, variables: Variables) -> Formula:
    type_ = check(formula, variables)
    if view is View.MONTH or type_.window:
        return formula
    return Windowed((MEANS if type_.stock else SUMS)[view], formula)
