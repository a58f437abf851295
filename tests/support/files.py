"""Files as a service meets them: written down, read in slices, judged as one."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from domain.admission import Admission
from domain.delivery import DeliveryMode
from domain.identity import VariableCode
from domain.profile import PLAIN, MappingProfile
from domain.variable import Variable
from indicators.formats.columns import Reader
from indicators.persistence.catalogue_rows import shipped
from indicators.persistence.comparing import News, compare
from indicators.ports.delivered import Shape
from indicators.usecases.checking import Checker
from indicators.usecases.doubles import distinct, doubles
from indicators.usecases.shapes import OBSERVATIONS

Catalogue = Mapping[VariableCode, Sequence[Variable]]
CATALOGUE: Catalogue = {variable.code: (variable,) for variable in shipped()[0]}


def read_whole(
    reader: Reader, content: bytes, shape: Shape = OBSERVATIONS, profile: MappingProfile = PLAIN
) -> pl.DataFrame:
    """Read all slices of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        return pl.concat(list(reader(path, shape, profile)), how="diagonal")


def judged(
    rows: pl.DataFrame, admission: Admission, slices: int = 1, catalogue: Catalogue = CATALOGUE
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Judge rows slice by slice; give the good ones, each key once, and all findings."""
    checker = Checker(catalogue, admission)
    size = -(-rows.height // slices)
    checked = [checker.check(checker.numbered(part)) for part in rows.iter_slices(size)]
    good = pl.concat([one.good for one in checked]).with_columns(unit_id="unit", series_id="series")
    first, again = distinct(good)
    return first, pl.concat([*(one.bad for one in checked), doubles(again, checker.units)]).sort("row", "column")


def compared(rows: pl.DataFrame, known: pl.DataFrame, mode: DeliveryMode, series: Sequence[int] | None = None) -> News:
    """Compare rows with what is known; the series delivered are those of the rows."""
    delivered = pl.Series(series, dtype=pl.Int32) if series is not None else rows["series_id"].unique()
    return compare(rows, known, mode, delivered)
