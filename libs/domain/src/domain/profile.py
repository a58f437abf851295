"""A mapping profile: how one sender writes what we call unit, variable, month and value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.delivery import DeliveryMode
from domain.errors import Conflict, Invalid, Text, Unknown
from domain.identity import VariableCode


class MonthForm(StrEnum):
    """
    How a sender writes a month: 2014-11, 11/2014, 11.2014, 201411, or a day of it as 30.11.2014 or 2014-11-30.

    Of a `year`, such as 2014, a figure stands in December.
    """

    ISO = "iso"
    SLASH = "slash"
    DOT = "dot"
    PLAIN = "plain"
    GERMAN_DAY = "german_day"
    ISO_DAY = "iso_day"
    YEAR = "year"


class UnitScheme(StrEnum):
    """What a sender names a unit by: our code, or the official municipality key (AGS)."""

    CODE = "code"
    AGS = "ags"


@dataclass(eq=False)
class UnknownProfile(Unknown):
    """There is no such mapping profile."""

    title_de = "Dieses Zuordnungsprofil gibt es nicht."
    says = Text("there is no profile '{code}'", "es gibt kein Profil „{code}“")

    code: str


@dataclass(eq=False)
class ProfileUnfit(Invalid):
    """The profile does not fit its own sample."""

    title_de = "Das Profil passt nicht zu seiner eigenen Probe."
    says = Text("the sample shows: {why}", "die Probe zeigt: {why}")

    why: str


@dataclass(eq=False)
class ProfileUnready(Conflict):
    """The profile is prepared but not ready."""

    title_de = "Das Profil ist vorbereitet, aber noch nicht einsetzbar."
    says = Text(
        "'{code}' still needs: {remark}; an operator completes it at PUT /v1/profiles/{code}",
        "„{code}“ braucht noch: {remark}; ergänzt wird es mit PUT /v1/profiles/{code}",
    )

    code: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a column of a wide table counts."""

    variable: VariableCode
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingProfile:
    """
    One version of a sender's way of writing.

    `columns` are theirs → ours, and columns that are not named are read over; `constants` are our columns that the file
    does not have; `translations` are, by our column, their code → ours. Without a decimal sign the file's own decides.
    `figures` are columns that each hold a value of their own, where a row is a place and time and no single value;
    `blank_withheld` says that the sender keeps back what stands blank.
    Of XML, `record` is the element of a row and `schema` the text of the schema that a file must follow.
    """

    code: str = ""
    version: int = 0
    title: str = ""
    media_type: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    figures: Mapping[str, Counted] = field(default_factory=dict)
    blank_withheld: bool = False
    delimiter: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    months: MonthForm = MonthForm.ISO
    units: UnitScheme = UnitScheme.CODE
    record: str | None = None
    schema: str | None = None
    mode: DeliveryMode | None = None
    senders: frozenset[str] = frozenset()
    ready: bool = True
    remark: str = ""

    @property
    def name(self) -> str:
        """Name this very version."""
        return f"{self.code}@{self.version}" if self.code else ""

    def renaming(self, columns: Mapping[str, str]) -> "MappingProfile":
        """Give the same profile with columns of a format's own added."""
        return replace(self, columns={**columns, **self.columns})


PLAIN = MappingProfile()
"""The way of writing that the service itself teaches."""
