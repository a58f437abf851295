"""Looking into an attachment before it is kept: it must be what it says, and nothing that harms who opens it."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from agreements.usecases.attaching import OFFICE, OPEN, TAKEN
from agreements.usecases.errors import NotWhatItSays, UnsafeArchive

LARGEST_UNPACKED = 200_000_000
LARGEST_RATIO = 200
MOST_ENTRIES = 5_000
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".jar", ".docm", ".xlsm", ".bin")


def inspect(content: bytes, media_type: str) -> None:
    """Refuse content that is not of its media type, or an archive that would burst or lead elsewhere."""
    if not CHECKS[media_type](content):
        raise NotWhatItSays(media_type)


def _pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]


def _png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def _jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\x00").endswith(b"\xff\xd9")


def _text(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in content


def _office(content: bytes) -> bool:
    """Look at the entries of a zipped document without unpacking them: their sizes are told beforehand."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _must_be_harmless(entries, len(content))
            return archive.testzip() is None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError):
        return False


def _must_be_harmless(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(LARGEST_UNPACKED, max(packed, 10_000) * LARGEST_RATIO):
        raise UnsafeArchive("it unpacks to far more than it is")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            raise UnsafeArchive("an entry's name leads outside of it")
        if entry.flag_bits & 1:
            raise UnsafeArchive("it is encrypted")
        if path.suffix.lower() in ARCHIVES:
            raise UnsafeArchive("it contains an archive or a macro")


CHECKS: Mapping[str, Callable[[bytes], bool]] = {
    "application/pdf": _pdf,
    "image/png": _png,
    "image/jpeg": _jpeg,
    "text/plain": _text,
    "text/csv": _text,
    **dict.fromkeys((media_type for media_type in TAKEN if media_type.startswith((OFFICE, OPEN))), _office),
}
