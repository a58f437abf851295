"""Mapping profiles on the wire."""

import base64
import binascii
import re
from typing import Annotated, Literal

from chassis.wire import Sent, Told
from domain.codec import encode
from domain.delivery import DeliveryKind, DeliveryMode
from domain.errors import Invalid, Text
from domain.identity import DeliveryId, VariableCode
from domain.intake import FindingCode
from domain.profile import Counted, MappingProfile, MonthForm, UnitScheme
from pydantic import Field

from indicators.api.delivery_schemas import SentKind
from indicators.ports.media_types import MediaType
from indicators.usecases.shapes import SHAPES
from indicators.usecases.trying_profiles import Sample, Trial

Short = Annotated[str, Field(max_length=200)]
Names = Annotated[dict[Short, Short], Field(max_length=200)]

DECLARATION = re.compile(r"^\ufeff?<\?xml\s[^>]*\?>")
"""What XML says of the encoding of its bytes."""


class SampleUnreadable(Invalid):
    """The sample is not base64."""

    title_de = "Die Probe ist nicht base64."
    says = Text(
        "send text as `sample`, other files as `sample_base64`", "Text als `sample`, anderes als `sample_base64`"
    )


class CountedIn(Sent):
    """What a column of a wide table counts."""

    variable: Short
    dimensions: Annotated[dict[Short, Short], Field(max_length=10)] = Field(default_factory=dict)

    def value(self) -> Counted:
        """Give it as the profile has it."""
        return Counted(variable=VariableCode(self.variable), dimensions=self.dimensions)


class ProfileIn(Sent):
    """How a sender writes, and a few rows to try it on."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    kind: Annotated[SentKind, Field(description="what its deliveries are")] = DeliveryKind.OBSERVATIONS
    media_type: MediaType
    columns: Names = Field(default_factory=dict, description="theirs → ours; what is not named is read over")
    constants: Names = Field(default_factory=dict, description="our columns that the file does not have")
    translations: Annotated[dict[Short, Names], Field(max_length=30)] = Field(
        default_factory=dict, description="by our column: their code → ours"
    )
    figures: Annotated[dict[Short, CountedIn], Field(max_length=100)] = Field(
        default_factory=dict, description="of a wide table: their columns that each hold a value → what it counts"
    )
    blank_withheld: Annotated[bool, Field(description="the source keeps back what stands blank")] = False
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    decimal: Literal[",", "."] | None = None
    encoding: Literal["utf-8", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-15"] | None = None
    months: MonthForm = MonthForm.ISO
    units: UnitScheme = UnitScheme.CODE
    record: Annotated[str | None, Field(max_length=200, description="of XML: the element of a row")] = None
    xml_schema: Annotated[str | None, Field(max_length=2_000_000, description="of XML: the text of its schema")] = None
    mode: DeliveryMode | None = None
    senders: Annotated[list[Short], Field(max_length=1000, description="whose deliveries it is meant for")] = Field(
        default_factory=list
    )
    sample: Annotated[str, Field(max_length=1_000_000, description="as text, whatever the encoding")] = ""
    sample_base64: Annotated[str | None, Field(max_length=1_500_000, description="as the file's bytes")] = None

    def value(self, code: str) -> MappingProfile:
        """Give the profile."""
        return MappingProfile(
            code=code,
            title=self.title,
            kind=self.kind,
            media_type=self.media_type,
            columns=self.columns,
            constants=self.constants,
            translations=self.translations,
            figures={name: counted.value() for name, counted in self.figures.items()},
            blank_withheld=self.blank_withheld,
            delimiter=self.delimiter,
            decimal=self.decimal,
            encoding=self.encoding,
            months=self.months,
            units=self.units,
            record=self.record,
            schema=self.xml_schema,
            mode=self.mode,
            senders=frozenset(self.senders),
        )

    def tried_on(self, id: DeliveryId) -> Sample:
        """Give the rows to try it on."""
        if not self.sample_base64:
            text = DECLARATION.sub("", self.sample) if self.media_type == MediaType.XML else self.sample
            return Sample(id=id, content=text.encode(), media_type=self.media_type, as_text=True)
        try:
            content = base64.b64decode(self.sample_base64, validate=True)
        except binascii.Error as error:
            raise SampleUnreadable from error
        return Sample(id=id, content=content, media_type=self.media_type)


class CountedOut(Told):
    """What a column of a wide table counts."""

    variable: str
    dimensions: dict[str, str]


class ProfileOut(Told):
    """A version of a profile; where it is not `ready`, `remark` says what it still needs."""

    code: str
    version: int
    title: str
    kind: SentKind
    media_type: str | None
    columns: dict[str, str]
    constants: dict[str, str]
    translations: dict[str, dict[str, str]]
    figures: dict[str, CountedOut]
    blank_withheld: bool
    delimiter: str | None
    decimal: str | None
    encoding: str | None
    months: MonthForm
    units: UnitScheme
    record: str | None
    has_schema: bool
    mode: DeliveryMode | None
    senders: list[str]
    ready: bool
    remark: str


class ProfilePage(Told):
    """Profiles in the order of their codes."""

    items: list[ProfileOut]
    next: str | None


class TriedFinding(Told):
    """What is wrong with a row of the sample."""

    row: int
    column: str
    code: FindingCode
    value: str


class ProfileTried(Told):
    """A profile and what it made of its sample: the first rows in our words, the first findings."""

    profile: ProfileOut
    read: int
    rejected: int
    rows: list[dict[str, str | None]]
    findings: list[TriedFinding]


def profile_out(profile: MappingProfile) -> ProfileOut:
    """Tell a profile."""
    told = encode(profile)
    return ProfileOut.model_validate({**(told if isinstance(told, dict) else {}), "has_schema": bool(profile.schema)})


def tried_out(profile: MappingProfile, trial: Trial) -> ProfileTried:
    """Tell a profile with its trial."""
    names = SHAPES[profile.kind].columns
    return ProfileTried(
        profile=profile_out(profile),
        read=trial.read,
        rejected=trial.rejected,
        rows=[{name: value for name, value in row.items() if name in names} for row in trial.rows.to_dicts()],
        findings=[TriedFinding.model_validate(row) for row in trial.findings.to_dicts()],
    )
