"""Goals, sightings, contents and seals of agreements, remembered instead of stored."""

from collections.abc import Sequence

from agreements.usecases.errors import UnknownContent
from domain.agreement import Agreement, Status
from domain.congruence import CONCLUDED, LIVE, GoalRef
from domain.evidence import Sealed, Sighting
from domain.goal import Goal
from domain.identity import AgreementId


class RememberedGoals:
    """Twin of `AgreedGoals`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._agreements: dict[AgreementId, Agreement] = {}

    async def put(self, agreement: Agreement) -> None:
        """Put the present goals in place."""
        self._agreements[agreement.id] = agreement

    async def of(self, agreement: AgreementId) -> Sequence[Goal]:
        """List in the order of codes."""
        return [ref.goal for ref in self._all() if ref.agreement == agreement]

    async def over(self, indicators: Sequence[str], years: Sequence[int]) -> Sequence[GoalRef]:
        """Find by indicator and year."""
        return [ref for year in sorted(set(years)) for ref in self._live(year) if _about(ref)[1] in indicators]

    async def about(self, year: int, indicators: Sequence[str], units: Sequence[str]) -> Sequence[GoalRef]:
        """Find by year, indicator and unit."""
        return [ref for ref in self._live(year) if _about(ref)[0] in units and _about(ref)[1] in indicators]

    async def concluded(self, before: int, units: Sequence[str], lineages: Sequence[str]) -> Sequence[GoalRef]:
        """Find by unit or by lineage."""
        return [
            ref
            for ref in self._all()
            if ref.year < before
            and ref.status in CONCLUDED
            and (ref.goal.obligated in units or ref.goal.lineage in lineages)
        ]

    async def of_lineage(self, lineage: str) -> Sequence[GoalRef]:
        """Find by lineage."""
        void = (Status.WITHDRAWN, Status.DECLINED)
        found = [ref for ref in self._all() if ref.goal.lineage == lineage and ref.status not in void]
        return sorted(found, key=lambda ref: (ref.year, ref.agreement))

    async def doubled(self, year: int) -> Sequence[tuple[GoalRef, GoalRef]]:
        """Pair goals of different agreements over the same."""
        return [
            (one, other)
            for one in self._live(year)
            for other in self._live(year)
            if one.agreement < other.agreement and _about(one) == _about(other) and None not in _about(one)
        ]

    def _live(self, year: int) -> list[GoalRef]:
        return [ref for ref in self._all() if ref.year == year and ref.status in LIVE]

    def _all(self) -> list[GoalRef]:
        return [
            GoalRef(
                agreement=one.id,
                predecessor=one.predecessor,
                title=one.revision.title,
                year=one.revision.year,
                status=one.status,
                goal=goal,
            )
            for _, one in sorted(self._agreements.items())
            for goal in sorted(one.revision.goals, key=lambda goal: goal.code)
        ]


def _about(ref: GoalRef) -> tuple[object, object]:
    return ref.goal.obligated, getattr(ref.goal.terms, "indicator", None)


class RememberedSightings:
    """Twin of `Sightings`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._seen: dict[tuple[AgreementId, int, str, str], Sighting] = {}

    async def note(self, agreement: AgreementId, sightings: Sequence[Sighting]) -> None:
        """Keep first sightings."""
        for one in sightings:
            self._seen.setdefault((agreement, one.revision, one.unit, one.subject), one)

    async def of(self, agreement: AgreementId) -> Sequence[Sighting]:
        """List them, earliest first."""
        found = [sighting for (of, *_), sighting in self._seen.items() if of == agreement]
        return sorted(found, key=lambda one: (one.seen_at, one.subject))


class RememberedContents:
    """Twin of `Contents`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._contents: dict[str, bytes] = {}

    async def keep(self, sha256: str, content: bytes) -> None:
        """Keep content under its digest."""
        self._contents.setdefault(sha256, content)

    async def read(self, sha256: str) -> bytes:
        """Give content back."""
        if sha256 not in self._contents:
            raise UnknownContent(sha256)
        return self._contents[sha256]


class RememberedSeals:
    """Twin of `Seals`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._seals: dict[tuple[AgreementId, int], Sealed] = {}

    async def put(self, agreement: AgreementId, sealed: Sealed) -> None:
        """Keep a seal; one that is there stays."""
        self._seals.setdefault((agreement, sealed.revision), sealed)

    async def of(self, agreement: AgreementId) -> Sequence[Sealed]:
        """List an agreement's seals, oldest revision first."""
        return [sealed for (of, _), sealed in sorted(self._seals.items()) if of == agreement]
