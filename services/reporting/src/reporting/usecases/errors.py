"""What can go wrong with attainment and reports beyond the domain's own rules."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Conflict, Invalid, Text, Unknown


@dataclass(eq=False)
class UnknownAttainment(Unknown):
    """There is no such attainment, or not for you."""

    title_de = "Diese Zielerreichung gibt es nicht, oder nicht für Sie."
    says = Text("there is no attainment {id} within your reach", "in Ihrem Bereich gibt es keine Zielerreichung {id}")

    id: UUID


@dataclass(eq=False)
class UnknownReport(Unknown):
    """There is no such report, or not for you."""

    title_de = "Diesen Bericht gibt es nicht, oder nicht für Sie."
    says = Text("there is no report {id} within your reach", "in Ihrem Bereich gibt es keinen Bericht {id}")

    id: UUID


@dataclass(eq=False)
class NothingToReport(Conflict):
    """Nothing was judged for this unit and period."""

    title_de = "Für diese Einheit und diesen Zeitraum ist nichts beurteilt."
    says = Text(
        "no agreement of unit {unit} in force has attainment in {period}; deliver data first",
        "keine Vereinbarung der Einheit {unit} in Kraft hat Zielerreichung in {period}; liefern Sie zuerst Daten",
    )

    unit: str
    period: str


@dataclass(eq=False)
class SeveralAgreements(Conflict):
    """More than one agreement of the unit was judged in the period; a report is on one."""

    title_de = "Mehrere Vereinbarungen der Einheit sind im Zeitraum beurteilt; ein Bericht gilt einer."
    says = Text("name one as `agreement`: {agreements}", "nennen Sie eine als `agreement`: {agreements}")

    agreements: str


@dataclass(eq=False)
class JudgedMeanwhile(Conflict):
    """The agreement was judged by somebody else in the meantime."""

    title_de = "Die Vereinbarung wurde inzwischen anderweitig beurteilt."
    says = Text(
        "agreement {agreement} is judged again right away; repeat the request",
        "Vereinbarung {agreement} wird gleich neu beurteilt; wiederholen Sie die Anfrage",
    )

    agreement: UUID


@dataclass(eq=False)
class PeriodDoesNotFit(Invalid):
    """A kind of report covers a kind of period."""

    title_de = "Eine Berichtsart gehört zu einer Art von Zeitraum."
    says = Text(
        "a {kind} report covers {months} months, '{period}' does not",
        "ein Bericht {kind} umfasst {months} Monate, „{period}“ nicht",
    )

    kind: str
    months: int
    period: str
