"""A mapping profile: how one sender writes what we call unit, variable, month and value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import Invalid, Text, Unknown


class MonthForm(StrEnum):
    """How a sender writes a month: 2014-11, 11/2014, 11.2014, 201411, or a day of it as 30.11.2014 or 2014-11-30."""

    ISO = "iso"
    SLASH = "slash"
    DOT = "dot"
    PLAIN = "plain"
    GERMAN_DAY = "german_day"
    ISO_DAY = "iso_day"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingProfile:
    """
    One version of a sender's way of writing.

    `columns` are theirs → ours, and columns that are not named are read over; `constants` are our columns that the file
    does not have; `translations` are, by our column, their code → ours. Without a decimal sign the file's own decides.
    """

    code: str = ""
    version: int = 0
    title: str = ""
    media_type: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    delimiter: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    months: MonthForm = MonthForm.ISO
    units: UnitScheme = UnitScheme.CODE
    changed_at: datetime | None = None

    def renaming(self, columns: Mapping[str, str]) -> "MappingProfile":
        """Give the same profile with columns of a format's own added."""
        return replace(self, columns={**columns, **self.columns})


PLAIN = MappingProfile()
"""The way of writing that the service itself teaches."""
