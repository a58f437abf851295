"""A population of file references: CSV of one column `reference`, or JSON."""

import csv
import io
import json

from domain.sampling import COLUMN, MOST_REFERENCES, PopulationTooLarge

from indicators.ports.media_types import MediaType
from indicators.usecases.errors import FileBroken, FileEmpty
from indicators.usecases.reviews.errors import NotOneColumn

LARGEST = 50_000_000
SAMPLE = '{"references": ["a1", "a2"]}'
Rows = list[tuple[int, str]]


def read_references(content: bytes, media_type: str) -> Rows:
    """Read numbered references: the header of a CSV file is row 1, the first of a JSON list too."""
    if not content.strip():
        raise FileEmpty
    if len(content) > LARGEST:
        raise PopulationTooLarge(f"{len(content)} bytes")
    return _of_json(content) if media_type == MediaType.JSON else _of_csv(content)


def _of_csv(content: bytes) -> Rows:
    breaks = content.count(b"\n")
    if breaks > MOST_REFERENCES + 1:
        raise PopulationTooLarge(f"{breaks - 1} rows or more")
    try:
        lines = list(csv.reader(io.StringIO(_decoded(content).rstrip("\r\n"), newline=""), strict=True))
    except csv.Error as error:
        raise FileBroken(expected="CSV", why=str(error)[:200]) from error
    wide = next((number for number, line in enumerate(lines, start=1) if len(line) > 1), None)
    if wide or [name.strip().lower() for name in lines[0]] != [COLUMN]:
        raise NotOneColumn(row=wide or 1)
    return [(number, line[0] if line else "") for number, line in enumerate(lines[1:], start=2)]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileBroken(expected="CSV", why="neither UTF-8 nor Windows-1252")


def _of_json(content: bytes) -> Rows:
    try:
        sent = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FileBroken(expected="JSON", why=str(error)[:200]) from error
    references = sent.get("references") if isinstance(sent, dict) and len(sent) == 1 else None
    if not isinstance(references, list) or not all(isinstance(one, str) for one in references):
        raise FileBroken(expected="JSON", why=f"write {SAMPLE}")
    return list(enumerate(references, start=1))
