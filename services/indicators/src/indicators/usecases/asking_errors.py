"""What can go wrong when it is said whose figures are read."""

from dataclasses import dataclass

from domain.errors import Invalid, Text, Unknown


@dataclass(eq=False)
class NobodyAsked(Invalid):
    """Readings are of units, chosen sets, comparison groups or nearest neighbours."""

    title_de = "Gelesen werden Einheiten, ausgewählte Mengen von Einheiten, Vergleichsgruppen oder nächste Nachbarn."
    says = Text(
        "give `unit`, `set`, `comparison_group` or `neighbours_of` at least once",
        "geben Sie mindestens einmal `unit`, `set`, `comparison_group` oder `neighbours_of` an",
    )


@dataclass(eq=False)
class MembersNotSaid(Invalid):
    """A chosen set is explained under its name together with who is in it, and nothing else is."""

    title_de = "Eine Auswahl wird unter ihrem Namen und mit ihren Mitgliedern erklärt, anderes ohne Mitglieder."
    says = Text(
        "the address names '{code}'; write e.g. /v1/readings/set:north/…/why?set=north:05158004,05158008",
        "die Adresse nennt „{code}“; schreiben Sie z. B. /v1/readings/set:nord/…/why?set=nord:05158004,05158008",
    )

    code: str


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


@dataclass(eq=False)
class NeighboursOfNobody(Invalid):
    """How many neighbours are read is said together with whose."""

    title_de = "Wie viele Nachbarn gelesen werden, wird zusammen damit gesagt, wessen."
    says = Text(
        "`neighbours={nearest}` needs the unit whose neighbours are meant: `neighbours_of`, or neighbours:36402 in the"
        " address of *why*",
        "`neighbours={nearest}` braucht die Einheit, deren Nachbarn gemeint sind: `neighbours_of`, oder"
        " neighbours:36402 in der Adresse von *why*",
    )

    nearest: int


@dataclass(eq=False)
class NoNearestNeighbours(Unknown):
    """The unit has no nearest neighbours in these months."""

    title_de = "Die Einheit hat in diesen Monaten keine nächsten Nachbarn."
    says = Text(
        "no neighbours of '{unit}' up to this rank in these months; the agreements service lists"
        " /v1/nearest-neighbours?unit={unit}",
        "keine Nachbarn von „{unit}“ bis zu diesem Rang in diesen Monaten; der Dienst für Vereinbarungen nennt sie"
        " unter /v1/nearest-neighbours?unit={unit}",
    )

    unit: str
