"""Units named in what is sent must exist."""

from collections.abc import Collection, Mapping

from agreements.ports import Work
from agreements.usecases.errors import UnitsNotKnown


async def must_know(work: Work, named: Mapping[str, str | None]) -> None:
    """Refuse unknown units, given by the place that names them; an empty place names none."""
    must_be_among((await work.units.tree()).units, named)


def must_be_among(known: Collection[str], named: Mapping[str, str | None]) -> None:
    """Refuse units that are not among the known ones."""
    lacking = {pointer: code for pointer, code in named.items() if code is not None and code not in known}
    if lacking:
        raise UnitsNotKnown(codes=", ".join(sorted(set(lacking.values()))), pointers=tuple(lacking))
