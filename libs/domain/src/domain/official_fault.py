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
    OfficialFault.DUPLICATE_ROW: Text(
        "an earlier row stands for the same unit, indicator, view and month; keep one of them",
        "eine frühere Zeile steht für dieselbe Einheit, Kennzahl, Sicht und denselben Monat; behalten Sie eine",
    ),
}
