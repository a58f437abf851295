"""
What can be wrong, in the field's words.

DomainError
├── Invalid    → 422   what was sent breaks a rule
├── Unknown    → 404   what was asked for is not there, or not for this caller
├── Conflict   → 409   what was asked does not fit the present state
├── Stale      → 412   somebody else was faster
└── Forbidden  → 403   this caller may not do that

The class name gives the problem's type, the docstring its English title, `title_de` the German one;
`says` is the detail, filled from the fields.
"""

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

Language = Literal["en", "de"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    en: str
    de: str

    def in_language(self, language: Language) -> str:
        """Give the sentence in one language."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the input something is wrong (RFC 6901 pointer), what code it has, what would be right."""

    pointer: str
    code: str
    detail: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlace:
    """Where in a file something is wrong: the row as the sender's program numbers it, the column, what stands there."""

    row: int
    column: str
    code: str
    value: str
    detail: Text


class DomainError(Exception):
    """Something is not right."""

    title_de: ClassVar[str] = "Etwas stimmt nicht."
    says: ClassVar[Text] = Text("", "")

    def title(self, language: Language = "en") -> str:
        """Give the kind of problem in one sentence."""
        english = (type(self).__doc__ or "").strip().splitlines()[0]
        return self.title_de if language == "de" else english

    def detail(self, language: Language = "en") -> str:
        """Say what happened here, filled from the error's own fields; texts among them in the same language."""
        fields = {name: _in_language(field, language) for name, field in vars(self).items()}
        return self.says.in_language(language).format_map(fields)

    def places(self) -> tuple[Place | CellPlace, ...]:
        """Name the places in the input, or the cells of a file, that are wrong, if there are any."""
        return ()

    def __str__(self) -> str:
        return self.detail()


def _in_language(field: object, language: Language) -> object:
    return field.in_language(language) if isinstance(field, Text) else field


def slug(error: type[DomainError]) -> str:
    """Turn `AlreadySigned` into `already-signed`, the name of a kind of problem."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()


class Invalid(DomainError):
    """What was sent breaks a rule."""


class Unknown(DomainError):
    """What was asked for is not there."""


class Conflict(DomainError):
    """What was asked does not fit the present state."""


class Stale(DomainError):
    """Somebody else changed this in the meantime."""


@dataclass(eq=False)
class Forbidden(DomainError):
    """The caller may not do that."""

    title_de = "Dazu fehlt die Berechtigung."
    says = Text("{needed}", "{needed}")

    needed: Text | str
