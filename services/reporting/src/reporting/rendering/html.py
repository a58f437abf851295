"""A report as one HTML file: nothing is fetched, nothing runs, a screen reader gets everything."""

from functools import cache
from pathlib import Path

from domain.report import Report
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from reporting.rendering.chart import MONTHS
from reporting.rendering.page import page_of

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("report.html.j2")


def html_of(report: Report) -> bytes:
    """Write a report as HTML."""
    return _template().render(page=page_of(report), months=MONTHS).encode()
