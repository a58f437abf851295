"""Figures traced to who brought what to them, on the wire."""

from collections.abc import Sequence

from chassis.paging import cursor_of
from chassis.wire import FigureText, Told
from domain.formula.printing import in_words, written

from indicators.api.reading_schemas import (
    MissingOut,
    ObservationOut,
    ReadingOut,
    missing_out,
    observation_out,
    reading_out,
)
from indicators.usecases.telling import told
from indicators.usecases.tracing import Contribution, Lineage, Others, Shown

FINER = 20
"""How many decimal places a member's sides have at the most, so that their sum is the whole in each of its ten."""
Labels = dict[str, str]


class InputOut(ObservationOut):
    """An observation that a reading is made of, who delivered it, and the `member` of a set or group it counts for."""

    sender: str
    member: str | None


class MemberOut(Told):
    """
    What a member of a set, a group or a neighbourhood brings to the figure, together with those it succeeds: `units`.

    `shown` says how much is told: its `inputs`, its `sides` (of neighbours beyond reach), or its `name`. The sides of
    all members and of the others add up to the reading's; null where an input is missing, or where products and
    quotients of variables do not add up.
    """

    unit: str
    units: list[str]
    rank: int | None
    shown: Shown
    numerator: FigureText | None
    denominator: FigureText | None


class OthersOut(Told):
    """What members that are shown by name only bring together; without sides where that is one member's alone."""

    count: int
    numerator: FigureText | None
    denominator: FigureText | None


class ReadingWhy(Told):
    """
    A reading traced to its formula, observations and deliveries.

    The figure of a set, a group or of neighbours has `members`, a page of them with their `inputs`, by rank and code;
    `next` leads to further ones. `others` are the members of all pages that are shown by name only.
    """

    reading: ReadingOut
    formula: str
    words_de: str
    words_en: str
    source: str
    checked_against: str
    members: list[MemberOut]
    others: OthersOut | None
    inputs: list[InputOut]
    missing: list[MissingOut]
    next: str | None


def why_out(lineage: Lineage, labels: tuple[Labels, Labels], dimensions: Sequence[tuple[str, str]] = ()) -> ReadingWhy:
    """Tell a reading with everything it is made of."""
    german, english = labels
    formula, brought = lineage.definition.formula, lineage.brought
    return ReadingWhy(
        reading=reading_out(lineage.reading, lineage.marks, lineage.lacks, dimensions),
        formula=written(formula),
        words_de=in_words(formula, "de", german),
        words_en=in_words(formula, "en", english),
        source=lineage.definition.source,
        checked_against=lineage.definition.checked_against,
        members=[] if lineage.alone else [_member(one) for one in brought],
        others=_others(lineage.others) if lineage.others else None,
        inputs=[told for one in brought for told in _inputs(one, lineage)],
        missing=[missing_out(missing, lineage.lacks[missing]) for missing in lineage.reading.missing],
        next=cursor_of(*brought[-1].member.place) if lineage.more else None,
    )


def _member(one: Contribution) -> MemberOut:
    above, below = (None, None) if one.shown is Shown.NAME else one.sides
    return MemberOut(
        unit=one.member.unit,
        units=list(one.member.units),
        rank=one.member.rank,
        shown=one.shown,
        numerator=told(above, FINER),
        denominator=told(below, FINER),
    )


def _others(others: Others) -> OthersOut:
    above, below = others.sides
    return OthersOut(count=others.count, numerator=told(above, FINER), denominator=told(below, FINER))


def _inputs(one: Contribution, lineage: Lineage) -> list[InputOut]:
    member = None if lineage.alone else one.member.unit
    return [
        InputOut(**dict(observation_out(used)), sender=lineage.senders[used.delivery], member=member)
        for used in (one.share.used if one.shown is Shown.INPUTS else ())
    ]
