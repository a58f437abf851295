"""XML by a published schema in the style of the XÖV standards: a head with sender and month, then records."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, cast

import polars as pl
from domain.errors import Text
from domain.profile import MappingProfile
from lxml import etree

from indicators.formats.columns import BATCH, LEFT_OUT, at_least_one, header_of
from indicators.formats.xml_faults import fault_of
from indicators.formats.xml_places import begins, encoding_of
from indicators.ports.delivered import Head, Shape
from indicators.ports.media_types import MediaType
from indicators.usecases.errors import FileBroken, FileEmpty

NAMESPACE = "urn:zielwerk:delivery:1.0"
DOCTYPE = Text(
    "it has a document type declaration, which is not taken",
    "sie hat eine Dokumenttypdeklaration; die wird nicht angenommen",
)
HEAD, RECORD, REPORTING_MONTH = (f"{{{NAMESPACE}}}{name}" for name in ("head", "record", "reporting_month"))


def schema_text() -> bytes:
    """Give the published schema."""
    return (files("indicators.formats") / "schema" / "delivery-1.0.xsd").read_bytes()


def read_xml(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read the records; a profile may name other elements and a schema."""
    if not path.stat().st_size:
        raise FileEmpty
    encoding_of(path)
    schema = _schema() if profile.record is None else schema_of(profile.schema)
    return at_least_one(_frames(_records(path, profile, schema), shape, profile))


def head_of(path: Path, media_type: str, profile: MappingProfile) -> Head | None:
    """Read the head of a file by the published schema; what is wrong with the file itself is found when it is read."""
    if media_type != MediaType.XML or profile.record is not None:
        return None
    with suppress(etree.XMLSyntaxError, EOFError), path.open("rb") as file:
        for element in _elements(file, _schema()):
            if element.tag == HEAD:
                said = _members(element, "")
                line = cast("int", element.sourceline)
                return Head(module=said["module"].strip(), sender=said["sender"].strip(), line=line)
    return None


def placed_rows(path: Path, profile: MappingProfile) -> Iterator[tuple[int, int]]:
    """Give the number of each row of a file that was read before, and the byte its record begins at."""
    numbers = (number for number, _ in _records(path, profile, None))
    return zip(numbers, begins(path, _is_record(profile)), strict=True)


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema_text()))


class _NothingOutside(etree.Resolver):
    """Refuses whatever a schema wants to read from elsewhere."""

    def resolve(self, system_url: str, public_id: str) -> Any:
        """Give nothing."""
        wanted = system_url or public_id
        raise FileBroken(expected="XML schema", why=f"it reads '{wanted}' from outside; put it into one file")


@cache
def schema_of(text: str | None) -> etree.XMLSchema | None:
    """Read a sender's own schema, which must be whole in itself."""
    if text is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(_NothingOutside())
    try:
        return etree.XMLSchema(etree.fromstring(text.encode(), parser))
    except etree.LxmlError as error:
        raise FileBroken(expected="XML schema", why=str(error)[:300]) from error


def _records(
    path: Path, profile: MappingProfile, schema: etree.XMLSchema | None
) -> Iterator[tuple[int, dict[str, str]]]:
    """
    Go through the file element by element; nothing outside it is read, no entity is resolved.

    A record's number is the line it begins on; where several begin on one line, each counts on from the one before.
    """
    month, number, is_record = "", 0, _is_record(profile)
    try:
        with path.open("rb") as file:
            for element in _elements(file, schema):
                if element.tag == REPORTING_MONTH:
                    month = (element.text or "").strip()
                elif is_record(element.tag):
                    number = max(cast("int", element.sourceline), number + 1)
                    yield number, _members(element, month)
                    _forget(element)
    except (etree.XMLSyntaxError, EOFError, OSError) as error:
        raise fault_of(error, path, schema) from error


def _is_record(profile: MappingProfile) -> Callable[[str], bool]:
    """Give what tells a record by its name; the element a profile names may be of any namespace."""
    if profile.record is None:
        return RECORD.__eq__
    return lambda name: name.rpartition("}")[2] == profile.record


def _elements(file: BinaryIO, schema: etree.XMLSchema | None) -> Iterator[etree._Element]:
    """Give each element at its end; comments and processing instructions are no part of any text."""
    events = etree.iterparse(
        file,
        events=("start", "end"),
        schema=schema,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = last = None
    for event, element in events:
        first, last = element if first is None else first, element
        if first is element and event == "start" and element.getroottree().docinfo.doctype:
            raise FileBroken(expected="XML", why=DOCTYPE.en, why_de=DOCTYPE.de)
        if event == "end":
            yield element
    if first is not last:
        raise EOFError("it is cut off")


def _forget(element: etree._Element) -> None:
    """Let go of a record that was read, and of whatever stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _members(element: etree._Element, month: str) -> dict[str, str]:
    told = {etree.QName(child).localname: child.text or "" for child in element}
    return {"month": month, **told} if month else told


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
    columns: dict[str, list[object]] = {"row": [number for number, _ in batch]}
    for known, name in zip(header, names, strict=True):
        if known != LEFT_OUT:
            columns[known] = [members.get(name) for _, members in batch]
    return pl.DataFrame(columns, schema={name: pl.Int64 if name == "row" else pl.String for name in columns})
