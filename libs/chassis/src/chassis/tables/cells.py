"""Cells that no spreadsheet takes for a formula, and how CSV is written for whom."""

from dataclasses import dataclass

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""
GUARD = "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How CSV is written: what stands between cells and in decimals, the mark it begins with, its media type."""

    separator: str
    decimal: str
    mark: str
    media_type: str

    def number(self, text: str) -> str:
        """Write a number, digits unchanged."""
        return text.replace(".", self.decimal)


PLAIN = Dialect(separator=",", decimal=".", mark="", media_type="text/csv; charset=utf-8")
GERMAN = Dialect(separator=";", decimal=",", mark="\ufeff", media_type=f"{PLAIN.media_type}; profile=excel-de")
LINE_END = "\r\n"


def guarded(text: str) -> str:
    """Write text so that no spreadsheet takes it for a formula."""
    return f"{GUARD}{text}" if text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """Read what `guarded` wrote."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith(FORMULA) else text
