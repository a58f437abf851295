"""What can be wrong with one row of a delivery: each finding names its column and what would be right."""

from enum import StrEnum

from domain.errors import Text

WITHDRAWN = "withdrawn"
"""What stands in the value's place where a row takes a value back."""
WITHHELD = "withheld"
"""What stands in place of a value that the source keeps back."""


class FindingCode(StrEnum):
    """The kind of a row's finding; a row with one is rejected, the good rows are kept."""

    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_VARIABLE = "unknown_variable"
    UNIT_NOT_VALID = "unit_not_valid"
    VARIABLE_NOT_VALID = "variable_not_valid"
    NOT_YOUR_UNIT = "not_your_unit"
    BAD_MONTH = "bad_month"
    FUTURE_MONTH = "future_month"
    EMPTY_VALUE = "empty_value"
    NOT_A_DECIMAL = "not_a_decimal"
    OUT_OF_BOUNDS = "out_of_bounds"
    DIMENSION_NOT_ALLOWED = "dimension_not_allowed"
    UNKNOWN_DIMENSION_VALUE = "unknown_dimension_value"
    DUPLICATE_ROW = "duplicate_row"
    TOO_MANY_CELLS = "too_many_cells"
    MIXED_DECIMALS = "mixed_decimals"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    UNKNOWN_ACTION = "unknown_action"
    UNKNOWN_STATUS = "unknown_status"
    NOT_RESPONSIBLE = "not_responsible"
    MONTH_CLOSED = "month_closed"
    WITHHELD = "withheld"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_AN_AMOUNT = "not_an_amount"
    BAD_BIRTH_YEAR = "bad_birth_year"
    BAD_DAYS = "bad_days"
    UNKNOWN_INTEGRATION = "unknown_integration"
    EMPTY_CELL = "empty_cell"
    PERSON_IN_TWO_UNITS = "person_in_two_units"


REMEDIES: dict[FindingCode, Text] = {
    FindingCode.WITHHELD: Text(
        "the source keeps this value back (statistical confidentiality): it is neither zero nor missing; there is"
        " nothing to mend",
        "die Quelle hält diesen Wert zurück (statistische Geheimhaltung): er ist weder null noch fehlt er; hier ist"
        " nichts zu berichtigen",
    ),
    FindingCode.UNKNOWN_UNIT: Text(
        "this unit does not exist; take its code from GET /v1/units, leading zeros included",
        "diese Einheit gibt es nicht; den Schlüssel nennt GET /v1/units, führende Nullen gehören dazu",
    ),
    FindingCode.UNKNOWN_VARIABLE: Text(
        "this variable is not in the catalogue; take its code from GET /v1/variables",
        "diese Variable steht nicht im Katalog; den Schlüssel nennt GET /v1/variables",
    ),
    FindingCode.UNIT_NOT_VALID: Text(
        "the unit does not exist in this month; deliver for its successor or correct the month",
        "die Einheit besteht in diesem Monat nicht; liefern Sie für die Nachfolgerin oder korrigieren Sie den Monat",
    ),
    FindingCode.VARIABLE_NOT_VALID: Text(
        "the variable is not delivered for this month; GET /v1/variables/{code}/versions tells for which it is",
        "die Variable wird für diesen Monat nicht geliefert; für welche, nennt GET /v1/variables/{code}/versions",
    ),
    FindingCode.NOT_YOUR_UNIT: Text(
        "you do not deliver for this unit; leave the row out or ask for the right to deliver",
        "Sie liefern nicht für diese Einheit; lassen Sie die Zeile weg oder lassen Sie sich das Recht geben",
    ),
    FindingCode.BAD_MONTH: Text(
        "write the month as YYYY-MM, 11/2014 or November 2014, from 1990 on; of its days only the first stands for it",
        "Monat als JJJJ-MM, 11/2014 oder November 2014, ab 1990; von seinen Tagen steht nur der erste für ihn",
    ),
    FindingCode.FUTURE_MONTH: Text(
        "this month has not begun yet; correct the month", "dieser Monat hat noch nicht begonnen; Monat berichtigen"
    ),
    FindingCode.EMPTY_VALUE: Text(
        "the value is empty, which is neither zero nor a withdrawal; write the number or leave the row out",
        "der Wert ist leer, das ist weder null noch ein Widerruf; schreiben Sie die Zahl oder lassen Sie die Zeile weg",
    ),
    FindingCode.NOT_A_DECIMAL: Text(
        "write a plain decimal such as 12.5: no exponent, at most 18 digits before and 10 behind the point",
        "schreiben Sie eine einfache Dezimalzahl wie 12.5 ohne Exponent, höchstens 18 Stellen vor und 10 nach dem Punkt"
        " (mit Komma nur in Tabellen: CSV, XLSX, ODS)",
    ),
    FindingCode.OUT_OF_BOUNDS: Text(
        "the value lies outside what this variable can be; see its bounds at GET /v1/variables",
        "der Wert liegt außerhalb dessen, was diese Variable sein kann; die Grenzen nennt GET /v1/variables",
    ),
    FindingCode.DIMENSION_NOT_ALLOWED: Text(
        "this variable is not split by this dimension; leave the cell empty",
        "diese Variable ist nicht nach diesem Merkmal gegliedert; lassen Sie die Zelle leer",
    ),
    FindingCode.UNKNOWN_DIMENSION_VALUE: Text(
        "this is no value of the dimension; see its values at GET /v1/variables",
        "das ist keine Ausprägung dieses Merkmals; die Ausprägungen nennt GET /v1/variables",
    ),
    FindingCode.TOO_MANY_CELLS: Text(
        "the row has more cells than the header; quote cells that hold the separator, such as a decimal comma",
        "die Zeile hat mehr Zellen als die Kopfzeile; setzen Sie Zellen mit Trennzeichen (etwa Dezimalkomma) in"
        " Anführungszeichen",
    ),
    FindingCode.MIXED_DECIMALS: Text(
        "the file writes decimals in two ways, this row unlike the others: with a point or a comma; write all alike",
        "die Datei schreibt Dezimalzahlen auf zwei Arten, diese Zeile anders als die übrigen: mit Punkt oder Komma;"
        " schreiben Sie alle gleich",
    ),
    FindingCode.AMBIGUOUS_NUMBER: Text(
        "these may be thousands or thousandths, and no other number of the file shows which; leave the grouping out,"
        " such as 1200, write the cell as a number, or name the decimal sign in a profile",
        "das können Tausender oder Tausendstel sein, und keine andere Zahl der Datei zeigt es; lassen Sie die"
        " Gliederung weg, etwa 1200, formatieren Sie die Zelle als Zahl, oder nennen Sie das Dezimalzeichen im Profil",
    ),
    FindingCode.UNKNOWN_ACTION: Text("the action is none of A, I, M, R, D", "die Aktion ist keine von A, I, M, R, D"),
    FindingCode.UNKNOWN_STATUS: Text(
        "write how the value came to be: counted, extrapolated or imputed (in SDMX A, E or I); empty is counted",
        "schreiben Sie, wie der Wert zustande kam: gezählt, hochgerechnet oder fortgeschrieben (in SDMX A, E oder I);"
        " leer ist gezählt",
    ),
    FindingCode.NOT_RESPONSIBLE: Text(
        "another sender is responsible for this unit and variable in this month; leave the row out or have it changed",
        "für diese Einheit und Variable ist in diesem Monat ein anderer Absender zuständig; Zeile weglassen oder die"
        " Zuständigkeit ändern lassen",
    ),
    FindingCode.MONTH_CLOSED: Text(
        "the month is closed for this unit; ask for a permit to deliver late",
        "der Monat ist für diese Einheit abgeschlossen; lassen Sie sich die Nachlieferung erlauben",
    ),
    FindingCode.DUPLICATE_ROW: Text(
        "an earlier row of the file stands for the same unit, variable, month and dimensions; keep one of them",
        "eine frühere Zeile steht für dieselbe Einheit, Variable, denselben Monat und Merkmale; behalten Sie eine",
    ),
    FindingCode.NOT_YES_OR_NO: Text(
        "write true or false (also 1 and 0, ja and nein, yes and no)",
        "schreiben Sie true oder false (auch 1 und 0, ja und nein, yes und no)",
    ),
    FindingCode.NOT_AN_AMOUNT: Text(
        "write euros with at most two places behind the point, such as 404.50; no benefit is 0",
        "schreiben Sie Euro mit höchstens zwei Nachkommastellen, etwa 404.50; keine Leistung ist 0",
    ),
    FindingCode.BAD_BIRTH_YEAR: Text(
        "write the year of birth with four digits, not before 1900 and not after the month; unknown is empty",
        "schreiben Sie das Geburtsjahr vierstellig, nicht vor 1900 und nicht nach dem Monat; unbekannt ist leer",
    ),
    FindingCode.BAD_DAYS: Text(
        "write on how many days of the month the person was an ELB, all of them at most; unknown is empty",
        "schreiben Sie, an wie vielen Tagen des Monats die Person ELB war, höchstens alle; unbekannt ist leer",
    ),
    FindingCode.UNKNOWN_INTEGRATION: Text(
        "write none, employment, apprenticeship or self_employment; a publicly funded job is no integration",
        "schreiben Sie none, employment, apprenticeship oder self_employment; öffentlich geförderte Beschäftigung ist"
        " keine Integration",
    ),
    FindingCode.EMPTY_CELL: Text(
        "this cell must be filled: what is not said is neither yes nor no", "diese Zelle muss ausgefüllt sein"
    ),
    FindingCode.PERSON_IN_TWO_UNITS: Text(
        "this person has a record of another unit in this month; only the unit of the registered address delivers: let"
        " the other unit correct its month first, or leave the row out",
        "für diese Person gibt es in diesem Monat einen Satz einer anderen Einheit; es liefert nur die Einheit der"
        " Meldeadresse: lassen Sie zuerst die andere Einheit ihren Monat berichtigen, oder lassen Sie die Zeile weg",
    ),
}
