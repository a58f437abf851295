"""Writing a formula: as text that reads back to the same tree, and in words."""

from typing import assert_never

from domain.errors import Language, Text
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Sign, Window, Windowed

PREVIOUS = {1: "previous_month", 12: "previous_year"}
SHIFTS: dict[int, Text] = {
    1: Text("{} of the month before", "{} des Vormonats"),
    12: Text("{} of the same month of the year before", "{} des Vorjahresmonats"),
}
WORDS: dict[Window, Text] = {
    Window.SUM_12: Text("sum over twelve months of {}", "Summe über zwölf Monate von {}"),
    Window.AVG_12: Text("mean over twelve months of {}", "Mittel über zwölf Monate von {}"),
    Window.SUM_YTD: Text("sum since January of {}", "Summe seit Januar von {}"),
    Window.AVG_YTD: Text("mean since January of {}", "Mittel seit Januar von {}"),
}
SIGNS: dict[Sign, Text] = {
    Sign.ADD: Text("plus", "plus"),
    Sign.SUBTRACT: Text("minus", "minus"),
    Sign.MULTIPLY: Text("times", "mal"),
    Sign.DIVIDE: Text("divided by", "geteilt durch"),
}
_SUMS = (Sign.ADD, Sign.SUBTRACT)


def written(formula: Formula) -> str:
    """Write a formula so that parsing gives the same tree."""
    match formula:
        case Number(value):
            return f"{value:f}"
        case Leaf(cell):
            return str(cell)
        case Shifted(months, inner):
            return f"{PREVIOUS[months]}({written(inner)})" if months in PREVIOUS else _before(months, inner)
        case Windowed(window, inner):
            return f"{window}({written(inner)})"
        case Operation(sign, left, right):
            return f"{_grouped(left, sign, right=False)} {sign} {_grouped(right, sign, right=True)}"
        case _:
            assert_never(formula)


def _before(months: int, inner: Formula) -> str:
    return f"months_before({months}, {written(inner)})"


def _grouped(part: Formula, outer: Sign, *, right: bool) -> str:
    text = written(part)
    return f"({text})" if _needs_brackets(part, outer, right=right) else text


def _needs_brackets(part: Formula, outer: Sign, *, right: bool) -> bool:
    if not isinstance(part, Operation):
        return False
    looser = part.sign in _SUMS and outer not in _SUMS
    alike = (part.sign in _SUMS) == (outer in _SUMS)
    return looser or (right and alike)


def in_words(formula: Formula, language: Language, labels: dict[str, str] | None = None) -> str:
    """Say a formula in words; `labels` names variables, else their codes stand."""
    match formula:
        case Number(value):
            return f"{value:f}"
        case Leaf(cell):
            label = (labels or {}).get(cell.variable, cell.variable)
            filters = ", ".join(f"{name} = {value}" for name, value in cell.dimensions)
            return f"{label} ({filters})" if filters else label
        case Shifted(months, inner):
            words = SHIFTS.get(months) or Text(f"{{}} {months} months before", f"{{}} {months} Monate zuvor")
            return words.in_language(language).format(_bracketed(inner, language, labels))
        case Windowed(window, inner):
            return WORDS[window].in_language(language).format(_bracketed(inner, language, labels))
        case Operation(sign, left, right):
            first, second = in_words(left, language, labels), in_words(right, language, labels)
            first = f"({first})" if _needs_brackets(left, sign, right=False) else first
            second = f"({second})" if _needs_brackets(right, sign, right=True) else second
            return f"{first} {SIGNS[sign].in_language(language)} {second}"
        case _:
            assert_never(formula)


def _bracketed(inner: Formula, language: Language, labels: dict[str, str] | None) -> str:
    said = in_words(inner, language, labels)
    return f"({said})" if isinstance(inner, Operation | Windowed) else said
