"""The kinds of faults that validation finds, in both languages; what was sent is never repeated."""

import re
from collections.abc import Mapping
from typing import Any

from domain.errors import Language, Text

MEMBER = re.compile(r"<\w+\.\w+: ('[^']*')>")
"""How Python names a value that is one of several; the value itself is what counts."""


class Unfit(ValueError):
    """A value that a check of ours refuses, with what would be right."""

    def __init__(self, text: Text) -> None:
        """Refuse with this text."""
        super().__init__(text.en)
        self.text = text


OWN: Mapping[str, Text] = {
    "missing": Text("is required", "fehlt"),
    "extra_forbidden": Text("is not known here; leave it out", "ist hier unbekannt; bitte weglassen"),
    "json_invalid": Text("is no valid JSON", "ist kein gültiges JSON"),
}
NO_DECIMAL = Text(
    "must be a decimal number as a string such as '12.5', without exponent",
    "muss eine Dezimalzahl als Text sein, etwa '12.5', ohne Exponent",
)
NO_ZONE = Text(
    "must be an instant with a time zone such as '2026-01-31T12:00:00Z'",
    "muss ein Zeitpunkt mit Zeitzone sein, etwa '2026-01-31T12:00:00Z'",
)
OUT_OF_TIME = Text("must be an instant within the years 1 to 9999 in UTC", "muss in den Jahren 1 bis 9999 (UTC) liegen")
ONE_OF, NO_DATE = "muss einer dieser Werte sein: {expected}", "muss ein Tag sein, etwa 2014-01-31"
NO_INSTANT, NO_UUID = "muss ein Zeitpunkt sein, etwa 2014-01-31T12:00:00Z", "muss eine UUID sein"
NO_NUMBER, NO_TRUTH = "muss eine ganze Zahl sein", "muss true oder false sein"
NO_OBJECT, NO_KIND = "muss ein Objekt sein", "lässt an „{discriminator}“ nicht erkennen, was gemeint ist"
GERMAN: Mapping[str, str] = {
    "string_type": "muss ein Text sein",
    "string_unicode": "muss Text in UTF-8 sein",
    "string_too_short": "muss mindestens {min_length} Zeichen haben",
    "string_too_long": "darf höchstens {max_length} Zeichen haben",
    "string_pattern_mismatch": "muss dem Muster „{pattern}“ entsprechen",
    "enum": ONE_OF,
    "literal_error": ONE_OF,
    "int_type": NO_NUMBER,
    "int_parsing": NO_NUMBER,
    "int_parsing_size": NO_NUMBER,
    "int_from_float": NO_NUMBER,
    "bool_type": NO_TRUTH,
    "bool_parsing": NO_TRUTH,
    "greater_than_equal": "muss mindestens {ge} sein",
    "greater_than": "muss größer als {gt} sein",
    "less_than_equal": "darf höchstens {le} sein",
    "less_than": "muss kleiner als {lt} sein",
    "list_type": "muss eine Liste sein",
    "tuple_type": "muss eine Liste sein",
    "frozen_set_type": "muss eine Liste sein",
    "too_short": "braucht mindestens {min_length} Einträge",
    "too_long": "darf höchstens {max_length} Einträge haben",
    "dict_type": NO_OBJECT,
    "model_type": NO_OBJECT,
    "model_attributes_type": NO_OBJECT,
    "dataclass_type": NO_OBJECT,
    "uuid_type": NO_UUID,
    "uuid_parsing": NO_UUID,
    "date_type": NO_DATE,
    "date_parsing": NO_DATE,
    "date_from_datetime_parsing": NO_DATE,
    "date_from_datetime_inexact": NO_DATE,
    "datetime_type": NO_INSTANT,
    "datetime_parsing": NO_INSTANT,
    "datetime_from_date_parsing": NO_INSTANT,
    "union_tag_invalid": NO_KIND,
    "union_tag_not_found": NO_KIND,
    "none_required": "muss leer (null) sein",
}


def told(fault: Mapping[str, Any], language: Language) -> str:
    """Say what would be right in place of what a fault found."""
    code, context = str(fault["type"]), fault.get("ctx") or {}
    unfit, own = context.get("error"), OWN.get(code)
    if isinstance(unfit, Unfit):
        return unfit.text.in_language(language)
    if own is not None:
        return own.in_language(language)
    german = GERMAN.get(code) if language == "de" else None
    text = german.format_map(context).replace(" or ", " oder ") if german else str(fault["msg"])
    return MEMBER.sub(r"\1", text)
