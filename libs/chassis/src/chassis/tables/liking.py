"""Choosing the form a client likes best of those that are known (RFC 9110, Accept)."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import TypeVar
from urllib.request import parse_http_list

from domain.errors import Text

from chassis.problems import Refused

T = TypeVar("T")
ANY = "*/*"


@dataclass(eq=False)
class NotInThisForm(Refused):
    """There is nothing here in the form asked for."""

    title_de = "In dieser Form gibt es das hier nicht."
    says = Text("accept one of {forms}", "nehmen Sie eine dieser Formen an: {forms}")
    status = 406

    forms: str


def liked(header: str, known: Mapping[str, T]) -> T:
    """
    Give the form a client likes best, the first of equals; a profile makes a form of its own, the first is the usual.

    NotInThisForm where it takes none of them.
    """
    ranges = [_range(part) for part in parse_http_list(header.lower()) or [ANY]]
    for _, names in sorted((one for one in ranges if one[0] > 0), key=lambda one: -one[0]):
        for name in names:
            found = next((form for form in known if _is_of(form, name)), None)
            if found is not None:
                return known[found]
    raise NotInThisForm(", ".join(known))


def _range(part: str) -> tuple[float, list[str]]:
    """Take a media range apart: how much it is liked, and its names, that with a profile first."""
    message = Message()
    message["Accept"] = part
    (media, _), *parameters = message.get_params(header="Accept", failobj=[(part, "")])
    told = dict(parameters)
    names = [f"{media}; profile={told['profile']}"] if "profile" in told else []
    return _quality(str(told.get("q", "1"))), [*names, media]


def _is_of(form: str, name: str) -> bool:
    return name in (form, ANY) or (name.endswith("/*") and form.startswith(name.removesuffix("*")))


def _quality(given: str) -> float:
    return float(given) if given.replace(".", "", 1).isdecimal() else 1.0
