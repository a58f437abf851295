"""Grids grow by versions; a checkpoint keeps its number, and its source."""

from uuid import UUID

import pytest
from domain.review_grid import (
    AuditSource,
    Checkpoint,
    CheckpointNumberReused,
    CheckpointNumberTwice,
    GridVersionOutOfTurn,
    ReviewGrid,
    extended,
    following,
)

AUDIT = AuditSource(audit=UUID(int=5), finding=2)


def a_grid(version: int = 1, *numbers: int) -> ReviewGrid:
    checkpoints = [Checkpoint(number=number, question=f"Frage {number}?", area="Einkommen") for number in numbers]
    return ReviewGrid(code="leistung", version=version, title="Raster", checkpoints=tuple(checkpoints))


def test_two_checkpoints_never_share_a_number() -> None:
    with pytest.raises(CheckpointNumberTwice) as refused:
        a_grid(1, 1, 2, 1)
    assert [place.pointer for place in refused.value.places()] == ["/checkpoints/2/number"]


@pytest.mark.parametrize("version", [1, 3])
def test_versions_follow_one_another(version: int) -> None:
    with pytest.raises(GridVersionOutOfTurn, match="version 2"):
        following([a_grid(1, 1)], a_grid(version, 1))
    assert following([], a_grid(1, 4)).numbers == (4,)


def test_a_number_given_up_is_not_given_again() -> None:
    known = [a_grid(1, 1, 2), a_grid(2, 1)]
    with pytest.raises(CheckpointNumberReused) as refused:
        following(known, a_grid(3, 1, 2))
    assert "3" in refused.value.places()[0].detail.en
    assert following(known, a_grid(3, 1, 3)).numbers == (1, 3)


def test_a_finding_becomes_the_last_checkpoint_and_keeps_its_source_in_later_versions() -> None:
    first = a_grid(1, 1, 2)
    second = extended([first], "Ist der Bescheid begründet?", "Bescheid", AUDIT)
    assert (second.version, second.numbers, second.checkpoints[-1].source) == (2, (1, 2, 3), AUDIT)
    third = following([first, second], a_grid(3, 3, 4))
    assert [checkpoint.source for checkpoint in third.checkpoints] == [AUDIT, None]
