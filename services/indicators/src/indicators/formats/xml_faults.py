"""Why an XML file cannot be read: on which line, and in German too."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast
from xml.parsers import expat

from domain.errors import Text
from lxml import etree

from indicators.usecases.errors import FileBroken

BLOCK = 1_000_000
LARGEST_SEARCHED = 64_000_000
"""How large a file may be that is read as a whole to find the line that breaks its schema."""
LONGEST = 300
NAMESPACE = re.compile(r"\{[^{}'\s]*:[^{}'\s]*\}")
ELEMENT = re.compile(r"^Element '([^']*)'")
EXPECTED = re.compile(r"Expected is(?: one of)? \( (.*) \)\.$")
SYNTAX = "es ist kein wohlgeformtes XML"
ILL_FORMED: Mapping[str, str] = {
    expat.errors.XML_ERROR_SYNTAX: "es ist kein XML",
    expat.errors.XML_ERROR_NO_ELEMENTS: "es endet, bevor alle Elemente geschlossen sind",
    expat.errors.XML_ERROR_INVALID_TOKEN: "hier steht ein Zeichen, das in XML nicht stehen darf",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "hier beginnt etwas, das nicht geschlossen wird",
    expat.errors.XML_ERROR_PARTIAL_CHAR: "das letzte Zeichen ist unvollständig",
    expat.errors.XML_ERROR_TAG_MISMATCH: "geschlossen wird ein anderes Element als das offene",
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "ein Attribut steht doppelt",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "hinter dem letzten Element steht noch etwas",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "diese Entität ist nicht bekannt",
    expat.errors.XML_ERROR_BAD_CHAR_REF: "dieser Zeichenverweis ist nicht erlaubt",
    expat.errors.XML_ERROR_MISPLACED_XML_PI: "die XML-Deklaration steht nicht am Anfang der Datei",
    expat.errors.XML_ERROR_INCORRECT_ENCODING: "die angegebene Zeichenkodierung ist nicht die der Datei",
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "ein CDATA-Abschnitt wird nicht geschlossen",
    expat.errors.XML_ERROR_UNBOUND_PREFIX: "dieses Kürzel eines Namensraums ist nicht erklärt",
    expat.errors.XML_ERROR_XML_DECL: "die XML-Deklaration ist fehlerhaft",
}
PLAINER: Mapping[str, str] = {
    expat.errors.XML_ERROR_SYNTAX: "it is no XML",
    expat.errors.XML_ERROR_NO_ELEMENTS: "it ends before all elements are closed",
    expat.errors.XML_ERROR_INVALID_TOKEN: "a character stands here that must not stand in XML",
}
"""What the parser says less plainly."""
AGAINST_SCHEMA: Mapping[str, str] = {
    "SCHEMAV_ELEMENT_CONTENT": "hier fehlt ein Element, oder dieses steht hier falsch",
    "SCHEMAV_CVC_PATTERN_VALID": "der Wert hat nicht die verlangte Form",
    "SCHEMAV_CVC_ENUMERATION_VALID": "der Wert ist keiner der erlaubten",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "der Wert ist zu lang",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "der Wert hat nicht den verlangten Typ",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "ein nötiges Attribut fehlt",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "dieses Attribut ist nicht erlaubt",
    "SCHEMAV_CVC_TYPE_3_1_1": "dieses Attribut ist nicht erlaubt",
    "SCHEMAV_CVC_AU": "ein Attribut hat nicht den Wert, der feststeht",
    "SCHEMAV_CVC_ELT_1": "damit beginnt keine Datei nach diesem Schema",
    "SCHEMAV_CVC_TYPE_3_1_2": "es enthält Elemente und darf nur Text enthalten",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "es enthält Text und darf nur Elemente enthalten",
}


def fault_of(error: Exception, path: Path, schema: etree.XMLSchema | None) -> FileBroken:
    """Say why a file could not be read; whoever goes through it element by element does not know every line."""
    return _not_well_formed(path) or _against_schema(path, schema) or _as_said(error)


def ill_formed(error: expat.ExpatError) -> FileBroken:
    """Say on which line a file is no XML."""
    kind = expat.ErrorString(error.code)
    return _at(error.lineno, Text(PLAINER.get(kind, kind), ILL_FORMED.get(kind, SYNTAX)))


def _not_well_formed(path: Path) -> FileBroken | None:
    parser = expat.ParserCreate(namespace_separator="}")
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                parser.Parse(block)
        parser.Parse(b"", True)  # noqa: FBT003  that it is the end can be said by position only
    except expat.ExpatError as error:
        return ill_formed(error)
    return None


def _against_schema(path: Path, schema: etree.XMLSchema | None) -> FileBroken | None:
    if schema is None or path.stat().st_size > LARGEST_SEARCHED:
        return None
    with suppress(etree.XMLSyntaxError):
        schema.validate(etree.parse(path, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)))
        first = next(iter(cast("Iterable[Any]", schema.error_log)), None)
        return _at(first.line, _schema_text(first.type_name, first.message)) if first else None
    return None


def _as_said(error: Exception) -> FileBroken:
    """Pass on what the library says, in German as far as its kind of error tells it."""
    said = getattr(error, "msg", None) or str(error)
    kinds = {entry.message: entry.type_name for entry in getattr(error, "error_log", ())}
    return _at(getattr(error, "lineno", None) or 0, _schema_text(kinds.get(said, ""), said))


def _schema_text(kind: str, message: str) -> Text:
    english = NAMESPACE.sub("", message)[:LONGEST]
    element, expected = ELEMENT.search(english), EXPECTED.search(english)
    if kind not in AGAINST_SCHEMA or not element:
        return Text(english, english)
    wanted = f"; erwartet: {expected[1]}" if expected else ""
    return Text(english, f"Element „{element[1]}“: {AGAINST_SCHEMA[kind]}{wanted}")


def _at(line: int, why: Text) -> FileBroken:
    if not line:
        return FileBroken(expected="XML", why=why.en, why_de=why.de)
    return FileBroken(expected="XML", why=f"line {line}: {why.en}", why_de=f"Zeile {line}: {why.de}")
