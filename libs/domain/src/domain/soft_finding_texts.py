"""What a soft finding says to people: value, expectation, remedy."""

from domain.errors import Text
from domain.quality_rule import RuleKind

DETAILS: dict[RuleKind, Text] = {
    RuleKind.BOUNDS: Text(
        "{cell} is {observed} in {month}; usual is {between}",
        "{cell} ist {observed} im Monat {month}; üblich ist {between}",
    ),
    RuleKind.JUMP: Text(
        "{cell} is {observed} in {month} after {expected} in the month before; expected is {between}",
        "{cell} ist {observed} im Monat {month} nach {expected} im Vormonat; erwartet ist {between}",
    ),
    RuleKind.OUTLIER: Text(
        "{cell} is {observed} in {month}; the median of {months} earlier months of the unit is {expected}, expected is"
        " {between}",
        "{cell} ist {observed} im Monat {month}; der Median aus {months} früheren Monaten der Einheit ist {expected},"
        " erwartet ist {between}",
    ),
    RuleKind.SUM_OF_PARTS: Text(
        "{cell} is {observed} in {month}; the sum of the {parts} parts of the unit is {expected}, expected is"
        " {between}",
        "{cell} ist {observed} im Monat {month}; die Summe der {parts} Teile der Einheit ist {expected}, erwartet ist"
        " {between}",
    ),
    RuleKind.PARTS_AT_MOST_WHOLE: Text(
        "{cell} split by {dimension} sums up to {observed} in {month}; the total is {expected}, expected is {between}",
        "{cell} nach {dimension} ergibt zusammen {observed} im Monat {month}; gesamt ist {expected}, erwartet ist"
        " {between}",
    ),
    RuleKind.RATIO_BOUNDS: Text(
        "{cell} is {observed} in {month} beside {denominator} that it is divided by; expected is {between}",
        "{cell} ist {observed} im Monat {month} bei {denominator} als Nenner; erwartet ist {between}",
    ),
}
LOOK = Text(
    "deliver a correction, or acknowledge the figure with the reason why it is right",
    "liefern Sie eine Berichtigung, oder bestätigen Sie den Wert mit dem Grund, warum er stimmt",
)
REMEDIES: dict[RuleKind, Text] = {
    RuleKind.BOUNDS: LOOK,
    RuleKind.JUMP: Text(
        "compare both months in the case-management system; " + LOOK.en,
        "vergleichen Sie beide Monate im Fachverfahren; " + LOOK.de,
    ),
    RuleKind.OUTLIER: Text(
        "look for a wrong unit, a wrong decimal point or a partial count; " + LOOK.en,
        "prüfen Sie Einheit, Komma und Vollständigkeit der Zählung; " + LOOK.de,
    ),
    RuleKind.SUM_OF_PARTS: Text(
        "find the part that differs, or the cases that belong to none; " + LOOK.en,
        "suchen Sie den Teil, der abweicht, oder die Fälle, die zu keinem gehören; " + LOOK.de,
    ),
    RuleKind.PARTS_AT_MOST_WHOLE: Text(
        "compare the total with its split, they come from the same count; " + LOOK.en,
        "vergleichen Sie die Gesamtzahl mit ihrer Gliederung, beide stammen aus derselben Zählung; " + LOOK.de,
    ),
    RuleKind.RATIO_BOUNDS: Text(
        "check both figures, one of them may be of another month or unit; " + LOOK.en,
        "prüfen Sie beide Werte, einer kann von einem anderen Monat oder einer anderen Einheit sein; " + LOOK.de,
    ),
}
