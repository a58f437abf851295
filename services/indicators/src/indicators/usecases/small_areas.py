"""Turning statistics of small areas into a file as it is delivered; nothing is kept before that is delivered."""

import csv
import io
from collections.abc import Sequence

from chassis.caller import Caller, Role
from domain.small_area import AreaFigure, SmallAreaMapping, Translated, translate

PLAIN = ("unit", "variable", "month", "value")


def translated(caller: Caller, text: str, mapping: SmallAreaMapping) -> Translated:
    """Turn a file into figures and findings for those who deliver."""
    caller.must_be(Role.UPLOADER, Role.CONTROLLER)
    return translate(text, mapping)


def as_delivered(figures: Sequence[AreaFigure]) -> str:
    """Write figures as the file that is delivered: CSV with a column for each dimension that is used."""
    dimensions = sorted({name for figure in figures for name in figure.counted.dimensions})
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow([*PLAIN, *dimensions])
    for figure in figures:
        counted = figure.counted
        groups = [counted.dimensions.get(name, "") for name in dimensions]
        lines.writerow([figure.unit, counted.variable, figure.month, figure.value, *groups])
    return out.getvalue()
