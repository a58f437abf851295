"""A mapping profile: how one sender writes what we call unit, variable, month and value."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.delivery import DeliveryKind, DeliveryMode
from domain.errors import Conflict, Invalid, Place, Text, Unknown
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


@dataclass(eq=False)
class ProfileForAnotherKind(Invalid):
    """The profile is for another kind of delivery."""

    title_de = "Das Profil ist für eine andere Art von Lieferung."
    says = Text(
        "'{code}' is for kind={kind}, the file is delivered as kind={delivered}; deliver it as what it is, or name"
        " another profile",
        "„{code}“ ist für kind={kind}, geliefert wird die Datei als kind={delivered}; liefern Sie sie als das, was sie"
        " ist, oder nennen Sie ein anderes Profil",
    )

    code: str
    kind: DeliveryKind
    delivered: DeliveryKind


@dataclass(eq=False)
class ProfileTargetsUnknown(Invalid):
    """The profile puts something into columns that its kind of delivery does not have."""

    title_de = "Das Profil füllt Spalten, die seine Art von Lieferung nicht hat."
    says = Text(
        "kind={kind} does not have: {unknown}; it has {known}", "kind={kind} hat nicht: {unknown}; sie hat {known}"
    )

    kind: DeliveryKind
    unknown: str
    known: str
    pointers: tuple[str, ...]

    def places(self) -> tuple[Place, ...]:
        """Name each of them."""
        detail = Text(f"known are {self.known}", f"bekannt sind {self.known}")
        return tuple(Place(pointer=pointer, code="unknown_column", detail=detail) for pointer in self.pointers)


@dataclass(eq=False)
class PersonsInProfile(Invalid):
    """A profile names no persons."""

    title_de = "Ein Profil nennt keine Personen."
    says = Text(
        "`person` comes from a column of the file as it is, never from constants or translations: profiles can be read",
        "`person` kommt unverändert aus einer Spalte der Datei, nie aus constants oder translations: Profile sind"
        " lesbar",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a column of a wide table counts."""

    variable: VariableCode
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingProfile:
    """
    One version of a sender's way of writing one kind of delivery.

    `columns` are theirs → ours, and columns that are not named are read over; `constants` are our columns that the file
    does not have; `translations` are, by our column, their code → ours. Without a decimal sign the file's own decides.
    `figures` are columns that each hold a value of their own, where a row is a place and time and no single value;
    `blank_withheld` says that the sender keeps back what stands blank.
    Of XML, `record` is the element of a row and `schema` the text of the schema that a file must follow.
    """

    code: str = ""
    version: int = 0
    title: str = ""
    kind: DeliveryKind = DeliveryKind.OBSERVATIONS
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

    def must_fill(self, known: Collection[str]) -> None:
        """Refuse what it would put into columns that are not among the known ones, and persons."""
        if "person" in {*self.constants, *self.translations} and "person" in known:
            raise PersonsInProfile
        unknown = {place: column for place, column in self._filled() if column not in known}
        if unknown:
            raise ProfileTargetsUnknown(
                kind=self.kind,
                unknown=", ".join(dict.fromkeys(unknown.values())),
                known=", ".join(known),
                pointers=tuple(unknown),
            )

    def _filled(self) -> Iterator[tuple[str, str]]:
        """Give each of our columns that it fills, with the place that says so."""
        for theirs, ours in self.columns.items():
            yield _pointer("columns", theirs), ours
        for ours in self.constants:
            yield _pointer("constants", ours), ours
        for ours in self.translations:
            yield _pointer("translations", ours), ours
        for theirs, counted in self.figures.items():
            yield _pointer("figures", theirs), "variable"
            for dimension in counted.dimensions:
                yield _pointer("figures", theirs, "dimensions", dimension), dimension
        if self.blank_withheld:
            yield _pointer("blank_withheld"), "value"

    def renaming(self, columns: Mapping[str, str]) -> "MappingProfile":
        """Give the same profile with columns of a format's own added."""
        return replace(self, columns={**columns, **self.columns})


def _pointer(*names: str) -> str:
    """Write the place of a member (RFC 6901)."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names)


PLAIN = MappingProfile()
"""The way of writing that the service itself teaches."""
