"""Readings and observations on the wire."""

from collections.abc import Sequence
from uuid import UUID

from chassis.wire import FigureText, Instant, Told
from domain.figures import MissingInput
from domain.lack import Absence, Lack
from domain.observation import Observation
from domain.period import View
from domain.quantity import Measure
from domain.reading import DataState, NoValue, Reading
from domain.value_status import ValueStatus
from domain.vintage import Vintage

from indicators.usecases.lacking import MOST_MISSING, Lacks
from indicators.usecases.marks import Marks
from indicators.usecases.telling import told


class MissingOut(Told):
    """
    A value that is not there: why, by which delivery, and who can bring it.

    Where no `senders` are named, that is whoever delivers for the unit. While `month_closed`, an operator's permit for
    them comes first.
    """

    unit: str
    variable: str
    dimensions: dict[str, str]
    month: str
    why: Absence
    delivery: UUID | None
    senders: list[str]
    month_closed: bool


class ReadingOut(Told):
    """
    A figure with both sides of its ratio; `value` is null with a `reason`.

    `attested` says whether the unit stands for the month and nothing was recorded of it since, `objections` how many
    contest this very figure. A figure of nearest neighbours that is told by rank names its `rank` and the `neighbour`
    who stands there in the month. With `include_history` each vintage of a figure is an item: what it came to from
    `recorded_at` on, by the deliveries `changed_by`, by the data of that instant; without it the first is null and the
    second empty.
    """

    unit: str
    indicator: str
    month: str
    view: View
    value: FigureText | None
    numerator: FigureText | None
    denominator: FigureText | None
    unit_of_measure: Measure
    state: DataState
    definition: str
    reason: NoValue | None
    missing: list[MissingOut]
    missing_count: int
    deliveries: list[UUID]
    dimensions: dict[str, str]
    attested: bool
    objections: int
    neighbour: str | None
    rank: int | None
    recorded_at: Instant | None
    changed_by: list[UUID]


class ReadingPage(Told):
    """Readings in the order of unit, indicator, view and month; their vintages in that of instants."""

    items: list[ReadingOut]
    next: str | None


class ObservationOut(Told):
    """One value as one delivery told it, and how it came to be; without `value` it withdraws and has no `status`."""

    unit: str
    variable: str
    dimensions: dict[str, str]
    month: str
    value: FigureText | None
    status: ValueStatus | None
    recorded_at: Instant
    delivery: UUID


class ObservationPage(Told):
    """Observations in the order of unit, month and variable."""

    items: list[ObservationOut]
    next: str | None


def reading_out(reading: Reading, marks: Marks, lacks: Lacks, dimensions: Sequence[tuple[str, str]] = ()) -> ReadingOut:
    """Tell a reading, of a group where it is split by dimensions; ten decimal places at the most."""
    place = marks.place(reading)
    return ReadingOut(
        unit=reading.unit,
        indicator=reading.indicator,
        month=str(reading.month),
        view=reading.view,
        value=told(reading.value),
        numerator=told(reading.numerator),
        denominator=told(reading.denominator),
        unit_of_measure=reading.measure,
        state=reading.state,
        definition=reading.definition,
        reason=reading.reason,
        missing=[missing_out(missing, lacks[missing]) for missing in reading.missing[:MOST_MISSING]],
        missing_count=len(reading.missing),
        deliveries=sorted(reading.deliveries),
        dimensions=dict(dimensions),
        attested=marks.stands(reading),
        objections=marks.against(reading),
        neighbour=place.neighbour if place else None,
        rank=place.rank if place else None,
        recorded_at=None,
        changed_by=[],
    )


def vintage_out(vintage: Vintage, marks: Marks, lacks: Lacks, dimensions: Sequence[tuple[str, str]] = ()) -> ReadingOut:
    """Tell a vintage of a reading."""
    told = reading_out(vintage.reading, marks, lacks, dimensions)
    return told.model_copy(update={"recorded_at": vintage.recorded_at, "changed_by": sorted(vintage.changed_by)})


def missing_out(missing: MissingInput, lack: Lack) -> MissingOut:
    """Tell what is missing, why, and who can cure it."""
    cell = missing.cell
    return MissingOut(
        unit=missing.unit,
        variable=cell.variable,
        dimensions=dict(cell.dimensions),
        month=str(missing.month),
        why=lack.why,
        delivery=lack.delivery,
        senders=list(lack.senders),
        month_closed=lack.month_closed,
    )


def observation_out(observation: Observation) -> ObservationOut:
    """Tell an observation."""
    cell = observation.cell
    return ObservationOut(
        unit=observation.unit,
        variable=cell.variable,
        dimensions=dict(cell.dimensions),
        month=str(observation.month),
        value=observation.value,
        status=None if observation.value is None else observation.status,
        recorded_at=observation.recorded_at,
        delivery=observation.delivery,
    )
