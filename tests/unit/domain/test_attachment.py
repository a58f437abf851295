"""Attachments have plain names."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from domain.attachment import Attachment, AttachmentKind, UnsafeName


def named(name: str) -> Attachment:
    return Attachment(
        agreement=UUID(int=1),
        name=name,
        kind=AttachmentKind.ANNEX,
        media_type="application/pdf",
        size=3,
        sha256="ab" * 32,
        signed=True,
        unit="05158",
        by="lead",
        at=datetime(2012, 3, 29, tzinfo=UTC),
    )


@pytest.mark.parametrize("name", ["Anlage 1.pdf", "Schreiben vom 29.03.2012.pdf", "Übersicht (neu).pdf", "1"])
def test_a_file_name_with_umlauts_and_blanks_is_plain(name: str) -> None:
    assert named(name).annex.name == name


@pytest.mark.parametrize(
    "name", ["../geheim.pdf", "a/b.pdf", "c:\\x.pdf", ".bashrc", "", " Anlage.pdf", "a\x00.pdf", "a\n.pdf", "---", ".."]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(UnsafeName):
        named(name)
