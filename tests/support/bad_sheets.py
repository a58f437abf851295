"""The corpus of bad files, continued: workbooks and spreadsheets, and such that are odd but good."""

from datetime import date

from support.bad_files import NAMES, ODS, TOWN, XLSX, Bad, archive, workbook
from support.open_document import open_document

ROW = (TOWN, "ltr_inflow", "2009-01", "7")
WRITTEN_MONTHS = ("02/2009", "3.2009", "Apr 2009", "Mai 2009")
FORMS = (("xlsx", XLSX, workbook), ("ods", ODS, open_document))
SPREAD = (
    b'<office:document-content><table:table><table:table-row table:number-rows-repeated="900000">'
    b'<table:table-cell table:number-columns-repeated="16000" office:value="1"><text:p>1</text:p></table:table-cell>'
    b"</table:table-row></table:table></office:document-content>"
)
SHEETS = [
    Bad("xlsx: no archive", b"PK\x03\x04", "file-broken", media_type=XLSX),
    Bad("xlsx: cut off", workbook(NAMES, ROW)[:-400], "file-broken", media_type=XLSX),
    Bad("xlsx: nothing in it", archive(a=b"x"), "file-broken", media_type=XLSX),
    Bad("xlsx: a bomb", archive(xl__worksheets__sheet1_dot_xml=b"0" * 50_000_000), "file-broken", media_type=XLSX),
    Bad("xlsx: header only", workbook(NAMES), "file-empty", media_type=XLSX),
    Bad("xlsx: an empty sheet", workbook(), "file-empty", media_type=XLSX),
    Bad(
        "xlsx: a formula",
        workbook(NAMES, ROW, (*ROW[:2], "2009-02", "=1+1")),
        codes=("empty_value",),
        good=1,
        media_type=XLSX,
    ),
    *(
        Bad(
            f"{form}: texts that are thousands or thousandths, a number that is neither",
            write(NAMES, ROW, (*ROW[:2], "2009-02", "1.200"), (*ROW[:2], "2009-03", 1.234)),
            codes=("ambiguous_number",),
            good=2,
            media_type=media_type,
        )
        for form, media_type, write in FORMS
    ),
    Bad(
        "xlsx: texts with commas and points",
        workbook(NAMES, ROW, *((*ROW[:2], f"2009-0{n}", text) for n, text in ((2, "1,5"), (3, "1.5"), (4, "1.500")))),
        codes=("mixed_decimals", "ambiguous_number"),
        good=2,
        media_type=XLSX,
    ),
    *(
        Bad(
            f"{form}: a day in the middle of its month",
            write(NAMES, ROW, (*ROW[:2], date(2014, 11, 15), 1)),
            codes=("bad_month",),
            good=1,
            media_type=media_type,
        )
        for form, media_type, write in FORMS
    ),
    Bad("xlsx: two headers alike", workbook((*NAMES, "value"), (*ROW, "1")), "columns-twice", media_type=XLSX),
    Bad("ods: no archive", b"junk", "file-broken", media_type=ODS),
    Bad("ods: nothing in it", archive(a=b"x"), "file-broken", media_type=ODS),
    Bad("ods: rows repeated to burst", archive(content_dot_xml=SPREAD), "file-broken", media_type=ODS),
    *(
        Bad(
            f"good: German texts of {form}",
            write(NAMES, ROW, *((*ROW[:2], f"2009-0{n}", text) for n, text in ((2, "1.200"), (3, "1.234,0")))),
            good=3,
            media_type=media_type,
        )
        for form, media_type, write in FORMS
    ),
    *(
        Bad(
            f"good: months of {form}",
            write(NAMES, ROW, *((*ROW[:2], month, 1) for month in (*WRITTEN_MONTHS, date(2009, 6, 1)))),
            good=6,
            media_type=media_type,
        )
        for form, media_type, write in FORMS
    ),
]
