"""What can be wrong with one row of an official table, and what would be right."""

from collections.abc import Mapping
from enum import StrEnum

from domain.errors import Text
from domain.intake import REMEDIES, FindingCode


class OfficialFault(StrEnum):
    """What can be wrong with one row of an official table."""

    UNKNOWN_UNIT = "unknown_unit"
    NOT_YOUR_UNIT = "not_your_unit"
    UNKNOWN_INDICATOR = "unknown_indicator"
    UNKNOWN_VIEW = "unknown_view"
    UNKNOWN_VARIANT = "unknown_variant"
    BAD_MONTH = "bad_month"
    NOT_A_DECIMAL = "not_a_decimal"
    MIXED_DECIMALS = "mixed_decimals"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    UNKNOWN_SEX = "unknown_sex"
    NOT_BY_SEX = "not_by_sex"
    DUPLICATE_ROW = "duplicate_row"


FAULTS: Mapping[OfficialFault, Text] = {
    OfficialFault.UNKNOWN_UNIT: REMEDIES[FindingCode.UNKNOWN_UNIT],
    OfficialFault.NOT_YOUR_UNIT: Text(
        "this unit lies outside your reach and was not compared; leave the row out, or ask its supervisor to compare",
        "diese Einheit liegt außerhalb Ihres Bereichs und wurde nicht verglichen; lassen Sie die Zeile weg oder bitten "
        "Sie die Aufsicht um den Abgleich",
    ),
    OfficialFault.UNKNOWN_INDICATOR: Text(
        "this indicator is not in the catalogue; take its code from GET /v1/indicators, such as K2",
        "diese Kennzahl steht nicht im Katalog; den Schlüssel nennt GET /v1/indicators, etwa K2",
    ),
    OfficialFault.UNKNOWN_VIEW: Text(
        "write month, year_to_date, rolling_12 or change_previous_year, or leave the cell empty",
        "schreiben Sie Monat, Jahresfortschrittswert, gleitend oder Veränderung, oder lassen Sie die Zelle leer",
    ),
    OfficialFault.UNKNOWN_VARIANT: Text(
        "this indicator has no such version; see GET /v1/indicators, or leave the cell empty",
        "diese Kennzahl hat keine solche Fassung; siehe GET /v1/indicators, oder lassen Sie die Zelle leer",
    ),
    OfficialFault.BAD_MONTH: Text(
        "write the month as 2014-11, 11/2014 or November 2014", "Monat als 2014-11, 11/2014 oder November 2014"
    ),
    OfficialFault.NOT_A_DECIMAL: Text(
        "write a number such as 20.6 or 20,6; an empty cell, - or x stands for a figure that is not published",
        "schreiben Sie eine Zahl wie 20,6; leere Zelle, - oder x heißt: nicht veröffentlicht",
    ),
    OfficialFault.MIXED_DECIMALS: REMEDIES[FindingCode.MIXED_DECIMALS],
    OfficialFault.AMBIGUOUS_NUMBER: Text(
        "these may be thousands or thousandths, and no other number of the table shows which; leave the grouping out,"
        " such as 18300, or write the cell as a number",
        "das können Tausender oder Tausendstel sein, und keine andere Zahl der Tabelle zeigt es; lassen Sie die"
        " Gliederung weg, etwa 18300, oder formatieren Sie die Zelle als Zahl",
    ),
    OfficialFault.UNKNOWN_SEX: Text(
        "write f or m, or total or nothing for all",
        "schreiben Sie Frauen oder Männer, für alle insgesamt oder nichts",
    ),
    OfficialFault.NOT_BY_SEX: Text(
        "this indicator is made of variables that are not delivered by sex; leave the cell empty or the row out",
        "diese Kennzahl beruht auf Merkmalen, die nicht nach Geschlecht geliefert werden; lassen Sie die Zelle leer "
        "oder die Zeile weg",
    ),
    OfficialFault.DUPLICATE_ROW: Text(
        "an earlier row stands for the same unit, indicator, view, month and sex; keep one of them",
        "eine frühere Zeile steht für dieselbe Einheit, Kennzahl, Sicht, denselben Monat und dasselbe Geschlecht; "
        "behalten Sie eine",
    ),
}
