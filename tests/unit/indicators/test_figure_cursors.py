"""Cursors over figures: they lead behind a unit and month, and no further than months go."""

import pytest
from chassis.paging import BadCursor, cursor_of
from domain.period import Month
from indicators.api.figure_cursors import after_figure


def test_a_list_of_figures_goes_on_behind_unit_and_month() -> None:
    assert after_figure(None) is None
    assert after_figure(cursor_of("05158", str(Month(2014, 11).ordinal), "K2")) == ("05158", 2014 * 12 + 10, "K2")


@pytest.mark.parametrize("month", ["x", "-1", "999999999", "1e3", "¹"])
def test_a_cursor_without_a_month_is_refused(month: str) -> None:
    with pytest.raises(BadCursor):
        after_figure(cursor_of("05158", month, "K2"))
