"""What can be wrong with a formula, each with the reason and, while reading, the place."""

from dataclasses import dataclass

from domain.errors import Invalid, Text


class FormulaError(Invalid):
    """A formula does not make sense."""

    title_de = "Eine Formel ergibt keinen Sinn."


@dataclass(eq=False)
class FormulaUnreadable(FormulaError):
    """A formula cannot be read."""

    title_de = "Eine Formel ist nicht lesbar."
    says = Text(
        "unexpected '{found}' at column {column}; write e.g. integrations ÷ previous_month(elb_stock)",
        "unerwartet „{found}“ in Spalte {column}; schreiben Sie z. B. integrations ÷ previous_month(elb_stock)",
    )

    found: str | Text
    column: int


@dataclass(eq=False)
class FormulaTooLarge(FormulaError):
    """A formula is longer or deeper than the language allows."""

    title_de = "Eine Formel ist länger oder tiefer verschachtelt als erlaubt."
    says = Text("at most {limit} {what}", "höchstens {limit} {what}")

    limit: int
    what: Text


@dataclass(eq=False)
class VariableNotKnown(FormulaError):
    """A formula names a variable or a dimension that is not in the catalogue."""

    title_de = "Eine Formel nennt eine Variable oder ein Merkmal, die der Katalog nicht kennt."
    says = Text("'{name}' is not known; known are: {known}", "„{name}“ ist unbekannt; bekannt: {known}")

    name: str
    known: str


@dataclass(eq=False)
class MeasuresDiffer(FormulaError):
    """A formula adds what has different units."""

    title_de = "Eine Formel addiert verschiedene Einheiten."
    says = Text("{left} and {right} cannot be added", "{left} und {right} lassen sich nicht addieren")

    left: str
    right: str


@dataclass(eq=False)
class StockSummed(FormulaError):
    """A stock is not summed over months: the same persons would be counted again and again."""

    title_de = "Ein Bestand wird nicht über Monate summiert: dieselben Personen würden mehrfach gezählt."
    says = Text(
        "{function} of the stock {expression}; use {instead}",
        "{function} des Bestands {expression}; nehmen Sie {instead}",
    )

    function: str
    expression: str
    instead: str


@dataclass(eq=False)
class WindowInWindow(FormulaError):
    """A window over months does not stand inside another."""

    title_de = "Ein Monatsfenster steht nicht in einem anderen."
    says = Text("{inner} stands inside {outer}", "{inner} steht in {outer}")

    inner: str
    outer: str


@dataclass(eq=False)
class MeanOfRatios(FormulaError):
    """A ratio is not summed or averaged over months: it is a ratio of sums."""

    title_de = "Ein Verhältnis wird nicht über Monate summiert oder gemittelt: es ist ein Verhältnis von Summen."
    says = Text(
        "{function} of the ratio {expression}; put the window around its numerator and its denominator",
        "{function} des Verhältnisses {expression}; setzen Sie das Fenster um Zähler und Nenner",
    )

    function: str
    expression: str


@dataclass(eq=False)
class DividesByNought(FormulaError):
    """A formula does not divide by a constant nought: it would never have a value."""

    title_de = "Eine Formel teilt nicht durch eine feste Null: sie hätte nie einen Wert."
    says = Text(
        "'÷ {expression}' divides by nought whatever is delivered; divide by a variable or by another number",
        "„÷ {expression}“ teilt durch null, was auch geliefert wird; teilen Sie durch eine Variable oder eine andere"
        " Zahl",
    )

    expression: str


@dataclass(eq=False)
class FilteredTwice(FormulaError):
    """A variable is filtered by one value of a dimension."""

    title_de = "Eine Variable wird nach einer Ausprägung je Merkmal gefiltert."
    says = Text("'{dimension}' is named more than once", "„{dimension}“ ist mehr als einmal genannt")

    dimension: str


@dataclass(eq=False)
class TooFarBack(FormulaError):
    """A formula looks back by at least one month, and not further than the language allows."""

    title_de = "Eine Formel blickt um mindestens einen Monat zurück und nicht weiter als erlaubt."
    says = Text("{months} months back; give 1 to {limit}", "{months} Monate zurück; geben Sie 1 bis {limit} an")

    months: int
    limit: int


@dataclass(eq=False)
class NotSplit(FormulaError):
    """A formula is told for a group only where each of its variables is split by that dimension."""

    title_de = "Eine Formel gibt es für eine Gruppe nur, wenn jede ihrer Variablen danach gegliedert ist."
    says = Text(
        "{variable} is not split by '{dimension}'; it is split by: {known}",
        "{variable} ist nicht nach „{dimension}“ gegliedert; gegliedert ist sie nach: {known}",
    )

    variable: str
    dimension: str
    known: str


@dataclass(eq=False)
class OtherGroup(FormulaError):
    """A formula is already told for another group."""

    title_de = "Eine Formel gilt schon für eine andere Gruppe."
    says = Text(
        "{leaf} cannot also be told for {dimension} = {value}",
        "{leaf} lässt sich nicht zugleich für {dimension} = {value} angeben",
    )

    leaf: str
    dimension: str
    value: str


@dataclass(eq=False)
class NotThisMeasure(FormulaError):
    """A formula does not come out in the unit its indicator is told in."""

    title_de = "Eine Formel ergibt nicht die Einheit ihrer Kennzahl."
    says = Text(
        "the formula gives {given}, {declared} is declared", "die Formel ergibt {given}, angegeben ist {declared}"
    )

    given: str
    declared: str
