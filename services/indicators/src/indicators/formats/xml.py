"""XML by a published schema in the style of the XÖV standards: a head with sender and month, then records."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import polars as pl
from domain.profile import MappingProfile
from lxml import etree

from indicators.formats.columns import BATCH, LEFT_OUT, at_least_one, header_of
from indicators.ports.delivered import Shape
from indicators.usecases.errors import FileBroken, FileEmpty

NAMESPACE = "urn:zielwerk:delivery:1.0"
RECORD, REPORTING_MONTH = f"{{{NAMESPACE}}}record", f"{{{NAMESPACE}}}reporting_month"


def schema_text() -> bytes:
    """Give the published schema."""
    return (files("indicators.formats") / "schema" / "delivery-1.0.xsd").read_bytes()


def read_xml(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read the records; a row's number is the line it begins on."""
    if not path.stat().st_size:
        raise FileEmpty
    return at_least_one(_frames(_records(path), shape, profile))


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema_text()))


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Go through the file element by element; nothing outside it is read, no entity is resolved."""
    month = ""
    try:
        events = etree.iterparse(
            str(path),
            events=("end",),
            tag=(RECORD, REPORTING_MONTH),
            schema=_schema(),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
        )
        for _, element in events:
            if element.getroottree().docinfo.doctype:
                raise FileBroken(expected="XML", why="it has a document type declaration, which is not taken")
            if element.tag == REPORTING_MONTH:
                month = (element.text or "").strip()
                continue
            yield element.sourceline or 0, _members(element, month)
            element.clear()
            while (before := element.getprevious()) is not None:
                element.getparent().remove(before)
    except (etree.XMLSyntaxError, OSError) as error:
        raise FileBroken(expected="XML", why=_where(error)) from error


def _members(element: etree._Element, month: str) -> dict[str, str]:
    told = {etree.QName(child).localname: child.text or "" for child in element}
    return {"month": month, **told} if month else told


def _where(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    return f"line {line}: {error}"[:300] if line else str(error)[:300]


def _frames(
    records: Iterator[tuple[int, dict[str, str]]], shape: Shape, profile: MappingProfile
) -> Iterator[pl.DataFrame]:
    batch: list[tuple[int, dict[str, str]]] = []
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield _frame(batch, shape, profile)
            batch = []
    if batch:
        yield _frame(batch, shape, profile)


def _frame(batch: list[tuple[int, dict[str, str]]], shape: Shape, profile: MappingProfile) -> pl.DataFrame:
    names = list({name: None for _, members in batch for name in members})
    header = header_of(names, shape, profile)
    columns: dict[str, list[object]] = {"row": [line for line, _ in batch]}
    for known, name in zip(header, names, strict=True):
        if known != LEFT_OUT:
            columns[known] = [members.get(name) for _, members in batch]
    return pl.DataFrame(columns, schema={name: pl.Int64 if name == "row" else pl.String for name in columns})
