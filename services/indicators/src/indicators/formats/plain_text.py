"""Bytes of text files made UTF-8: UTF-8 with or without mark, UTF-16, else Windows-1252; no line may be endless."""

import codecs
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from indicators.usecases.errors import FileBroken

BLOCK = 1_000_000
LONGEST_LINE = 2
"""How many blocks without the end of a line are taken for a file without lines."""
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def utf8(path: Path, expected: str, encoding: str | None = None) -> Path:
    """Give the file as UTF-8 with line feeds: itself where it is that already, else a copy beside it."""
    start = _start(path)
    mark = next((mark for mark in MARKS if start.startswith(mark)), b"")
    plain = not mark and encoding in (None, "utf-8") and _decodes(path, "utf-8")
    named = encoding or (MARKS[mark] if mark else "utf-8" if plain else "cp1252")
    apple = b"\r" in start and b"\n" not in start
    _must_have_lines(path, apple=apple)
    if plain and not apple:
        return path
    copy = path.with_name(f"{path.name}.utf8")
    with copy.open("wb") as out:
        for text in _decoded(path, named, len(mark), expected):
            out.write((text.replace("\r", "\n") if apple else text).encode("utf-8", "replace"))
    return copy


def encoding_of(path: Path) -> tuple[str, bytes]:
    """Name the encoding of a text file and give its mark."""
    start = _start(path)
    mark = next((mark for mark in MARKS if start.startswith(mark)), b"")
    return (MARKS[mark] if mark else "utf-8" if _decodes(path, "utf-8") else "cp1252"), mark


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(BLOCK)


def _blocks(path: Path, skipped: int = 0) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(skipped)
        while block := file.read(BLOCK):
            yield block


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in chain(_blocks(path), [b""]):
            decoder.decode(block, final=not block)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, encoding: str, skipped: int, expected: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in chain(_blocks(path, skipped), [b""]):
            yield decoder.decode(block, final=not block)
    except UnicodeDecodeError as error:
        why = f"neither UTF-8 nor UTF-16 nor Windows-1252 (as {encoding}: byte {error.object[error.start]:#04x})"
        raise FileBroken(expected=expected, why=why) from error


def _must_have_lines(path: Path, *, apple: bool) -> None:
    end = b"\r" if apple else b"\n"
    without = 0
    for block in _blocks(path):
        without = 0 if end in block else without + 1
        if without >= LONGEST_LINE:
            raise FileBroken(expected="text", why="a line is longer than a million characters")
