"""What can be wrong with a row."""

import pytest
from domain.intake import REMEDIES, FindingCode


@pytest.mark.parametrize("code", list(FindingCode))
def test_every_finding_says_in_both_languages_what_would_be_right(code: FindingCode) -> None:
    assert REMEDIES[code].en
    assert REMEDIES[code].de
    assert REMEDIES[code].en != REMEDIES[code].de


def test_the_remedy_for_a_number_shows_one_that_is_taken() -> None:
    remedy = REMEDIES[FindingCode.NOT_A_DECIMAL]
    assert "12.5" in remedy.en
    assert "12.5" in remedy.de
