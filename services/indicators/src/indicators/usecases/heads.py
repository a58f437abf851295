"""A file's head must not contradict how the file is delivered."""

from dataclasses import dataclass
from pathlib import Path

from domain.delivery import Delivery
from domain.errors import Text
from domain.profile import MappingProfile

from indicators.ports import Ports
from indicators.usecases.errors import FileUnreadable


@dataclass(eq=False)
class HeadDiffers(FileUnreadable):
    """The file's head says something else than how it is delivered."""

    title_de = "Der Kopf der Datei sagt etwas anderes, als wie sie geliefert wird."
    says = Text(
        "line {line}, {element}: the head says '{said}', it is delivered as '{wanted}'; {remedy}",
        "Zeile {line}, {element}: der Kopf sagt „{said}“, geliefert wird sie als „{wanted}“; {remedy}",
    )

    element: str
    line: int
    said: str
    wanted: str
    remedy: Text


CORRECT_MODULE = Text(
    "deliver it as that kind, or correct the head", "liefern Sie sie als diese Art, oder berichtigen Sie den Kopf"
)
CORRECT_SENDER = Text(
    "leave the sender empty, or name who delivers", "lassen Sie den Absender leer, oder nennen Sie, wer liefert"
)


def must_fit(ports: Ports, path: Path, delivery: Delivery, profile: MappingProfile) -> None:
    """
    Refuse a file whose head names another kind of rows, or another sender, than it is delivered as.

    The reporting month is no contradiction: it stands for the rows that name none, and others correct earlier months.
    """
    head = ports.head_of(path, delivery.media_type, profile)
    if head is None:
        return
    if head.module != delivery.kind:
        raise HeadDiffers("module", head.line, head.module, delivery.kind, CORRECT_MODULE)
    if head.sender not in ("", delivery.sender):
        raise HeadDiffers("sender", head.line, head.sender, delivery.sender, CORRECT_SENDER)
