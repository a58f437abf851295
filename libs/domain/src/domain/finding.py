"""What checking an agreement finds: a rule, a place, and what would cure it."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import Place, Text
from domain.finding_rules import AT_SIGNING, REMEDIES, Rule, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong or doubtful; `pointer` is RFC 6901 into the agreement."""

    rule: Rule
    severity: Severity
    pointer: str
    detail: Text
    remedy: Text
    source: str

    @property
    def place(self) -> Place:
        """Give the finding as a place in a problem."""
        both = Text(f"{self.detail.en}; {self.remedy.en}", f"{self.detail.de}; {self.remedy.de}")
        return Place(pointer=self.pointer, code=self.rule, detail=both)


def found(rule: Rule, pointer: str, detail: Text) -> Finding:
    """Find something by a rule at a place."""
    severity, remedy, source = REMEDIES[rule]
    return Finding(rule=rule, severity=severity, pointer=pointer, detail=detail, remedy=remedy, source=source)


def found_at(place: Place) -> Finding:
    """Turn a place whose code is a rule's into a finding."""
    return found(Rule(place.code), place.pointer, place.detail)


def stopping(findings: Iterable[Finding], *, signing: bool) -> tuple[Finding, ...]:
    """Keep the findings that stop a proposal and an acceptance, or a signature too."""
    grave = (finding for finding in findings if finding.severity is Severity.BLOCKING)
    return tuple(finding for finding in grave if signing or finding.rule not in AT_SIGNING)
