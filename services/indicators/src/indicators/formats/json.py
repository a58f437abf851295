"""JSON: an object with `rows`, each an object of texts or numbers; digits are kept as they are written."""

import json
from typing import NoReturn

import polars as pl

from indicators.formats.columns import header_of, numbered
from indicators.usecases.errors import FileBroken, FileEmpty

SAMPLE = '{"rows": [{"unit": "05158004", "variable": "elb_stock", "month": "2014-11", "value": "4821"}]}'


def read_json(content: bytes) -> pl.DataFrame:
    """Read rows into text columns; rows count from 1."""
    rows = _rows(content)
    names = list({name: None for row in rows for name in row})
    header = header_of(names)
    columns = {known: [_text(row.get(name)) for row in rows] for known, name in zip(header, names, strict=True)}
    return numbered(pl.DataFrame(columns, schema=dict.fromkeys(header, pl.String)), first=1)


def _rows(content: bytes) -> list[dict[str, object]]:
    if not content.strip():
        raise FileEmpty
    try:
        sent = json.loads(content, parse_float=str, parse_int=str, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise FileBroken(expected="JSON", why=str(error)[:200]) from error
    rows = sent.get("rows") if isinstance(sent, dict) else sent
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FileBroken(expected="JSON", why=f"write {SAMPLE}")
    if not rows:
        raise FileEmpty
    return rows


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _text(value: object) -> str | None:
    return (
        value.encode("utf-8", "replace").decode() if isinstance(value, str) else None if value is None else str(value)
    )
