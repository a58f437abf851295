"""XML in and back: a record stays itself however the file is broken into lines, and its findings stand before it."""

from pathlib import Path

import pytest
from domain.profile import PLAIN, MappingProfile
from hypothesis import given
from hypothesis import strategies as st
from indicators.formats.returning import give_back
from indicators.formats.xml import read_xml
from indicators.formats.xml_faults import LARGEST_SEARCHED
from indicators.ports.media_types import MediaType
from indicators.usecases.errors import FileBroken
from lxml import etree
from support.bad_files import NAMESPACE, RECORD, delivery
from support.files import read_whole

ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-16": "utf-16",
    "windows-1252": "cp1252",
    "ISO-8859-1": "latin-1",
    "US-ASCII": "ascii",
}
FINDING = ("bad_month", "month", "Monat ändern -- als JJJJ-MM")
AS_IT_IS = "\n<record><unit>Wülfrath</unit><variable>elb_stock</variable><value>7</value></record>"


def rows_of(content: bytes) -> list[int]:
    return read_whole(read_xml, content)["row"].to_list()


def returned(folder: Path, content: bytes, *rows: int, profile: MappingProfile = PLAIN) -> bytes:
    """Give a file back with a finding at each of these rows."""
    sent = folder / "sent.xml"
    sent.write_bytes(content)
    return b"".join(give_back(sent, MediaType.XML, profile, dict.fromkeys(rows, FINDING)).content)


def before_records(content: bytes) -> list[str]:
    """Give for each record the comment right before it, if any."""
    records = etree.fromstring(content).iter(f"{{{NAMESPACE}}}record")
    befores = [record.getprevious() for record in records]
    return [str(one.text).strip() if isinstance(one, etree._Comment) else "" for one in befores]


def test_records_on_lines_of_their_own_are_known_by_their_lines() -> None:
    assert rows_of(delivery(f"\n{RECORD}\n\n{RECORD}\n")) == [3, 5]


def test_records_on_one_line_are_counted_on() -> None:
    one_line = delivery(RECORD * 3).replace(b"\n", b"")
    assert rows_of(one_line) == [1, 2, 3]


@given(st.lists(st.sampled_from(["", "\n", "\n\n", "<!-- c -->", "<?p i?>\n"]), min_size=1, max_size=30))
def test_every_record_has_a_number_of_its_own_however_lines_are_broken(breaks: list[str]) -> None:
    content = delivery("".join(f"{one}{RECORD}" for one in breaks))
    found = rows_of(content)
    assert found == sorted(set(found))
    assert len(found) == len(breaks)


def test_far_down_a_long_file_lines_are_still_exact() -> None:
    assert rows_of(delivery(f"\n{RECORD}" * 70_000))[-1] == 70_002


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_comes_back_in_its_own_encoding_with_comments_before_its_records(encoding: str, tmp_path: Path) -> None:
    text = delivery(RECORD * 2 + AS_IT_IS).decode().replace('"1.0"?>', f'"1.0" encoding="{encoding}"?>')
    sent = text.encode(ENCODINGS[encoding], "xmlcharrefreplace")
    back = returned(tmp_path, sent, 3)
    assert before_records(back)[0] == before_records(back)[2] == ""
    assert before_records(back)[1].startswith("bad_month: month: Monat ")
    assert read_whole(read_xml, back).equals(read_whole(read_xml, sent))


def test_what_is_not_told_of_stays_byte_for_byte(tmp_path: Path) -> None:
    sent = delivery(f"\r\n\t{RECORD}  <!-- ours -->\r\n{AS_IT_IS}")
    back = returned(tmp_path, sent, 3)
    comment = "<!-- bad_month: month: Monat ändern - - als JJJJ-MM -->".encode()
    assert back == sent.replace(b"\t<record>", b"\t" + comment + b"<record>")


def test_a_finding_says_no_two_hyphens_in_a_row(tmp_path: Path) -> None:
    sent = tmp_path / "sent.xml"
    sent.write_bytes(delivery(RECORD))
    back = b"".join(give_back(sent, MediaType.XML, PLAIN, {2: ("c", "----", "-")}).content)
    assert before_records(back) == ["c: - - - -: -"]


def test_records_of_a_senders_own_schema_are_found_whatever_their_namespace(tmp_path: Path) -> None:
    profile = MappingProfile(record="satz", columns={"traeger": "unit"})
    sent = b'<m xmlns:z="urn:z"><kopf/><z:satz><traeger>1</traeger></z:satz><z:satz><traeger>2</traeger></z:satz></m>'
    back = returned(tmp_path, sent, 2, profile=profile)
    assert back.index(b"<!-- bad_month") == sent.index(b"<z:satz><traeger>2")


def test_a_long_file_comes_back_whole(tmp_path: Path) -> None:
    told = [3 + number * number for number in range(141)]
    sent = delivery(f"\n{RECORD}" * 20_000)
    back = returned(tmp_path, sent, *told)
    assert [number for number, said in enumerate(before_records(back), start=3) if said] == told


def test_an_encoding_that_cannot_be_given_back_is_not_taken() -> None:
    text = delivery(RECORD).decode().replace('"1.0"?>', '"1.0" encoding="Shift_JIS"?>')
    with pytest.raises(FileBroken, match="write UTF-8"):
        rows_of(text.encode("shift_jis"))


@pytest.mark.parametrize("aside", ["<!-- c -->", "<?p i?>", "<![CDATA[]]>"])
def test_what_stands_inside_a_value_does_not_cut_it(aside: str) -> None:
    split = RECORD.replace("<value>7<", f"<value>16{aside}50<").replace("inflow", f"in{aside}flow")
    row = read_whole(read_xml, delivery(split.replace("<unit>", f"{aside if 'C' not in aside else ''}<unit>")))
    assert row.select("variable", "value", "month").rows() == [("ltr_inflow", "1650", "2009-01")]


def test_what_stands_inside_the_reporting_month_does_not_cut_it() -> None:
    head = "<reporting_month>2009<!-- c -->-02</reporting_month>"
    assert read_whole(read_xml, delivery(RECORD, head=head))["month"].to_list() == ["2009-02"]


def told(content: bytes) -> tuple[str, str]:
    """Say in both languages why a file cannot be read."""
    with pytest.raises(FileBroken) as refused:
        rows_of(content)
    return refused.value.why, refused.value.why_de


@pytest.mark.parametrize(
    ("content", "english", "german"),
    [
        (b"unit,variable", "line 1: it is no XML", "Zeile 1: es ist kein XML"),
        (
            b"<a>\n<b>\n",
            "line 3: it ends before all elements are closed",
            "Zeile 3: es endet, bevor alle Elemente geschlossen sind",
        ),
        (
            delivery(f"\n{RECORD}")[:-20],
            "line 3: unclosed token",
            "Zeile 3: hier beginnt etwas, das nicht geschlossen wird",
        ),
        (
            delivery(f"\n{RECORD}\n</record>"),
            "line 4: mismatched tag",
            "Zeile 4: geschlossen wird ein anderes Element als das offene",
        ),
        (
            delivery(f"\n{RECORD}" * 20_000 + "\n&x;"),
            "line 20003: undefined entity",
            "Zeile 20003: diese Entität ist nicht bekannt",
        ),
        (
            delivery(RECORD, before='<!DOCTYPE d [<!ENTITY a "ha">]>'),
            "it has a document type declaration, which is not taken",
            "sie hat eine Dokumenttypdeklaration; die wird nicht angenommen",
        ),
        (
            delivery(f"\n{RECORD}\n<record><height>1</height></record>"),
            "line 4: Element 'height': This element is not expected.",
            "Zeile 4: Element „height“: hier fehlt ein Element, oder dieses steht hier falsch",
        ),
        (
            delivery(RECORD, head=""),
            "line 2: Element 'head': Missing child element(s). Expected is ( reporting_month ).",
            "Zeile 2: Element „head“: hier fehlt ein Element, oder dieses steht hier falsch; erwartet: reporting_month",
        ),
        (
            delivery(RECORD).replace(b' version="1.0">', b">"),
            "line 2: Element 'delivery': The attribute 'version' is required but missing.",
            "Zeile 2: Element „delivery“: ein nötiges Attribut fehlt",
        ),
    ],
)
def test_what_is_no_xml_or_follows_no_schema_says_where_in_both_languages(
    content: bytes, english: str, german: str
) -> None:
    assert told(content) == (english, german)


def test_a_file_that_is_too_large_to_search_for_what_breaks_its_schema_still_says_how() -> None:
    filled = f"<!-- {'x' * 9_000_000} -->" * (LARGEST_SEARCHED // 9_000_000 + 1)
    english, german = told(delivery(filled + "<record><height>1</height></record>"))
    assert english == "Element 'height': This element is not expected."
    assert german == "Element „height“: hier fehlt ein Element, oder dieses steht hier falsch"
