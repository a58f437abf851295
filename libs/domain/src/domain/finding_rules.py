"""The rules of checking an agreement: how grave each is, what would cure it, and where it comes from."""

from collections.abc import Mapping
from enum import StrEnum

from domain.errors import Text

RESPONSIBILITY = "§ 44b (3) SGB II; preamble of the agreement of the Mettmann jobcenter 2014"
COMPLETENESS = "§ 48b SGB II"
COUNCIL = "sequence of consultation, council papers V/0715/2012 of Münster and 50/015/2012 of Mettmann"
PROCEDURE = "joint foundations of steering by targets (§ 18c SGB II); council paper V/0715/2012 of Münster, no. 6.2"


class Severity(StrEnum):
    """What a finding stops."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTE = "note"


class Rule(StrEnum):
    """The rule a finding belongs to."""

    NO_BINDING_PARTIES = "no_binding_parties"
    DUPLICATE_PARTY = "duplicate_party"
    NO_GOALS = "no_goals"
    DUPLICATE_GOAL_CODE = "duplicate_goal_code"
    INCOMPLETE_GOAL = "incomplete_goal"
    OUTSIDE_RESPONSIBILITY = "outside_responsibility"
    OBLIGATED_NO_PARTY = "obligated_no_party"
    SUPPORT_NOT_OWED_BY_SUPERVISOR = "support_not_owed_by_supervisor"
    DERIVED_FROM_NOTHING = "derived_from_nothing"
    DERIVED_UPWARDS = "derived_upwards"
    DUE_BEFORE_START = "due_before_start"
    UNIT_NOT_VALID = "unit_not_valid"
    TIER_MISMATCH = "tier_mismatch"
    OUTSIDE_CORRIDOR = "outside_corridor"
    BEFORE_BUDGET_LAW = "before_budget_law"
    CONTRADICTION = "contradiction"
    PARTS_DIFFER = "parts_differ"
    ABOVE_BUDGET_TITLE = "above_budget_title"
    CONSULTATION_ORDER = "consultation_order"
    DECISION_MISSING = "decision_missing"
    OUTCOME_MISSING = "outcome_missing"
    ESCALATION_OPEN = "escalation_open"
    DECISION_NOT_FOLLOWED = "decision_not_followed"
    MEETING_MISSED = "meeting_missed"
    STANDARD_UNKNOWN = "standard_unknown"
    STANDARD_SUPERSEDED = "standard_superseded"
    UNKNOWN_INDICATOR = "unknown_indicator"
    INDICATOR_ENDED = "indicator_ended"
    INDICATOR_UNIT_DIFFERS = "indicator_unit_differs"
    INDICATORS_NOT_CHECKED = "indicators_not_checked"


AT_SIGNING = frozenset({Rule.OUTSIDE_CORRIDOR, Rule.ESCALATION_OPEN})
"""Blocking rules that stop signatures only: until then the parties may still settle what they find."""


REMEDIES: Mapping[Rule, tuple[Severity, Text, str]] = {
    Rule.NO_BINDING_PARTIES: (
        Severity.BLOCKING,
        Text("name them with their roles", "nennen Sie sie mit ihren Rollen"),
        COMPLETENESS,
    ),
    Rule.DUPLICATE_PARTY: (
        Severity.BLOCKING,
        Text("name each unit once", "nennen Sie jede Einheit einmal"),
        COMPLETENESS,
    ),
    Rule.NO_GOALS: (
        Severity.WARNING,
        Text("add at least one", "fügen Sie mindestens eines hinzu"),
        COMPLETENESS,
    ),
    Rule.DUPLICATE_GOAL_CODE: (
        Severity.BLOCKING,
        Text("give each goal its own code", "geben Sie jedem Ziel einen eigenen Schlüssel"),
        COMPLETENESS,
    ),
    Rule.INCOMPLETE_GOAL: (
        Severity.BLOCKING,
        Text("complete it, or take the goal out", "ergänzen Sie es oder nehmen Sie das Ziel heraus"),
        COMPLETENESS,
    ),
    Rule.OUTSIDE_RESPONSIBILITY: (
        Severity.BLOCKING,
        Text(
            "name a carrier whose area covers the goal, or change its scope",
            "nennen Sie einen Träger, dessen Bereich das Ziel umfasst, oder ändern Sie den Bereich",
        ),
        RESPONSIBILITY,
    ),
    Rule.OBLIGATED_NO_PARTY: (
        Severity.BLOCKING,
        Text("name a party of this agreement", "nennen Sie eine Partei dieser Vereinbarung"),
        COMPLETENESS,
    ),
    Rule.SUPPORT_NOT_OWED_BY_SUPERVISOR: (
        Severity.BLOCKING,
        Text("name the supervising body", "nennen Sie die Aufsicht"),
        "target agreement 2012 of the ministry with the district of Mettmann",
    ),
    Rule.DERIVED_FROM_NOTHING: (
        Severity.WARNING,
        Text("name a goal of this agreement", "nennen Sie ein Ziel dieser Vereinbarung"),
        "goal pyramid, council paper V/0715/2012 of Münster",
    ),
    Rule.DERIVED_UPWARDS: (
        Severity.WARNING,
        Text("derive it from a goal of a higher level", "leiten Sie es aus einem Ziel einer höheren Ebene ab"),
        "goal pyramid, council paper V/0715/2012 of Münster",
    ),
    Rule.UNIT_NOT_VALID: (
        Severity.WARNING,
        Text(
            "name the unit that succeeds it, or another first day", "nennen Sie die Nachfolge oder einen anderen Beginn"
        ),
        COMPLETENESS,
    ),
    Rule.TIER_MISMATCH: (
        Severity.WARNING,
        Text("choose parties and roles of this tier, or another tier", "wählen Sie Parteien und Rollen dieser Ebene"),
        "§ 48b (1) SGB II and state law",
    ),
    Rule.OUTSIDE_CORRIDOR: (
        Severity.BLOCKING,
        Text(
            "have the offer's justification accepted, or use a mandate that allows it",
            "lassen Sie die Begründung des Angebots anerkennen oder nutzen Sie eine Ermächtigung dafür",
        ),
        PROCEDURE,
    ),
    Rule.BEFORE_BUDGET_LAW: (
        Severity.WARNING,
        Text("conclude it after the budget law", "schließen Sie sie nach dem Haushaltsgesetz ab"),
        "§ 48b (2) SGB II",
    ),
    Rule.CONTRADICTION: (
        Severity.WARNING,
        Text("agree the same in both agreements", "vereinbaren Sie in beiden Vereinbarungen dasselbe"),
        "district paper 50/015/2012 of Mettmann, no. II",
    ),
    Rule.PARTS_DIFFER: (
        Severity.WARNING,
        Text("let the parts add up to the whole", "lassen Sie die Teile das Ganze ergeben"),
        "district paper 50/015/2012 of Mettmann, no. II",
    ),
    Rule.ABOVE_BUDGET_TITLE: (
        Severity.WARNING,
        Text("lower the amount, or raise the title", "senken Sie den Betrag oder erhöhen Sie den Titel"),
        "steering system of the JobAgentur EN, no. 2",
    ),
    Rule.CONSULTATION_ORDER: (
        Severity.WARNING,
        Text("put the steps in their order", "bringen Sie die Beratungsfolge in ihre Ordnung"),
        COUNCIL,
    ),
    Rule.DECISION_MISSING: (
        Severity.WARNING,
        Text("add the step that decides", "fügen Sie den entscheidenden Schritt hinzu"),
        COUNCIL,
    ),
    Rule.OUTCOME_MISSING: (
        Severity.WARNING,
        Text("record what the body resolved", "halten Sie das Ergebnis der Beratung fest"),
        COUNCIL,
    ),
    Rule.ESCALATION_OPEN: (
        Severity.BLOCKING,
        Text("have the named body decide", "lassen Sie das benannte Gremium entscheiden"),
        PROCEDURE,
    ),
    Rule.DECISION_NOT_FOLLOWED: (
        Severity.BLOCKING,
        Text("write the goal as decided", "fassen Sie das Ziel wie entschieden"),
        PROCEDURE,
    ),
    Rule.MEETING_MISSED: (
        Severity.NOTE,
        Text("record the meeting, or its new day", "halten Sie die Besprechung oder ihren neuen Tag fest"),
        "§ 17 (2) SGB II; council paper V/0715/2012 of Münster, no. 6.3.1",
    ),
    Rule.STANDARD_UNKNOWN: (
        Severity.WARNING,
        Text("register the edition, or name another", "tragen Sie die Ausgabe ein oder nennen Sie eine andere"),
        "steering system of the JobAgentur EN, no. 1",
    ),
    Rule.STANDARD_SUPERSEDED: (
        Severity.WARNING,
        Text("refer to the edition in force", "verweisen Sie auf die geltende Ausgabe"),
        "steering system of the JobAgentur EN, no. 1",
    ),
    Rule.UNKNOWN_INDICATOR: (
        Severity.BLOCKING,
        Text("have the indicator defined", "lassen Sie die Kennzahl bestimmen"),
        COMPLETENESS,
    ),
    Rule.INDICATOR_ENDED: (
        Severity.BLOCKING,
        Text(
            "name the indicator that goes on in its place, or have it defined for the year",
            "nennen Sie die Kennzahl, die an ihre Stelle tritt, oder lassen Sie sie für das Jahr bestimmen",
        ),
        COMPLETENESS,
    ),
    Rule.INDICATOR_UNIT_DIFFERS: (
        Severity.WARNING,
        Text("agree the goal in the indicator's unit", "vereinbaren Sie das Ziel in der Einheit der Kennzahl"),
        COMPLETENESS,
    ),
    Rule.INDICATORS_NOT_CHECKED: (Severity.NOTE, Text("look again shortly", "sehen Sie gleich wieder"), PROCEDURE),
    Rule.DUE_BEFORE_START: (
        Severity.WARNING,
        Text("name a day within the term or after it", "nennen Sie einen Tag in der Laufzeit oder danach"),
        COMPLETENESS,
    ),
}
"""How grave each rule is, what would cure it, and where it comes from."""
