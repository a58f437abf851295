"""Where in the bytes of an XML file its records begin, and how its characters are written."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from domain.errors import Text

from indicators.formats.xml_faults import ill_formed
from indicators.usecases.errors import FileBroken

BLOCK = 1_000_000
DECLARED = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""How UTF-16 begins, with a mark or without."""


def encoding_of(path: Path) -> str:
    """Name the encoding of an XML file: UTF-8, UTF-16, or one of a byte a character, which it declares."""
    with path.open("rb") as file:
        start = file.read(BLOCK)
    declared = DECLARED.search(start)
    name = WIDE.get(start[:2]) or (declared[1].decode() if declared else "utf-8")
    try:
        expat.ParserCreate().Parse(start)
    except expat.ExpatError as error:
        raise ill_formed(error) from error
    except (LookupError, ValueError) as error:
        why = Text(
            f"its encoding {name} is not taken; write UTF-8",
            f"die Zeichenkodierung {name} wird nicht angenommen; schreiben Sie UTF-8",
        )
        raise FileBroken(expected="XML", why=why.en, why_de=why.de) from error
    return name


def begins(path: Path, is_record: Callable[[str], bool]) -> Iterator[int]:
    """Give the byte each record begins at, in the order in which they end; names are as `{namespace}name`."""
    parser = expat.ParserCreate(namespace_separator="}")
    begun: list[int] = []
    ended: list[int] = []

    def begin(name: str, _attributes: object) -> None:
        if is_record(_as_written(name)):
            begun.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        if is_record(_as_written(name)):
            ended.append(begun.pop())

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            parser.Parse(block)
            yield from ended
            ended.clear()


def _as_written(name: str) -> str:
    return "{" + name if "}" in name else name
