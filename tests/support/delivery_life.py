"""The life of deliveries as a machine: whatever happens in whatever order, what stands is what was taken in last."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, TypeVar

from chassis.clock import new_id
from domain.delivery import OPEN, WANTING, Delivery, DeliveryDone, DeliveryKind, DeliveryStatus, Progress
from domain.identity import DeliveryId, UnitCode
from domain.intake import WITHHELD
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from indicators.ports import Span
from indicators.usecases.errors import NothingToTakeBack

from support.conformance import Begin
from support.delivering import JANUARY, STOCK, Rows, Scene, a_delivery, a_job, covered_by, kept_back_in, numbered

T = TypeVar("T")
LIVES = count(1)
MONTHS = [JANUARY, JANUARY.plus(1)]
TAKEN = (DeliveryStatus.ACCEPTED,)
which = st.integers(0, 5)


@dataclass
class Life:
    """What should be known of a delivery; its rows are values that nobody else sends, or keep values back."""

    delivery: Delivery
    number: int
    rows: Rows
    in_line: bool = True

    @property
    def taken_back(self) -> bool:
        """Say whether a retraction took it back."""
        return self.delivery.retracted_by is not None


class DeliveryLife(RuleBasedStateMachine):
    """Senders deliver, cancel and take back; a process works off what waits, or fails."""

    def __init__(self, runner: asyncio.Runner, begin: Begin[Scene]) -> None:
        """Live in transactions opened like this, among units and senders of its own."""
        super().__init__()
        self._runner, self._begin, self._name = runner, begin, next(LIVES)
        self._units = [UnitCode(f"{self._name}-{letter}") for letter in "ab"]
        self._lives: list[Life] = []
        self._order: list[Life] = []

    @rule(sender=st.sampled_from("xy"), both=st.booleans(), kept_back=st.booleans())
    def receive(self, sender: str, both: bool, kept_back: bool) -> None:
        """Take in a new file of values, or one that keeps them back."""
        value = str(len(self._lives) + 1)
        rows = {(unit, month): WITHHELD if kept_back else value for unit in self._units[: 1 + both] for month in MONTHS}
        self._lives.append(
            self._do(self._received(a_delivery(f"{self._name} {value}", sender=f"{self._name}-{sender}"), rows))
        )

    @rule(which=which)
    def send_again(self, which: int) -> None:
        """Send the same bytes again: they are known unless rows were not kept or they were taken back."""
        for life in self._chosen(which):
            fresh = replace(life.delivery, id=DeliveryId(new_id()), status=DeliveryStatus.RECEIVED)
            again = replace(fresh, retracted_by=None)
            standing = [one.delivery for one in self._lives if not one.taken_back]
            alike = [one for one in standing if one.digest == again.digest]
            whole = [one for one in alike if one.status not in WANTING]
            known = self._do(self._known(again))
            assert known == (whole[0] if whole else None)
            if known is None:
                self._lives.append(self._do(self._received(again, life.rows)))

    @rule(which=which)
    def report(self, which: int) -> None:
        """Say how far it is, as long as it is open."""
        for life in self._chosen(which):
            progress = Progress(read=which)
            assert self._do(self._reported(life, progress)) == (life.delivery.status in OPEN)
            if life.delivery.status in OPEN:
                life.delivery = replace(life.delivery, status=DeliveryStatus.PROCESSING, progress=progress)

    @rule(which=which)
    def cancel(self, which: int) -> None:
        """Cancel what is open and nothing else."""
        for life in self._chosen(which):
            done = self._do(self._cancelled(life))
            assert (done is None) == (life.delivery.status not in OPEN)
            life.delivery = done or life.delivery

    @rule(which=which, fails=st.booleans())
    def work_off(self, which: int, fails: bool) -> None:
        """Work a job off in its turn: rows are taken in, or the file as a whole fails."""
        for life in [one for one in self._chosen(which) if one.in_line]:
            before = [one for one in self._lives if one.in_line and one.delivery.sender == life.delivery.sender]
            assert bool(self._do(self._attempted(life))) == (before[0] is life)
            if before[0] is life:
                status = DeliveryStatus.FAILED if fails else DeliveryStatus.ACCEPTED
                life.in_line = False
                if self._do(self._worked_off(life, status)):
                    life.delivery = replace(life.delivery, status=status)
                    self._order += [] if fails else [life]

    @rule(which=which)
    def take_back(self, which: int) -> None:
        """Take back what was kept, once."""
        for life in self._chosen(which):
            can = life.delivery.status in TAKEN and not life.taken_back
            retraction = DeliveryId(new_id())
            assert self._do(self._taken_back(life, retraction)) == can
            if can:
                life.delivery = replace(life.delivery, retracted_by=retraction)

    @invariant()
    def what_stands_is_what_was_taken_in_last(self) -> None:
        """Hold the newest values against the deliveries that stand, in the order they were taken in."""
        said = {key: value for life in self._order if not life.taken_back for key, value in life.rows.items()}
        standing = {key: value for key, value in said.items() if value != WITHHELD}
        assert {key: value for key, value in self._do(self._newest()).items() if value is not None} == standing

    @invariant()
    def every_delivery_is_told_as_it_is(self) -> None:
        """Read every delivery back."""
        assert self._do(self._told()) == [life.delivery for life in self._lives]

    def _chosen(self, which: int) -> list[Life]:
        return self._lives[which : which + 1]

    def _do(self, act: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(act)

    async def _received(self, delivery: Delivery, rows: Rows) -> Life:
        async with self._begin() as scene:
            number = await scene.deliveries.add(delivery, frozenset())
            await scene.jobs.add(a_job(number, delivery))
        return Life(delivery, number, rows)

    async def _known(self, delivery: Delivery) -> Delivery | None:
        async with self._begin() as scene:
            return await scene.deliveries.known(delivery)

    async def _reported(self, life: Life, progress: Progress) -> bool:
        async with self._begin() as scene:
            return await scene.deliveries.report(life.number, progress)

    async def _cancelled(self, life: Life) -> Delivery | None:
        async with self._begin() as scene:
            try:
                return await scene.deliveries.cancel(life.delivery.id)
            except DeliveryDone:
                return None

    async def _attempted(self, life: Life) -> int | None:
        async with self._begin() as scene:
            return await scene.jobs.attempted(life.number)

    async def _worked_off(self, life: Life, status: DeliveryStatus) -> bool:
        async with self._begin() as scene:
            assert await scene.jobs.claim(life.number)
            await scene.jobs.done(life.number)
            if (await scene.deliveries.get(life.delivery.id)).status not in OPEN:
                return False
            done, covered, revision = replace(life.delivery, status=status), covered_by(life.rows), None
            if status in TAKEN:
                rows, numbers = await numbered(scene, life.rows)
                revision = numbers.revision
                await scene.history.take_in(rows, numbers, life.delivery.mode)
                await scene.received.keep_withheld(life.number, kept_back_in(life.rows))
            return await scene.deliveries.finish(life.number, done, 0, covered if revision else (), revision)

    async def _taken_back(self, life: Life, id: DeliveryId) -> bool:
        processing = DeliveryStatus.PROCESSING
        retraction = replace(life.delivery, id=id, kind=DeliveryKind.RETRACTION, status=processing)
        async with self._begin() as scene:
            try:
                number = await scene.deliveries.add_retraction(retraction, of=life.delivery.id)
            except NothingToTakeBack:
                return False
            revision, _ = await scene.history.take_back(life.delivery.id)
            done = replace(retraction, status=DeliveryStatus.ACCEPTED)
            return await scene.deliveries.finish(number, done, 0, covered_by(life.rows), revision)

    async def _newest(self) -> Rows:
        span = Span(units=self._units, cells=[STOCK], first=MONTHS[0], last=MONTHS[-1])
        async with self._begin() as scene:
            known = await scene.history.newest(span, None)
        return {(one.unit, one.month): None if one.value is None else f"{one.value:f}" for one in known}

    async def _told(self) -> list[Delivery]:
        async with self._begin() as scene:
            return [await scene.deliveries.get(life.delivery.id) for life in self._lives]
