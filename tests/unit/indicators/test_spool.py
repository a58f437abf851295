"""The spool keeps files for as long as they can be asked back."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from domain.identity import DeliveryId
from indicators.persistence.spool import Folder
from indicators.usecases.arriving import once
from indicators.usecases.errors import FileGone

OLD, NEW = DeliveryId(UUID(int=1)), DeliveryId(UUID(int=2))
BEFORE = datetime(2014, 12, 1, tzinfo=UTC)


def test_only_files_that_were_written_before_are_forgotten(tmp_path: Path) -> None:
    spool = Folder(tmp_path / "spool")
    for id, moment in ((OLD, BEFORE - timedelta(seconds=1)), (NEW, BEFORE)):
        asyncio.run(spool.keep(id, once(b"content")))
        os.utime(spool.path(id), (moment.timestamp(), moment.timestamp()))
    assert asyncio.run(spool.tidy(BEFORE)) == 1
    assert spool.path(NEW).read_bytes() == b"content"
    with pytest.raises(FileGone):
        spool.path(OLD)


def test_a_spool_that_holds_nothing_yet_is_tidy(tmp_path: Path) -> None:
    assert asyncio.run(Folder(tmp_path / "spool").tidy(BEFORE)) == 0
