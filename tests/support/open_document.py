"""OpenDocument spreadsheets as a program writes them: texts, numbers and days, each of its own type."""

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/></manifest:manifest>'
)
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
)


def open_document(*rows: tuple[str | float | date, ...]) -> bytes:
    """Write a spreadsheet of one sheet."""
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    sheet = f'<table:table table:name="1">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", TYPE)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", f"<office:document-content {NAMESPACES}>{body}</office:document-content>")
    return out.getvalue()


def _cell(content: str | float | date) -> str:
    if isinstance(content, date):
        said = f'office:value-type="date" office:date-value="{content.isoformat()}"'
    elif isinstance(content, str):
        said = 'office:value-type="string"'
    else:
        said = f'office:value-type="float" office:value="{content}"'
    return f"<table:table-cell {said}><text:p>{escape(str(content))}</text:p></table:table-cell>"
