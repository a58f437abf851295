"""Statistics of small areas on the wire."""

from typing import Annotated

from chassis.wire import Sent, Told
from domain.codec import decode
from domain.errors import Language
from domain.intake import REMEDIES
from domain.small_area import SmallAreaMapping, Translated
from pydantic import Field

from indicators.api.delivery_schemas import FindingOut
from indicators.api.variable_schemas import Code
from indicators.usecases.small_areas import as_delivered

Column = Annotated[str, Field(min_length=1, max_length=100)]
MOST_SHOWN = 1_000


class CountedIn(Sent):
    """What a column counts."""

    variable: Code
    dimensions: dict[Column, Column] = Field(default={}, max_length=10)


class SmallAreaMappingIn(Sent):
    """Which column names the area and which the year, what the others count, and why the rest is left out."""

    area: Column = Field(examples=["district_id"])
    year: Column = Field(examples=["year"])
    month: int = Field(ge=1, le=12, description="the month of the year in which a yearly figure stands", examples=[12])
    areas: dict[str, Column] = Field(
        min_length=1, max_length=5_000, description="unit codes by the file's names of areas; the empty name too"
    )
    columns: dict[Column, CountedIn] = Field(min_length=1, max_length=100)
    left_out: dict[Column, str] = Field(default={}, max_length=100, description="columns read over, with the reason")
    delimiter: str = Field(",", pattern=r"^[,;\t|]$", examples=[";"])

    def value(self) -> SmallAreaMapping:
        """Give the mapping."""
        return decode(SmallAreaMapping, self.model_dump(mode="json"))


class TranslationIn(Sent):
    """A file of small areas as it was published, and how it is read."""

    mapping: SmallAreaMappingIn
    content: str = Field(min_length=1, max_length=3_000_000, examples=["year,district_id,residents\n2022,1,167\n"])


class TranslationOut(Told):
    """The `file` to deliver, how many figures it has, and the cells that give none, of which the first are shown."""

    rows: int
    figures: int
    withheld: int
    found: int
    findings: list[FindingOut]
    file: str


def translation_out(done: Translated, language: Language) -> TranslationOut:
    """Tell what became of a file."""
    findings = [
        FindingOut(
            row=finding.row,
            column=finding.column,
            code=finding.code,
            value=finding.value[:80],
            detail=REMEDIES[finding.code].in_language(language),
        )
        for finding in done.findings[:MOST_SHOWN]
    ]
    return TranslationOut(
        rows=done.rows,
        figures=len(done.figures),
        withheld=done.withheld,
        found=len(done.findings),
        findings=findings,
        file=as_delivered(done.figures),
    )
