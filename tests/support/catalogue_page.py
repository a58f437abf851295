"""`docs/catalogue.md`, made from the catalogue that ships: `python tests/support/catalogue_page.py`."""

from collections.abc import Iterator
from pathlib import Path

from domain.formula.printing import in_words, written
from domain.indicator import Definition
from domain.variable import DIMENSIONS, Variable
from indicators.persistence.catalogue_rows import shipped

PAGE = Path(__file__).parents[2] / "docs" / "catalogue.md"
HEAD = """# The catalogue that ships

Made from `services/indicators/src/indicators/persistence/catalogue/` by `python tests/support/catalogue_page.py`;
a test compares. Every database starts with it; operators add versions, variants and variables of their own. What
each figure was checked against stands with its definition. A ratio is always a ratio of sums; views sum flows and
average stocks. A figure is told by the version begun last by the end of its month; months before an indicator's
first version are told by that one.
"""


def page() -> str:
    """Write the page."""
    variables, definitions = shipped()
    return "\n".join([HEAD, *_definitions(variables, definitions), *_variables(variables)]) + "\n"


def _definitions(variables: list[Variable], definitions: list[Definition]) -> Iterator[str]:
    german: dict[str, str] = {variable.code: variable.label for variable in variables}
    english: dict[str, str] = {variable.code: variable.label_en for variable in variables}
    yield "## Indicators"
    for definition in sorted(definitions, key=lambda d: (d.indicator, d.variant, d.version)):
        until = f" until before {definition.valid_until}" if definition.valid_until else ""
        yield f"\n### {definition.name}: {definition.label} · {definition.label_en}"
        yield f"`{written(definition.formula)}`\n"
        yield f"- de: {in_words(definition.formula, 'de', german)}"
        yield f"- en: {in_words(definition.formula, 'en', english)}"
        shown = ", shown as change" if definition.shown_as_change else ""
        yield (
            f"- {definition.measure}{shown}, {definition.places} places, view `{definition.default_view}`, "
            f"direction {definition.direction or 'none'}, from {definition.valid_from}{until}"
        )
        yield f"- source: {definition.source}; checked against: {definition.checked_against}"
        yield from (f"- {note}" for note in (definition.note, definition.note_en) if note)


def _variables(variables: list[Variable]) -> Iterator[str]:
    yield "\n## Variables\n\n| code | label | unit | kind | split by |\n|---|---|---|---|---|"
    for variable in sorted(variables, key=lambda v: v.code):
        split = ", ".join(sorted(variable.dimensions)) or "–"
        label = f"{variable.label} · {variable.label_en}"
        yield f"| `{variable.code}` | {label} | {variable.measure} | {variable.kind} | {split} |"
    yield "\n## Dimensions\n\n| code | values |\n|---|---|"
    for name, values in sorted(DIMENSIONS.items()):
        yield f"| `{name}` | {', '.join(values) or 'open: any code of letters, digits, `.`, `_`, `-`, at most 40'} |"


if __name__ == "__main__":
    PAGE.write_text(page())
