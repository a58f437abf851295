"""A report as plain texts and charts in reading order: what HTML and PDF both show."""

from dataclasses import dataclass

from domain.path import PathKind
from domain.report import OverdueDelivery, Report, ReportLine
from domain.terms import GoalKind
from domain.undertaking import REASONS, Light

from reporting.rendering import german
from reporting.rendering.chart import MONTHS, Chart, chart_of

UNDATED = frozenset({GoalKind.DELIVERABLE, GoalKind.SUPPORT_OFFER, GoalKind.QUALITATIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class LightShown:
    """A light as colour, symbol and word."""

    code: str
    symbol: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalShown:
    """A goal as texts; `rows` are the months of its year as a table."""

    title: str
    section: str
    kind: str
    scope: str
    light: LightShown
    target: str
    expected: str
    actual: str
    degree: str
    due: str
    sentence: str
    state: str
    chart: Chart | None
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything a reader sees, as texts."""

    title: str
    unit: str
    period: str
    month: str
    agreement: str
    as_of: str
    notice: str
    parties: tuple[tuple[str, str, str], ...]
    lights: tuple[tuple[LightShown, int], ...]
    measured: tuple[GoalShown, ...]
    undertaken: tuple[GoalShown, ...]
    overdue: tuple[tuple[str, str, str, str, str], ...]
    green: str
    yellow: str


def page_of(report: Report) -> Page:
    """Put a report into German texts."""
    goals = [(line.kind in UNDATED, _goal(line)) for line in report.lines]
    return Page(
        title=f"{german.REPORTS[report.kind]} {german.period(report.period)}",
        unit=report.unit_name,
        period=german.period(report.period),
        month=german.month(report.month),
        agreement=f"{report.agreement_title} (Fassung {report.revision})",
        as_of=german.instant(report.as_of),
        notice=report.notice or "",
        parties=tuple((party.name, german.ROLES[party.role], party.office) for party in report.parties),
        lights=tuple((_light(light), count) for light, count in report.lights.items()),
        measured=tuple(goal for undated, goal in goals if not undated),
        undertaken=tuple(goal for undated, goal in goals if undated),
        overdue=tuple(_overdue(delivery) for delivery in report.overdue),
        green=german.number(report.thresholds.green, None, 0),
        yellow=german.number(report.thresholds.yellow, None, 0),
    )


def sentence(line: ReportLine) -> str:
    """Say in one sentence how a goal stands."""
    if line.kind in UNDATED:
        reason = REASONS[line.reason].de if line.reason else "offen"
        return f"{reason[:1].upper()}{reason[1:]}."
    if line.actual is None or line.degree is None:
        why = REASONS[line.reason].de if line.reason else "kein Wert"
        cure = f" Es fehlt: {'; '.join(line.missing[:4])}." if line.missing else ""
        return f"Kein Zielerreichungsgrad: {why}.{cure}"
    unit = line.unit_of_measure
    aim = german.DIRECTIONS[line.direction] if line.direction and line.kind is not GoalKind.MONITORING else ""
    path = f" ({german.PATHS[line.path]})" if line.path and line.path is not PathKind.LEVEL else ""
    expected = f"{aim} {german.number(line.expected, unit)}".strip()
    return (
        f"Ist {german.number(line.actual, unit)}, erwartet {expected}{path}: "
        f"Zielerreichungsgrad {german.number(line.degree, None, 1)} %."
    )


def _goal(line: ReportLine) -> GoalShown:
    unit = line.unit_of_measure
    return GoalShown(
        title=line.title,
        section=line.section or "",
        kind=german.KINDS[line.kind],
        scope=german.SCOPES[line.scope] if line.scope else "",
        light=_light(line.light),
        target=german.number(line.target, unit),
        expected=german.number(line.expected, unit),
        actual=german.number(line.actual, unit),
        degree=german.number(line.degree, None, 1) + (" %" if line.degree is not None else ""),
        due=german.day(line.due),
        sentence=sentence(line),
        state=german.STATES[line.state] if line.state else "",
        chart=chart_of(line),
        rows=tuple(
            (f"{name} {point.month.year}", german.number(point.expected, unit), german.number(point.actual, unit))
            for name, point in zip(MONTHS, line.points, strict=False)
        ),
    )


def _light(light: Light) -> LightShown:
    return LightShown(
        code=light.value, symbol=german.SYMBOLS[light], word=german.LIGHTS[light], meaning=german.MEANINGS[light]
    )


def _overdue(delivery: OverdueDelivery) -> tuple[str, str, str, str, str]:
    return (
        delivery.unit_name,
        german.month(delivery.month),
        ", ".join(delivery.labels or delivery.variables),
        german.day(delivery.due),
        german.DUTIES[delivery.status],
    )
