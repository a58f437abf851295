"""Review grids (Prüfraster): the checkpoints that files are held against, by version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.errors import Conflict, Invalid, Place, Text


@dataclass(eq=False)
class CheckpointNumberTwice(Invalid):
    """A grid's checkpoints have different numbers."""

    title_de = "Die Prüfpunkte eines Rasters haben verschiedene Nummern."
    says = Text("number {number} stands twice", "die Nummer {number} steht doppelt")

    number: int
    position: int

    def places(self) -> tuple[Place, ...]:
        """Name the second of them."""
        detail = Text("give it another number", "geben Sie ihm eine andere Nummer")
        return (Place(pointer=f"/checkpoints/{self.position}/number", code="number_twice", detail=detail),)


@dataclass(eq=False)
class CheckpointNumberReused(Invalid):
    """A number that a grid gave up is not given to another checkpoint."""

    title_de = "Eine Nummer, die ein Raster aufgegeben hat, erhält kein anderer Prüfpunkt."
    says = Text(
        "number {number} belonged to an earlier version; take {free} or more, so that results stay comparable",
        "die Nummer {number} gehörte zu einer früheren Fassung; nehmen Sie {free} oder mehr, damit Ergebnisse "
        "vergleichbar bleiben",
    )

    number: int
    free: int
    position: int

    def places(self) -> tuple[Place, ...]:
        """Name the checkpoint."""
        detail = Text(f"{self.free} is free", f"{self.free} ist frei")
        return (Place(pointer=f"/checkpoints/{self.position}/number", code="number_reused", detail=detail),)


@dataclass(eq=False)
class GridVersionOutOfTurn(Conflict):
    """The versions of a grid follow one another."""

    title_de = "Die Fassungen eines Rasters folgen aufeinander."
    says = Text(
        "version {following} of '{code}' comes next, not {given}; read the newest and repeat your change on it",
        "als nächste kommt Fassung {following} von „{code}“, nicht {given}; lesen Sie die neueste und wiederholen "
        "Sie Ihre Änderung darauf",
    )

    code: str
    given: int
    following: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSource:
    """The finding of an external audit that a checkpoint was made of."""

    audit: UUID
    finding: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """One question to a file, put so that yes is right; without a source it is the office's own."""

    number: int
    question: str
    area: str
    source: AuditSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGrid:
    """One version of a grid; a checkpoint keeps its number through all of them."""

    code: str
    version: int
    title: str
    checkpoints: tuple[Checkpoint, ...]

    def __post_init__(self) -> None:
        """Refuse two checkpoints with one number."""
        seen: set[int] = set()
        for position, checkpoint in enumerate(self.checkpoints):
            if checkpoint.number in seen:
                raise CheckpointNumberTwice(checkpoint.number, position)
            seen.add(checkpoint.number)

    @property
    def numbers(self) -> tuple[int, ...]:
        """List the numbers of its checkpoints."""
        return tuple(checkpoint.number for checkpoint in self.checkpoints)


def following(versions: Sequence[ReviewGrid], sent: ReviewGrid) -> ReviewGrid:
    """Take the next version of a grid after those known, oldest first; checkpoints keep their sources."""
    if sent.version != len(versions) + 1:
        raise GridVersionOutOfTurn(sent.code, sent.version, len(versions) + 1)
    if not versions:
        return sent
    known, highest = {c.number: c for c in versions[-1].checkpoints}, _highest(versions)
    for position, checkpoint in enumerate(sent.checkpoints):
        if checkpoint.number not in known and checkpoint.number <= highest:
            raise CheckpointNumberReused(checkpoint.number, highest + 1, position)
    return replace(
        sent,
        checkpoints=tuple(
            replace(checkpoint, source=known[checkpoint.number].source) if checkpoint.number in known else checkpoint
            for checkpoint in sent.checkpoints
        ),
    )


def extended(versions: Sequence[ReviewGrid], question: str, area: str, source: AuditSource) -> ReviewGrid:
    """Give the next version of a grid: the newest with one more checkpoint, which an audit's finding asks for."""
    newest = versions[-1]
    added = Checkpoint(number=_highest(versions) + 1, question=question, area=area, source=source)
    return replace(newest, version=newest.version + 1, checkpoints=(*newest.checkpoints, added))


def _highest(versions: Iterable[ReviewGrid]) -> int:
    return max((number for version in versions for number in version.numbers), default=0)
