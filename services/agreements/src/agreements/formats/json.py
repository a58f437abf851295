"""JSON: an object with `rows`, each an object of texts or numbers; digits are kept as they are written."""

import json
from typing import NoReturn

from domain.reference_row import Row

from agreements.formats.table import header_of, rows_of
from agreements.usecases.planning_errors import TableBroken, TableEmpty

SAMPLE = '{"rows": [{"unit": "05158", "indicator": "K2", "direction": "at_least", "value": "20.6", "low": "20", …}]}'


def read_json(content: bytes) -> list[Row]:
    """Read rows; they count from 1."""
    sent = _rows(content)
    names = list({name: None for row in sent for name in row})
    records = ((number, [_text(row.get(name)) for name in names]) for number, row in enumerate(sent, start=1))
    return rows_of(header_of(names), records)


def _rows(content: bytes) -> list[dict[str, object]]:
    if not content.strip():
        raise TableEmpty
    try:
        sent = json.loads(content, parse_float=str, parse_int=str, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise TableBroken(expected="JSON", why=str(error)[:200]) from error
    rows = sent.get("rows") if isinstance(sent, dict) else sent
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TableBroken(expected="JSON", why=f"write {SAMPLE}")
    if not rows:
        raise TableEmpty
    return rows


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _text(value: object) -> str:
    return "" if value is None else str(value).encode("utf-8", "replace").decode()
