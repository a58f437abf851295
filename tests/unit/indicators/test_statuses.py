"""How a value came to be is told alike in every format."""

import polars as pl
import pytest
from domain.delivery import DeliveryKind
from domain.identity import VariableCode
from domain.profile import Counted, MappingProfile
from domain.value_status import SDMX_CODES, ValueStatus
from indicators.formats.blank import WRITERS, blank
from indicators.formats.reader import READERS, read
from indicators.formats.sdmx_csv import read_sdmx_csv
from indicators.formats.xml import schema_text
from indicators.ports.media_types import MediaType
from indicators.usecases.shapes import FOLLOW_UPS, OBSERVATIONS, RECORDS
from indicators.usecases.statuses import UNDERSTOOD, understood
from support.files import read_whole

ROW = {"unit": "05158004", "variable": "elb_stock", "month": "2014-11", "value": "4821.50"}


def came_as(rows: pl.DataFrame) -> list[str | None]:
    """Give how rows say their values came to be, in our words."""
    return rows.select(understood(rows))[UNDERSTOOD].to_list()


@pytest.mark.parametrize("media_type", WRITERS)
@pytest.mark.parametrize("status", ValueStatus)
def test_every_format_carries_the_column(media_type: str, status: ValueStatus) -> None:
    content = blank(media_type, pl.DataFrame([{**ROW, "status": status.value}]), DeliveryKind.OBSERVATIONS)
    assert came_as(read_whole(READERS[media_type], content)) == [status]


@pytest.mark.parametrize("media_type", WRITERS)
def test_a_file_without_the_column_tells_counted_values(media_type: str) -> None:
    assert came_as(
        read_whole(READERS[media_type], blank(media_type, pl.DataFrame([ROW]), DeliveryKind.OBSERVATIONS))
    ) == ["counted"]


@pytest.mark.parametrize(("status", "code"), SDMX_CODES.items())
def test_sdmx_names_it_by_its_own_code(status: ValueStatus, code: str) -> None:
    content = (
        "STRUCTURE,STRUCTURE_ID,ACTION,UNIT,VARIABLE,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
        f"dataflow,ZIELWERK:OBSERVATIONS(1.0),I,05158004,elb_stock,2014-11,1.5,{code}\n"
        "dataflow,ZIELWERK:OBSERVATIONS(1.0),I,05158004,elb_stock,2014-12,1.5,\n"
        "dataflow,ZIELWERK:OBSERVATIONS(1.0),I,05158004,elb_stock,2015-01,1.5,X\n"
    )
    assert came_as(read_whole(read_sdmx_csv, content.encode())) == [status, "counted", None]


def test_a_profile_may_say_it_in_its_own_column_and_of_all_columns_of_a_wide_row() -> None:
    profile = MappingProfile(
        columns={"Ort": "unit", "Monat": "month", "Herkunft": "status"},
        figures={name: Counted(variable=VariableCode(name)) for name in ("elb_stock", "elb_inflow")},
    )
    content = b"Ort;Monat;Herkunft;elb_stock;elb_inflow\n05158004;2014-11;hochgerechnet;12,5;3\n"
    rows = read_whole(lambda path, shape, given: read(path, MediaType.CSV, shape, given), content, profile=profile)
    assert (came_as(rows), rows["value"].to_list()) == (["extrapolated"] * 2, ["12.5", "3"])


def test_the_published_xml_schema_has_every_column_of_every_kind() -> None:
    schema = schema_text().decode()
    named = {name for shape in (OBSERVATIONS, RECORDS, FOLLOW_UPS) for name in shape.columns}
    assert [name for name in sorted(named) if f'name="{name}"' not in schema] == []
