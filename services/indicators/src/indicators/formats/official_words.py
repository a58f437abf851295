"""What columns, views and sexes of official tables are called, in German and English."""

import re
from collections.abc import Mapping

from domain.period import View

NAMES: Mapping[str, tuple[str, ...]] = {
    "unit": (
        "unit",
        "unitcode",
        "einheit",
        "jobcenter",
        "träger",
        "trägernummer",
        "schlüssel",
        "ags",
        "jcnummer",
        "nummer",
    ),
    "indicator": ("indicator", "kennzahl", "kennzahlnr", "kennzahlnummer", "kennziffer", "ergänzungsgröße"),
    "month": ("month", "monat", "berichtsmonat", "bezugsmonat", "referencemonth"),
    "value": ("value", "wert", "kennzahlwert", "wertinprozent", "wertin", "ergebnis", "figure"),
    "view": ("view", "sicht", "betrachtung", "darstellung"),
    "variant": ("variant", "variante", "fassung", "version", "definition"),
    "sex": ("sex", "gender", "geschlecht"),
}
VIEW_NAMES: Mapping[str, View] = {
    "monat": View.MONTH,
    "monatswert": View.MONTH,
    "jahresfortschrittswert": View.YEAR_TO_DATE,
    "jfw": View.YEAR_TO_DATE,
    "gleitend": View.ROLLING_12,
    "gleitende12monate": View.ROLLING_12,
    "gleitenderjahreswert": View.ROLLING_12,
    "veränderung": View.CHANGE_PREVIOUS_YEAR,
    "veränderungzumvorjahresmonat": View.CHANGE_PREVIOUS_YEAR,
    "veränderunggegenüberdemvorjahresmonat": View.CHANGE_PREVIOUS_YEAR,
    **{view.value.replace("_", ""): view for view in View},
}
SEX_NAMES: Mapping[str, tuple[str, ...]] = {
    "": ("", "insgesamt", "gesamt", "alle", "beide", "zusammen", "total", "all", "both"),
    "f": ("f", "w", "frauen", "frau", "weiblich", "women", "female"),
    "m": ("m", "männer", "mann", "männlich", "men", "male"),
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
VIEWS = {name.translate(UMLAUTS): view for name, view in VIEW_NAMES.items()}
SEXES = {name.translate(UMLAUTS): sex for sex, names in SEX_NAMES.items() for name in names}
COLUMNS = {name.translate(UMLAUTS): column for column, names in NAMES.items() for name in names}


def plain(name: str) -> str:
    """Take away from a name what people write differently: case, blanks, signs, umlauts."""
    return re.sub(r"[\s_.%()/-]", "", name.casefold().translate(UMLAUTS))


def column_of(name: str) -> str | None:
    """Tell which of our columns a name stands for, if any."""
    return COLUMNS.get(plain(name))


def view_of(name: str) -> str:
    """Give the view a name stands for; an unknown one stays as it is."""
    return str(VIEWS.get(plain(name), name))


def sex_of(name: str) -> str:
    """Give the sex a name stands for, nothing for all; an unknown one stays as it is."""
    return SEXES.get(plain(name), name)
