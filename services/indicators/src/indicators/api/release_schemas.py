"""Releases on the wire."""

from typing import Annotated

from chassis.paging import cursor_of
from chassis.wire import FigureText, Instant, KeyText, MonthText, Prose, Sent, Told
from domain.period import Month, Period
from domain.release import ReleaseKind
from domain.value_status import ValueStatus
from pydantic import Field

from indicators.ports.vintages import ValueChange
from indicators.usecases.releasing import Changed, Issued, Published


class ReleaseIn(Sent):
    """A state of the data to publish; months inclusive; `replaces` and `reason` for a new vintage of final months."""

    code: KeyText
    title: Annotated[str, Field(min_length=1, max_length=200)]
    kind: ReleaseKind
    from_month: MonthText
    until_month: MonthText
    as_of: Instant | None = None
    replaces: list[KeyText] = Field([], max_length=100)
    reason: Prose | None = None

    def value(self) -> Published:
        """Give what is to be published."""
        return Published(
            code=self.code,
            title=self.title,
            kind=self.kind,
            months=Period(Month.parse(self.from_month), Month.parse(self.until_month).next),
            as_of=self.as_of,
            replaces=tuple(self.replaces),
            reason=self.reason,
        )


class ReleaseOut(Told):
    """A named state of the data: what was known of these months at `as_of`."""

    code: str
    title: str
    kind: ReleaseKind
    from_month: str
    until_month: str
    as_of: Instant
    published_at: Instant
    published_by: str
    replaces: list[str]
    replaced_by: str | None
    reason: str | None


class ReleasePage(Told):
    """Releases in the order they were published."""

    items: list[ReleaseOut]
    next: str | None


class ValueChangeOut(Told):
    """A value, or how it came to be, differs between two releases; null where it was not known, or is withdrawn."""

    unit: str
    variable: str
    dimensions: dict[str, str]
    month: str
    old: FigureText | None
    new: FigureText | None
    old_status: ValueStatus | None
    new_status: ValueStatus | None


class ValueChangePage(Told):
    """
    Changes in the order of unit, month and variable.

    `definitions` names the versions of indicators that came between the releases: they change figures without a value.
    """

    items: list[ValueChangeOut]
    definitions: list[str]
    next: str | None


def release_out(issued: Issued) -> ReleaseOut:
    """Tell a release."""
    release = issued.release
    return ReleaseOut(
        code=release.code,
        title=release.title,
        kind=release.kind,
        from_month=str(release.months.start),
        until_month=str(release.months.last),
        as_of=release.as_of,
        published_at=release.published_at,
        published_by=release.published_by,
        replaces=list(release.replaces),
        replaced_by=issued.replaced_by,
        reason=release.reason,
    )


def changes_out(changed: Changed, limit: int) -> ValueChangePage:
    """Tell a page of changes; one more than it holds leads on."""
    values = changed.values
    following = cursor_of(*values[limit - 1].place) if len(values) > limit else None
    items = [change_out(change) for change in values[:limit]]
    return ValueChangePage(items=items, definitions=list(changed.definitions), next=following)


def change_out(change: ValueChange) -> ValueChangeOut:
    """Tell a change."""
    return ValueChangeOut(
        unit=change.unit,
        variable=change.cell.variable,
        dimensions=dict(change.cell.dimensions),
        month=str(change.month),
        old=change.old,
        new=change.new,
        old_status=change.old_status,
        new_status=change.new_status,
    )
