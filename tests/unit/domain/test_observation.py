"""What was known when."""

from datetime import timedelta

from domain.observation import as_known
from support.measuring import NOON, an_observation

FIRST = an_observation("elb_stock", 100)
CORRECTED = an_observation("elb_stock", 110, recorded_at=NOON + timedelta(days=30), by=2)
WITHDRAWN = an_observation("elb_stock", None, recorded_at=NOON + timedelta(days=60), by=3)


def test_the_newest_observation_counts() -> None:
    assert as_known([CORRECTED, FIRST]) == {FIRST.key: CORRECTED}


def test_what_was_known_on_an_earlier_day_can_be_seen_again() -> None:
    assert as_known([FIRST, CORRECTED, WITHDRAWN], at=NOON + timedelta(days=29)) == {FIRST.key: FIRST}


def test_an_observation_is_known_from_the_instant_it_was_recorded() -> None:
    assert as_known([FIRST], at=NOON) == {FIRST.key: FIRST}
    assert as_known([FIRST], at=NOON - timedelta(microseconds=1)) == {}


def test_a_withdrawal_is_kept_as_the_newest() -> None:
    assert as_known([FIRST, CORRECTED, WITHDRAWN]) == {FIRST.key: WITHDRAWN}


def test_cells_do_not_replace_one_another() -> None:
    women = an_observation("elb_stock", 60, sex="f", recorded_at=NOON + timedelta(days=1))
    assert len(as_known([FIRST, women])) == 2
