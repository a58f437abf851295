"""The monthly files as a vendor would send them: German CSV, one a unit, month and data set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from demonstration.figures import LAST, WEIGHTS, Figure, benefits, contacts, months, staff
from demonstration.units import JOBCENTER

LATE_TOWN = "05158036"
WINDOWS = frozenset({"05158016", "05158032"})
NOTE = (
    "Alle Monatswerte in diesen Dateien sind erzeugt und zeigen keine wirklichen Verhältnisse.\n"
    "Every monthly value in these files is generated and shows no real conditions.\n"
)
DATASETS = {
    "leistungen": (
        "elb_stock",
        "ltr_stock",
        "integrations",
        "benefits_living",
        "benefits_housing",
        "funds_spent",
        "service_beneficiaries",
    ),
    "kontakte": ("contacts", "first_contacts", "integration_contracts"),
    "personal": ("staff_posts", "fixed_term_posts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyFile:
    """One file: who sends it, what it is called, its bytes."""

    unit: str
    name: str
    content: bytes


def monthly_files() -> Iterator[MonthlyFile]:
    """Make every file, month by month; one town's file of contacts of the last month is held back."""
    for month in months():
        for town in sorted(WEIGHTS):
            yield _file(town, str(month), "leistungen", benefits(town, month))
            if (town, month) != (LATE_TOWN, LAST):
                yield _file(town, str(month), "kontakte", contacts(town, month))
        yield _file(JOBCENTER, str(month), "personal", staff(month))


def keep(folder: Path, files: Sequence[MonthlyFile]) -> None:
    """Keep the files to look at, with a note that says what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "LIESMICH.txt").write_text(NOTE, encoding="utf-8")
    for file in files:
        (folder / file.name).write_bytes(file.content)


def _file(unit: str, month: str, dataset: str, figures: Sequence[Figure]) -> MonthlyFile:
    dimensions = sorted({figure.dimension[0] for figure in figures if figure.dimension})
    lines = [";".join(["unit", "variable", "month", "value", *dimensions])]
    for figure in figures:
        split = dict([figure.dimension]) if figure.dimension else {}
        cells = [unit, figure.variable, month, _german(figure.value), *(split.get(name, "") for name in dimensions)]
        lines.append(";".join(cells))
    text = "\r\n".join(lines) + "\r\n"
    content = text.encode("cp1252") if unit in WINDOWS else text.encode("utf-8-sig")
    return MonthlyFile(unit=unit, name=f"erzeugt_{dataset}_{unit}_{month}.csv", content=content)


def _german(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")
