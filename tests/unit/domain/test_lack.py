"""Why an input is not there, and who can cure that."""

from dataclasses import replace
from datetime import date

import pytest
from domain.figures import MissingInput
from domain.gate import OPEN_GATES, Gates, LatePermit, Responsibility
from domain.lack import Absence, Bearer, Lack, lack_of
from domain.variable import Cell
from support.measuring import NOVEMBER, TOWN_A, delivery

STOCK = Cell.of("elb_stock")
MISSING = MissingInput(TOWN_A, STOCK, NOVEMBER)
HELD = replace(MISSING, withheld=True)
SOURCE, CLERK = Bearer(delivery(1), "source"), Bearer(delivery(2), "clerk")
TODAY = date(2015, 2, 1)
NAMED = (Responsibility(unit=TOWN_A, sender="office", variable=STOCK.variable, first=NOVEMBER),)
CLOSED = Gates(closed=frozenset({(TOWN_A, NOVEMBER)}))
PERMIT = LatePermit(unit=TOWN_A, month=NOVEMBER, sender="clerk", until=TODAY, reason="")


def lack(
    missing: MissingInput, gates: Gates = OPEN_GATES, *, withheld: Bearer | None = None, rejected: Bearer | None = None
) -> Lack:
    return lack_of(missing, withheld=withheld, rejected=rejected, gates=gates, today=TODAY)


def test_what_nobody_told_can_be_brought_by_whoever_delivers_for_the_unit() -> None:
    assert lack(MISSING) == Lack(why=Absence.NOT_DELIVERED, delivery=None, senders=(), month_closed=False)


def test_who_is_responsible_is_named_whoever_brought_it() -> None:
    gates = Gates(responsibilities=NAMED)
    assert lack(MISSING, gates).senders == ("office",)
    told = lack(MISSING, gates, rejected=CLERK)
    assert (told.why, told.delivery, told.senders) == (Absence.REJECTED, CLERK.delivery, ("office",))


def test_rejected_rows_are_made_good_by_who_sent_them() -> None:
    told = lack(MISSING, rejected=CLERK)
    assert (told.why, told.delivery, told.senders) == (Absence.REJECTED, CLERK.delivery, ("clerk",))


def test_what_is_kept_back_only_its_source_can_tell() -> None:
    told = lack(HELD, withheld=SOURCE, rejected=CLERK)
    assert (told.why, told.delivery, told.senders) == (Absence.WITHHELD, SOURCE.delivery, ("source",))


@pytest.mark.parametrize(
    ("gates", "rejected", "closed"),
    [
        (CLOSED, None, True),
        (CLOSED, CLERK, True),
        (replace(CLOSED, permits=(PERMIT,)), CLERK, False),
        (replace(CLOSED, permits=(PERMIT,)), None, False),
        (replace(CLOSED, permits=(replace(PERMIT, sender="other"),)), CLERK, True),
        (replace(CLOSED, permits=(replace(PERMIT, until=date(2015, 1, 31)),)), CLERK, True),
    ],
)
def test_a_closed_month_needs_a_permit_for_one_of_them(gates: Gates, rejected: Bearer | None, closed: bool) -> None:
    assert lack(MISSING, gates, rejected=rejected).month_closed is closed
