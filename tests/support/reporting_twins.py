"""The ports of the reporting service, remembered instead of stored, and its neighbours, told instead of asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from chassis.caller import Reach
from chassis.outgoing import UpstreamUnavailable
from domain.agreement import Declaration, Revision, Status
from domain.agreement_payload import revision_payload
from domain.attainment import Need
from domain.codec import encode
from domain.identity import AgreementId, DeliveryId, GoalCode, UnitCode
from domain.period import Month, Period
from domain.quantity import Measure
from domain.reading import DataState, NoValue, Reading
from domain.report import OverdueDelivery
from domain.unit import Units
from domain.unit_payload import payload_of
from reporting.ports import Document, Judgement, Pulled, Shown, Wanted
from reporting.usecases.errors import UnknownAttainment

from support.measuring import NOON


@dataclass
class Clock:
    """A clock that goes on by a minute whenever it is read."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        """Give the next minute."""
        self.at += timedelta(minutes=1)
        return self.at


@dataclass(frozen=True)
class Row:
    """A judgement as it was kept."""

    judgement: Judgement
    position: int
    latest: bool
    recorded_at: datetime
    superseded_at: datetime | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """Give its place in the list."""
        return self.judgement.unit, str(self.judgement.agreement), self.judgement.goal

    def known_at(self, at: datetime | None) -> bool:
        """Say whether it was current at an instant; now where none is given."""
        if at is None or self.superseded_at is None:
            return self.superseded_at is None and (at is None or self.recorded_at <= at)
        return self.recorded_at <= at < self.superseded_at


@dataclass
class RememberedJudgements:
    """Twin of `Judgements`; rows out of reach are not there."""

    now: Clock
    rows: list[Row] = field(default_factory=list)
    reach: Reach = None

    def within(self, reach: Reach) -> "RememberedJudgements":
        """Give the same rows to somebody who sees less."""
        return RememberedJudgements(self.now, self.rows, reach)

    async def in_turn(self) -> None:
        """Nobody else is here."""

    async def current(self, agreement: AgreementId) -> Mapping[tuple[GoalCode, Month], tuple[UUID, str]]:
        """Give id and digest of each current judgement of an agreement."""
        found = [row.judgement for row in self._seen() if row.judgement.agreement == agreement]
        return {(one.goal, one.month): (one.id, one.digest) for one in found}

    async def append(self, agreement: AgreementId, changed: Sequence[Judgement], latest: Month) -> None:
        """Keep what changed in place of what was current."""
        at, ids = self.now(), {judgement.id for judgement in changed}
        for number, row in enumerate(self.rows):
            if row.judgement.agreement == agreement and row.superseded_at is None:
                ended = at if row.judgement.id in ids else None
                self.rows[number] = replace(row, superseded_at=ended, latest=row.judgement.month == latest)
        for one in changed:
            self.rows.append(Row(one, len(self.rows) + 1, one.month == latest, at))

    async def end(self, agreement: AgreementId) -> None:
        """Take an agreement out of the current list."""
        at = self.now()
        for number, row in enumerate(self.rows):
            if row.judgement.agreement == agreement and row.superseded_at is None:
                self.rows[number] = replace(row, superseded_at=at)

    async def pull(self, wanted: Wanted) -> Pulled:
        """List attainment in the order unit, agreement, goal."""
        chosen = sorted((row for row in self._newest(wanted) if _fits(row, wanted)), key=lambda row: row.place)
        return _page(chosen, wanted.limit)

    async def changes(self, after: int, limit: int) -> Pulled:
        """List what changed behind a position."""
        return replace(_page([row for row in self._seen() if row.position > after], limit), last=None)

    async def one(self, id: UUID) -> Judgement:
        """Give one current judgement."""
        for row in self._seen():
            if row.judgement.id == id:
                return row.judgement
        raise UnknownAttainment(id)

    async def latest(self, agreement: AgreementId, period: Period) -> tuple[Month, datetime] | None:
        """Give the newest judged month inside a period, and when anything up to it was last judged anew."""
        upto = [r for r in self._seen() if r.judgement.agreement == agreement and r.judgement.month <= period.last]
        newest = max((row.judgement.month for row in upto), default=None)
        if newest is None or newest not in period:
            return None
        return newest, max(row.recorded_at for row in upto)

    def _seen(self, at: datetime | None = None) -> list[Row]:
        return [r for r in self.rows if r.known_at(at) and (self.reach is None or r.judgement.unit in self.reach)]

    def _newest(self, wanted: Wanted) -> list[Row]:
        seen = self._seen(wanted.as_of)
        if wanted.period is None and wanted.as_of is None:
            return [row for row in seen if row.latest]
        inside = [row for row in seen if wanted.period is None or row.judgement.month in wanted.period]
        newest: dict[AgreementId, Month] = {}
        for judgement in (row.judgement for row in inside):
            newest[judgement.agreement] = max(newest.get(judgement.agreement, judgement.month), judgement.month)
        return [row for row in inside if row.judgement.month == newest[row.judgement.agreement]]


def _fits(row: Row, wanted: Wanted) -> bool:
    judgement = row.judgement
    return (
        (wanted.units is None or judgement.unit in wanted.units)
        and (not wanted.agreements or judgement.agreement in wanted.agreements)
        and (not wanted.lights or judgement.light in wanted.lights)
        and (wanted.after is None or row.place > wanted.after)
    )


def _page(rows: Sequence[Row], limit: int) -> Pulled:
    shown = rows[:limit]
    return Pulled(
        items=",".join(row.judgement.body for row in shown),
        version=" ".join(str(row.position) for row in shown),
        position=max((row.position for row in shown), default=0),
        last=shown[-1].place if shown else None,
        more=len(rows) > limit,
    )


@dataclass
class ToldAgreements:
    """Twin of `AgreementsService`."""

    tree: Units
    agreements: dict[AgreementId, tuple[Status, Revision, tuple[Declaration, ...]]] = field(default_factory=dict)

    async def units(self) -> Document:
        """Give the tree of units."""
        return payload_of(self.tree)

    async def agreement(self, id: AgreementId) -> Document:
        """Give an agreement with its declarations and digest."""
        status, revision, declarations = self.agreements[id]
        told = {**revision_payload(revision), "id": str(id), "status": status.value, "revision": revision.number}
        return {"agreement": told, "digest": "3b" * 32, "declarations": [encode(one) for one in declarations]}


@dataclass
class ToldIndicators:
    """Twin of `IndicatorsService`: one figure a unit and month, the same for every indicator and view."""

    figures: dict[tuple[str, str], int] = field(default_factory=dict)
    attested: set[tuple[str, str]] = field(default_factory=set)
    overdue_deliveries: tuple[OverdueDelivery, ...] = ()
    down: bool = False
    rounds: int = 0

    async def readings(self, units: Sequence[UnitCode], needs: Sequence[Need]) -> Sequence[Shown]:
        """Read everything that is needed."""
        self._must_be_up()
        self.rounds += 1
        return [
            self._shown(unit, need, need.first.plus(number))
            for need in dict.fromkeys(needs)
            for unit in units
            for number in range(need.last - need.first + 1)
        ]

    async def why(self, reading: Document, as_of: datetime) -> Document:
        """Trace a reading down to observations and deliveries."""
        self._must_be_up()
        return {"indicator": reading["indicator"], "month": reading["month"], "as_of": as_of.isoformat()}

    async def overdue(self, units: Sequence[UnitCode], months: Period) -> Sequence[OverdueDelivery]:
        """List deliveries that are missing, late or incomplete."""
        self._must_be_up()
        return [one for one in self.overdue_deliveries if one.unit in units and one.month in months]

    def _must_be_up(self) -> None:
        if self.down:
            raise UpstreamUnavailable(service="indicators", why="ConnectError")

    def _shown(self, unit: UnitCode, need: Need, month: Month) -> Shown:
        reading = self._reading(unit, need, month)
        return Shown(reading=reading, attested=(unit, str(month)) in self.attested)

    def _reading(self, unit: UnitCode, need: Need, month: Month) -> Reading:
        value = self.figures.get((unit, str(month)))
        return Reading(
            unit=unit,
            indicator=need.indicator,
            month=month,
            view=need.view,
            value=None if value is None else Decimal(value),
            numerator=None,
            denominator=None,
            measure=Measure.PERSONS,
            state=DataState.INCOMPLETE if value is None else DataState.FINAL,
            definition=f"{need.indicator}/1",
            reason=NoValue.MISSING_INPUT if value is None else None,
            deliveries=frozenset() if value is None else frozenset({DeliveryId(UUID(int=value))}),
        )
