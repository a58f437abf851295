"""A report as PDF/UA-1: tagged, with a text for every picture, and the same bytes every time."""

import json
import re
from dataclasses import asdict
from pathlib import Path

import typst
from domain.report import Report

from reporting.rendering.chart import MONTHS
from reporting.rendering.page import page_of

UNPRINTABLE = re.compile("[^\u0009-\u052f\u1e00-\u1fff\u2010-\u22ff\u25a0-\u25ff]")
"""What the bundled fonts cannot show; PDF/UA forbids a glyph that is not there, so a question mark stands for it."""
TEMPLATE = (Path(__file__).parent / "templates" / "report.typ").read_bytes()


def pdf_of(report: Report) -> bytes:
    """Typeset a report; its own instant is the document's, so repetition changes nothing."""
    data = {**asdict(page_of(report)), "months": list(MONTHS), "created": report.as_of.date().isoformat()}
    return typst.compile(
        TEMPLATE,
        sys_inputs={"data": UNPRINTABLE.sub("?", json.dumps(data, ensure_ascii=False))},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=report.as_of.replace(microsecond=0),
    )
