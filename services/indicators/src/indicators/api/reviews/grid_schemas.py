"""Review grids on the wire."""

from uuid import UUID

from chassis.wire import KeyText, Prose, Sent, Told
from domain.review_grid import Checkpoint, ReviewGrid
from pydantic import Field

from indicators.api.reviews.given import Line

MOST_CHECKPOINTS = 200


class GridCheckpointIn(Sent):
    """One question to a file, put so that yes is right; it keeps its number in later versions."""

    number: int = Field(ge=1, le=10_000)
    question: Prose
    area: Line


class ReviewGridIn(Sent):
    """The next version of a grid, whole; sources of checkpoints are carried over by their numbers."""

    code: KeyText
    version: int = Field(ge=1, le=10_000)
    title: Line
    checkpoints: list[GridCheckpointIn] = Field(min_length=1, max_length=MOST_CHECKPOINTS)

    def value(self) -> ReviewGrid:
        """Give the version."""
        checkpoints = tuple(Checkpoint(**one.model_dump()) for one in self.checkpoints)
        return ReviewGrid(code=self.code, version=self.version, title=self.title, checkpoints=checkpoints)


class AuditSourceOut(Told):
    """The finding of an external audit that a checkpoint was made of."""

    audit: UUID
    finding: int


class GridCheckpointOut(Told):
    """One question to a file; without a source it is the office's own."""

    number: int
    question: str
    area: str
    source: AuditSourceOut | None


class ReviewGridOut(Told):
    """One version of a grid."""

    code: str
    version: int
    title: str
    checkpoints: list[GridCheckpointOut]


class ReviewGridPage(Told):
    """Versions of grids in the order of code and version."""

    items: list[ReviewGridOut]
    next: str | None


def grid_out(grid: ReviewGrid) -> ReviewGridOut:
    """Tell a version of a grid."""
    checkpoints = [checkpoint_out(checkpoint) for checkpoint in grid.checkpoints]
    return ReviewGridOut(code=grid.code, version=grid.version, title=grid.title, checkpoints=checkpoints)


def checkpoint_out(checkpoint: Checkpoint) -> GridCheckpointOut:
    """Tell a checkpoint."""
    source = checkpoint.source
    return GridCheckpointOut(
        number=checkpoint.number,
        question=checkpoint.question,
        area=checkpoint.area,
        source=AuditSourceOut(audit=source.audit, finding=source.finding) if source else None,
    )
