"""JSON and NDJSON: rows as objects of texts or numbers; digits are kept as they are written."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NoReturn

import polars as pl
from domain.profile import MappingProfile

from indicators.formats.columns import BATCH, LEFT_OUT, at_least_one, header_of
from indicators.formats.plain_text import utf8
from indicators.ports.delivered import Shape
from indicators.usecases.errors import FileBroken, FileEmpty

LARGEST = 64_000_000
SAMPLE = '{"rows": [{"unit": "05158004", "variable": "elb_stock", "month": "2014-11", "value": "4821"}]}'
Row = Mapping[str, object]


def read_json(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read an object with `rows`; rows count from 1."""
    if path.stat().st_size > LARGEST:
        raise FileBroken(expected="JSON", why="it is larger than 64 MB; send NDJSON, one row a line")
    return at_least_one(_frames(enumerate(_rows(path.read_bytes()), start=1), shape, profile))


def read_ndjson(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read one object a line; rows are lines."""
    return at_least_one(_frames(_lines(utf8(path, "NDJSON", profile.encoding)), shape, profile))


def _rows(content: bytes) -> list[Row]:
    if not content.strip():
        raise FileEmpty
    sent = _parsed(content, "JSON")
    rows = sent.get("rows") if isinstance(sent, dict) else sent
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FileBroken(expected="JSON", why=f"write {SAMPLE}")
    return rows


def _lines(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            row = _parsed(line, f"NDJSON, line {number},")
            if not isinstance(row, dict):
                raise FileBroken(expected="NDJSON", why=f"line {number} is no object")
            yield number, row


def _parsed(content: bytes, expected: str) -> object:
    try:
        return json.loads(content, parse_float=str, parse_int=str, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise FileBroken(expected=expected, why=str(error)[:200]) from error


def _frames(rows: Iterable[tuple[int, Row]], shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        names = list({name: None for _, row in batch for name in row})
        header = header_of(names, shape, profile)
        columns: dict[str, list[object]] = {"row": [number for number, _ in batch]}
        for known, name in zip(header, names, strict=True):
            if known != LEFT_OUT:
                columns[known] = [_text(row.get(name)) for _, row in batch]
        schema = {name: pl.Int64 if name == "row" else pl.String for name in columns}
        yield pl.DataFrame(columns, schema=schema)


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).encode("utf-8", "replace").decode()
