"""The forms a report's document exists in."""

import json
from collections.abc import Callable

from domain.codec import encode
from domain.report import Report

from reporting.rendering.html import html_of
from reporting.rendering.pdf import pdf_of


def json_of(report: Report) -> bytes:
    """Write a report as JSON, figures unrounded as decimal strings."""
    return json.dumps(encode(report), ensure_ascii=False).encode()


RENDERERS: dict[str, Callable[[Report], bytes]] = {
    "application/json": json_of,
    "text/html": html_of,
    "application/pdf": pdf_of,
}
