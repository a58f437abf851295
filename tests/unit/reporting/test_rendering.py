"""A report's documents: readable by everybody, the same every time, and safe with whatever was written."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pikepdf
import pytest
from domain.codec import decode
from domain.duty import DutyStatus
from domain.identity import GoalCode, UnitCode, VariableCode
from domain.indicator import Direction
from domain.party import PartyRole
from domain.path import PathKind
from domain.period import Month
from domain.quantity import Measure
from domain.reading import DataState
from domain.report import OverdueDelivery, Report, ReportKind, ReportLine, ReportParty, ReportPoint
from domain.responsibility import Scope
from domain.terms import USUAL, GoalKind
from domain.undertaking import Light, Reason
from lxml import etree
from reporting.rendering import german
from reporting.rendering.document import RENDERERS, json_of
from reporting.rendering.html import html_of
from reporting.rendering.pdf import pdf_of

YEAR = [Month(2014, number) for number in range(1, 13)]
RATE = ReportLine(
    goal=GoalCode("integration"),
    section="I",
    title="Integrationsquote",
    kind=GoalKind.TARGET,
    scope=Scope.FEDERAL,
    light=Light.YELLOW,
    target=Decimal("20.6"),
    unit_of_measure=Measure.PERCENT,
    direction=Direction.AT_LEAST,
    expected=Decimal("20.6"),
    actual=Decimal("20.03"),
    degree=Decimal("97.2"),
    state=DataState.FINAL,
    path=PathKind.LEVEL,
    points=tuple(
        ReportPoint(month=m, expected=Decimal("20.6"), actual=Decimal("20.1") if m.month < 12 else None) for m in YEAR
    ),
)
CONCEPT = ReportLine(
    goal=GoalCode("concept"),
    section="V",
    title="Konzept zur Betreuung",
    kind=GoalKind.DELIVERABLE,
    scope=Scope.MUNICIPAL,
    light=Light.RED,
    reason=Reason.OVERDUE,
    due=date(2014, 10, 31),
)
REPORT = Report(
    kind=ReportKind.QUARTERLY,
    unit=UnitCode("36402"),
    unit_name="Jobcenter ME-aktiv",
    period="2014-Q4",
    month=Month(2014, 11),
    agreement="0199a000-0000-7000-8000-000000000000",
    agreement_title="Zielvereinbarung 2014",
    revision=1,
    as_of=datetime(2014, 12, 16, 9, 30, 12, 345678, tzinfo=UTC),
    notice="Alle Monatswerte sind erzeugt.",
    thresholds=USUAL,
    parties=(ReportParty(name="Kreis Mettmann", role=PartyRole.MUNICIPAL_BODY, office="Landrat"),),
    lines=(RATE, CONCEPT),
    overdue=(
        OverdueDelivery(
            unit=UnitCode("05158036"),
            unit_name="Wülfrath",
            month=Month(2014, 11),
            variables=(VariableCode("contacts"),),
            due=date(2014, 12, 12),
            status=DutyStatus.MISSING,
            labels=("Kontakte",),
        ),
    ),
)
HOSTILE = "<script>alert(1)</script> #panic() *fett* $x$ [a] \\ @ref äöüß „“ 漢字"
EMPTY = replace(REPORT, lines=(), overdue=(), parties=(), notice=None)


def test_a_report_is_read_back_without_loss() -> None:
    assert decode(Report, json.loads(json_of(REPORT))) == REPORT


@pytest.mark.parametrize("report", [REPORT, EMPTY, replace(REPORT, lines=(replace(RATE, points=(), actual=None),))])
@pytest.mark.parametrize("form", list(RENDERERS))
def test_every_form_is_the_same_bytes_every_time(report: Report, form: str) -> None:
    assert RENDERERS[form](report) == RENDERERS[form](report)


def test_a_pdf_is_tagged_titled_and_declares_that_everybody_can_read_it() -> None:
    with pikepdf.open(io.BytesIO(pdf_of(REPORT))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "de-DE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "Quartalsbericht 4. Quartal 2014" in str(metadata["dc:title"])


def test_an_html_report_is_well_formed_and_in_german() -> None:
    text = html_of(REPORT).decode()
    closed = re.sub(r"<(meta|link)([^>]*)>", r"<\1\2/>", text.replace("<!doctype html>", ""))
    tree = etree.fromstring(closed)
    assert tree.get("lang") == "de"
    assert [e.tag for e in tree.iter() if e.tag in ("h1", "main")] == ["h1", "main"]
    pictures = [e for e in tree.iter() if e.tag.endswith("svg")]
    assert pictures
    assert all(e.get("role") == "img" and len(e.get("aria-label", "")) > 40 for e in pictures)
    assert all(e.get("scope") for e in tree.iter() if e.tag == "th")


def test_no_light_is_told_by_colour_alone() -> None:
    text = html_of(REPORT).decode()
    for light in Light:
        assert f"{german.SYMBOLS[light]}</span> {german.LIGHTS[light]}" in text


def test_nothing_written_by_people_becomes_code() -> None:
    lines = (replace(RATE, title=HOSTILE), replace(CONCEPT, title=HOSTILE))
    hostile = replace(REPORT, lines=lines, notice=HOSTILE, unit_name=HOSTILE)
    assert "<script>" not in html_of(hostile).decode()
    assert pdf_of(hostile).startswith(b"%PDF")


def test_a_goal_without_a_value_says_why_and_who_can_cure_it() -> None:
    line = replace(
        RATE, actual=None, degree=None, light=Light.GREY, reason=Reason.MISSING_INPUT, missing=("Wülfrath, 2014-11",)
    )
    assert "eine Lieferung fehlt. Es fehlt: Wülfrath, 2014-11" in html_of(replace(REPORT, lines=(line,))).decode()


@pytest.mark.parametrize(
    ("number", "measure", "shown"),
    [
        ("17283", Measure.PERSONS, "17.283"),
        ("20.55", Measure.PERCENT, "20,6 %"),
        ("90295768.00", Measure.EUR, "90.295.768 €"),
        ("-0.5", Measure.PERSONS, "−1"),
        ("405.93", Measure.FTE, "405,93 VZÄ"),
    ],
)
def test_numbers_are_german_and_rounded_half_up(number: str, measure: Measure, shown: str) -> None:
    assert german.number(Decimal(number), measure) == shown


def test_periods_and_days_are_german() -> None:
    assert german.period("2014-Q4") == "4. Quartal 2014"
    assert german.month(Month(2014, 3)) == "März 2014"
    assert german.day(date(2014, 12, 31)) == "31.12.2014"
    assert german.instant(datetime(2014, 7, 1, 12, tzinfo=UTC)) == "01.07.2014, 14:00 Uhr"
