"""Numbers in texts: all of a file's numbers together show which decimal sign it has; none is guessed from one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl
from domain.intake import FindingCode

from indicators.ports.delivered import DOUBT

FORMS: dict[str, str] = {
    ",": r"^-?([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?$",
    ".": r"^-?([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)(\.[0-9]+)?$",
}
"""How a number is written by its decimal sign; the other may group thousands. 1.200 and 1,200 are of both forms."""
OTHER: dict[str, str] = {",": ".", ".": ","}
EITHER = r"[,.]"


@dataclass(frozen=True, slots=True)
class Notation:
    """How texts write numbers: `sign` is none where nothing tells, `grouped` says that 1.200 may be thousands."""

    sign: str | None
    grouped: bool = False


def notation(numbers: Iterable[pl.DataFrame], usual: str | None, named: str | None = None) -> Notation:
    """
    Find how all number columns of a file are written: as is named, else as they show, else as is usual.

    Where they show both, it is the usual sign, or the comma, and what might be thousands is in doubt.
    """
    if named:
        return Notation(named, grouped=True)
    shown = set[str]()
    for frame in numbers:
        shown |= {sign for sign in FORMS if sign not in shown and _shows(sign, frame)}
    if len(shown) > 1:
        return Notation(usual or ",")
    return Notation(shown.pop(), grouped=True) if shown else Notation(usual, grouped=usual == ",")


def _shows(sign: str, frame: pl.DataFrame) -> bool:
    """Say whether some number of a frame can only be read by a sign."""
    number = pl.all().str.strip_chars()
    signed = pl.any_horizontal(pl.all().str.contains_any([",", "."]))
    only = number.str.contains(FORMS[sign]) & ~number.str.contains(FORMS[OTHER[sign]])
    return bool(frame.filter(signed).select(pl.any_horizontal(only.any())).item())


def plainly(frame: pl.DataFrame, names: Sequence[str], written: Notation) -> pl.DataFrame:
    """Write numbers with a point and nothing else; what is in doubt stays as it is and is named in `DOUBT`."""
    names = [name for name in names if not _is_plain(frame[name], written)]
    doubts = [pl.col(DOUBT)] if DOUBT in frame.columns else []
    doubts += [_doubt(pl.col(name).str.strip_chars(), written) for name in names]
    plain = [_plain(pl.col(name).str.strip_chars(), written).alias(name) for name in names]
    doubted = pl.coalesce(*doubts, pl.lit(None, pl.String)).alias(DOUBT)
    return frame.lazy().with_columns(*plain, doubted).collect()


def _is_plain(numbers: pl.Series, written: Notation) -> bool:
    """Say of most files at once that nothing is to be done."""
    return written.sign == "." and not numbers.str.contains(",", literal=True).any()


def _plain(number: pl.Expr, written: Notation) -> pl.Expr:
    if written.sign is None:
        return number
    ungrouped = number.str.replace_all(OTHER[written.sign], "", literal=True)
    readable = number.str.contains(FORMS[written.sign]) & ~_ambiguous(number, written)
    return pl.when(readable).then(ungrouped.str.replace(written.sign, ".", literal=True)).otherwise(number)


def _doubt(number: pl.Expr, written: Notation) -> pl.Expr:
    ambiguous = pl.when(_ambiguous(number, written)).then(pl.lit(FindingCode.AMBIGUOUS_NUMBER.value))
    if written.sign is None:
        return ambiguous
    other = OTHER[written.sign]
    mixed = number.str.contains(FORMS[other]) & ~number.str.contains(FORMS[written.sign])
    seen = number.str.contains(other, literal=True)
    return ambiguous.when(mixed & seen).then(pl.lit(FindingCode.MIXED_DECIMALS.value))


def _ambiguous(number: pl.Expr, written: Notation) -> pl.Expr:
    """Find numbers of both forms that might be grouped where nothing shows whether they are."""
    if written.grouped:
        return pl.lit(value=False)
    grouping = OTHER[written.sign] if written.sign else EITHER
    of_both = number.str.contains(FORMS[","]) & number.str.contains(FORMS["."])
    return of_both & number.str.contains(grouping, literal=written.sign is not None)
