"""SDMX-CSV 2: one observation a line; the action `D` withdraws, other actions tell values."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from domain.intake import WITHDRAWN, FindingCode
from domain.profile import MappingProfile
from domain.value_status import SDMX_CODES

from indicators.formats.columns import LEFT_OUT
from indicators.formats.csv import cells_of, first_line, read_csv, separator_of
from indicators.formats.plain_text import utf8
from indicators.ports.delivered import DOUBT, Shape
from indicators.usecases.errors import ColumnsMissing
from indicators.usecases.shapes import ObservationsOnly
from indicators.usecases.statuses import SAID

HEAD = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
ACTIONS = ("A", "I", "M", "R", "")


def read_sdmx_csv(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read SDMX-CSV 2.0; the head's columns are read over but for the action."""
    if "value" not in shape.needed:
        raise ObservationsOnly
    line = first_line(utf8(path, "SDMX-CSV", profile.encoding))
    names = [name.partition("[")[0].strip() for name in cells_of(line, separator_of(line))]
    missing = [name for name in HEAD[:2] if not any(given.upper() == name for given in names)]
    if missing:
        raise ColumnsMissing(missing=", ".join(missing), needed=", ".join(HEAD))
    theirs = dict.fromkeys(HEAD[:2], LEFT_OUT) | {"ACTION": "action"}
    theirs |= {name: shape.synonyms.get(name.lower(), name.lower()) for name in names if name.upper() not in HEAD}
    wider = shape.with_optional("action")
    for frame in read_csv(path, wider, profile.renaming(theirs)):
        named = frame.with_columns(_named()) if SAID in frame.columns else frame
        yield _acted(named) if "action" in named.columns else named


def _named() -> pl.Expr:
    """Put our words for SDMX's codes of how a value came to be."""
    words = {code: status.value for status, code in SDMX_CODES.items()}
    return pl.col(SAID).str.strip_chars().str.to_uppercase().replace_strict(words, default=pl.col(SAID))


def _acted(frame: pl.DataFrame) -> pl.DataFrame:
    action = pl.col("action").fill_null("").str.strip_chars().str.to_uppercase()
    strange = ~action.is_in([*ACTIONS, "D"])
    return frame.with_columns(
        pl.when(action == "D").then(pl.lit(WITHDRAWN)).otherwise(pl.col("value")).alias("value"),
        pl.when(strange).then(pl.lit(FindingCode.UNKNOWN_ACTION.value)).otherwise(pl.col(DOUBT)).alias(DOUBT),
    ).drop("action")
