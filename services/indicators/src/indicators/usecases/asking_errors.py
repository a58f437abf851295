"""What can go wrong when it is said whose figures are read."""

from dataclasses import dataclass

from domain.errors import Invalid, Text, Unknown


@dataclass(eq=False)
class NobodyAsked(Invalid):
    """Readings are of units, of chosen sets or of comparison groups."""

    title_de = "Gelesen werden Einheiten, ausgewählte Mengen von Einheiten oder Vergleichsgruppen."
    says = Text(
        "give `unit`, `set` or `comparison_group` at least once",
        "geben Sie mindestens einmal `unit`, `set` oder `comparison_group` an",
    )


@dataclass(eq=False)
class UnknownComparisonGroup(Unknown):
    """There is no such comparison group, or the caller is in none of that name."""

    title_de = "Diese Vergleichsgruppe gibt es nicht, oder keine eigene Einheit gehört ihr an."
    says = Text(
        "no group '{name}' in these months with a unit of yours; the agreements service lists /v1/comparison-groups",
        "keine Gruppe „{name}“ in diesen Monaten mit einer Ihrer Einheiten; der Dienst für Vereinbarungen nennt sie"
        " unter /v1/comparison-groups",
    )

    name: str


@dataclass(eq=False)
class GroupOfSeveralSchemes(Invalid):
    """A comparison group is named by its scheme where several schemes have one of that name."""

    title_de = "Eine Vergleichsgruppe wird mit ihrem Schema genannt, wenn mehrere Schemata eine dieses Namens haben."
    says = Text(
        "'{name}' is a group of {schemes}; write e.g. comparison_group=scheme:{name}",
        "„{name}“ ist eine Gruppe in {schemes}; schreiben Sie z. B. comparison_group=Schema:{name}",
    )

    name: str
    schemes: str
