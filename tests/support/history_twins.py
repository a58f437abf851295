"""The history of observations, remembered instead of stored."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import polars as pl
from domain.delivery import DeliveryMode
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.observation import Key, Observation
from domain.period import Month
from domain.value_status import ValueStatus
from domain.variable import Cell
from indicators.ports import Difference, Known, Numbers, Revisions, Span, Taken

from support.columns import known_in, revisions_in
from support.delivery_twins import Kept, Shelf

Said = tuple[Decimal | None, ValueStatus | None]
"""A value and how it came to be."""
NOTHING: Said = (None, None)


class RememberedHistory:
    """Twin of `History`: every revision is what it changed, and the newest one of a key stands."""

    def __init__(self, shelf: Shelf) -> None:
        """Remember on this shelf."""
        self._shelf = shelf
        self._units: list[UnitCode] = []
        self._cells: list[Cell] = []

    async def numbers(self, units: Sequence[UnitCode], cells: Sequence[Cell]) -> Numbers:
        """Give units and cells numbers, and the next revision."""
        self._units += [unit for unit in units if unit not in self._units]
        self._cells += [cell for cell in cells if cell not in self._cells]
        return Numbers(
            units=pl.Series([self._units.index(unit) for unit in units], dtype=pl.Int32),
            series=pl.Series([self._cells.index(cell) for cell in cells], dtype=pl.Int32),
            revision=self._shelf.next(),
        )

    async def take_in(self, rows: pl.DataFrame, numbers: Numbers, mode: DeliveryMode) -> Taken:
        """Append what differs."""
        changes, taken = self._compared(rows, numbers, mode)
        self._shelf.changes.setdefault(numbers.revision, []).extend(changes)
        self._shelf.kept_back.setdefault(numbers.revision, set()).update(self._kept_back(rows))
        return taken

    async def try_out(self, number: int, rows: pl.DataFrame, numbers: Numbers, mode: DeliveryMode) -> Taken:
        """Keep what would differ."""
        changes, taken = self._compared(rows, numbers, mode)
        self._shelf.tried.setdefault(number, []).extend(changes)
        return taken

    async def newest(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None
    ) -> Sequence[Observation]:
        """Give the newest observation of each key."""
        known = {one.key: one for one in self._observed(span, as_of)}
        if dry_run is not None:
            number = self._shelf.number(dry_run)
            by, tried = self._shelf.kept[number], self._shelf.tried.get(number, ())
            known |= {one.key: one for one in (_observation(change, by) for change in tried) if _within(span, one)}
        return list(known.values())

    async def columns(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None, since: datetime | None = None
    ) -> Known:
        """Give the same in columns, and what was touched since an instant."""
        touched = known_in(span, list(self._observed(span, as_of)), as_of, since).touched
        return replace(known_in(span, await self.newest(span, as_of, dry_run)), touched=touched)

    async def all_revisions(self, span: Span, as_of: datetime | None) -> Sequence[Observation]:
        """Give every revision, oldest first."""
        return list(self._observed(span, as_of))

    async def revisions(self, span: Span) -> Revisions:
        """Give the same in columns."""
        return revisions_in(span, await self.all_revisions(span, None))

    async def cells(self, variables: Sequence[str]) -> Sequence[Cell]:
        """Give every cell of some variables."""
        return [cell for cell in self._cells if cell.variable in variables]

    async def brought(
        self, delivery: DeliveryId, units: Collection[UnitCode]
    ) -> Collection[tuple[UnitCode, VariableCode, Month]]:
        """Name what a delivery changed or keeps back for some units."""
        revision = self._shelf.kept[self._shelf.number(delivery)].revision or 0
        told = {_key(one) for one in self._shelf.changes.get(revision, ())} | self._shelf.kept_back.get(revision, set())
        return {(unit, cell.variable, month) for unit, cell, month in told if unit in units}

    async def take_back(self, delivery: DeliveryId) -> tuple[int, Taken]:
        """Append what stands without a delivery where that is another than what is in force."""
        back, newest, stands = (
            self._shelf.kept[self._shelf.number(delivery)].revision or 0,
            self._newest(),
            self._stands(),
        )
        brought = {_key(one) for one in self._shelf.changes.get(back, ())} | self._shelf.kept_back.get(back, set())
        changes = [
            _change(key, newest[key], stands.get(key, NOTHING))
            for key in brought & newest.keys()
            if newest[key] != stands.get(key, NOTHING)
        ]
        revision = self._shelf.next()
        self._shelf.changes[revision] = changes
        gone = sum(change.new is None for change in changes)
        return revision, Taken(corrected=len(changes) - gone, withdrawn=gone)

    def _stands(self) -> dict[Key, Said]:
        """Give what deliveries told last, of those that took nothing back and were not taken back."""
        undone = {one.retracts for one in self._shelf.kept.values()}
        stands: dict[Key, Said] = {}
        told = [one for number, one in self._shelf.kept.items() if one.retracts is None and number not in undone]
        for revision in sorted(one.revision for one in told if one.revision is not None):
            stands |= {_key(one): _said(one) for one in self._shelf.changes.get(revision, ())}
            stands |= dict.fromkeys(self._shelf.kept_back.get(revision, ()), NOTHING)
        return stands

    def _newest(self) -> dict[Key, Said]:
        revisions = sorted(self._shelf.changes.items())
        return {_key(one): _said(one) for _, changes in revisions for one in changes}

    def _observed(self, span: Span, as_of: datetime | None) -> Iterator[Observation]:
        by = {one.revision: one for one in self._shelf.kept.values() if one.revision is not None}
        for number, changes in sorted(self._shelf.changes.items()):
            if number in by and (as_of is None or by[number].recorded_at <= as_of):
                yield from (
                    one for one in (_observation(change, by[number]) for change in changes) if _within(span, one)
                )

    def _compared(self, rows: pl.DataFrame, numbers: Numbers, mode: DeliveryMode) -> tuple[list[Difference], Taken]:
        known = self._newest()
        told: dict[Key, Said] = {
            (self._units[unit], self._cells[cell], Month.numbered(month)): (
                NOTHING if value is None else (Decimal(value), ValueStatus(status))
            )
            for unit, month, cell, value, status in rows.select(
                "unit_id", "month", "series_id", "value", "status"
            ).iter_rows()
        }
        touched = {key for key, said in told.items() if known.get(key, NOTHING) != said}
        added = {key for key in touched if known.get(key, NOTHING) == NOTHING}
        taken_back = {key for key in touched if told[key] == NOTHING}
        left_out = set(self._left_out(told, known, numbers)) if mode is DeliveryMode.COMPLETE else set()
        changes = [_change(key, known.get(key, NOTHING), told.get(key, NOTHING)) for key in touched | left_out]
        return changes, Taken(
            added=len(added),
            corrected=len(touched - added - taken_back),
            unchanged=len(told) - len(touched | self._kept_back(rows)),
            withdrawn=len(taken_back | left_out),
        )

    def _kept_back(self, rows: pl.DataFrame) -> set[Key]:
        kept_back = rows.filter("withheld") if "withheld" in rows.columns else rows.clear()
        keys = kept_back.select("unit_id", "series_id", "month").iter_rows()
        return {(self._units[unit], self._cells[cell], Month.numbered(month)) for unit, cell, month in keys}

    def _left_out(self, told: dict[Key, Said], known: dict[Key, Said], numbers: Numbers) -> Iterator[Key]:
        places = {(unit, month) for unit, _, month in told}
        delivered = {self._cells[number] for number in numbers.series}
        for unit, cell, month in known.keys() - told.keys():
            if (unit, month) in places and cell in delivered and known[unit, cell, month] != NOTHING:
                yield unit, cell, month


def _said(change: Difference) -> Said:
    return change.new, change.new_status


def _change(key: Key, old: Said, new: Said) -> Difference:
    unit, cell, month = key
    return Difference(unit=unit, cell=cell, month=month, old=old[0], new=new[0], old_status=old[1], new_status=new[1])


def _key(change: Difference) -> Key:
    return change.unit, change.cell, change.month


def _within(span: Span, one: Observation) -> bool:
    return one.unit in span.units and one.cell in span.cells and span.first <= one.month <= span.last


def _observation(change: Difference, by: Kept) -> Observation:
    return Observation(
        unit=change.unit,
        cell=change.cell,
        month=change.month,
        value=change.new,
        recorded_at=by.recorded_at,
        delivery=by.delivery.id,
        status=change.new_status or ValueStatus.COUNTED,
    )
