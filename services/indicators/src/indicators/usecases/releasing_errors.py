"""What can go wrong with releases beyond the domain's own rules."""

from dataclasses import dataclass

from domain.errors import Conflict, Invalid, Text, Unknown


@dataclass(eq=False)
class UnknownRelease(Unknown):
    """There is no such release."""

    title_de = "Diesen Datenstand gibt es nicht."
    says = Text(
        "there is no release '{code}'; see GET /v1/releases",
        "es gibt keinen Datenstand „{code}“; siehe GET /v1/releases",
    )

    code: str


@dataclass(eq=False)
class ReleaseExists(Conflict):
    """This release has been published."""

    title_de = "Dieser Datenstand ist veröffentlicht."
    says = Text(
        "'{code}' is published and stays as it is; give another code",
        "„{code}“ ist veröffentlicht und bleibt, wie er ist; nehmen Sie einen anderen Schlüssel",
    )

    code: str


@dataclass(eq=False)
class ReleasesBackward(Invalid):
    """Changes are told from an earlier release to a later one."""

    title_de = "Änderungen werden vom früheren zum späteren Datenstand angegeben."
    says = Text(
        "'{since}' is not earlier than '{code}'; swap them", "„{since}“ ist nicht früher als „{code}“; tauschen Sie sie"
    )

    since: str
    code: str
