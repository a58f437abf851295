"""What belongs to an agreement: listed for those who see the agreement, kept by those who share in it."""

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import UUID

from chassis.caller import Caller, Role
from domain.identity import AgreementId

from agreements.ports import Documents, Filed, Ports, Work
from agreements.usecases.errors import UnknownDocument
from agreements.usecases.sight import NEGOTIATORS, seeing

SHARERS = (*NEGOTIATORS, Role.OFFICE, Role.CONTROLLER)


class Belonging(Protocol):
    """A value that names its agreement."""

    @property
    def agreement(self) -> UUID:
        """Name it."""


B = TypeVar("B", bound=Belonging)


async def belonging(
    ports: Ports, caller: Caller, id: AgreementId, register: Callable[[Work], Documents[B]]
) -> list[Filed[B]]:
    """List what belongs to an agreement, in the order in which it was kept."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        return await register(work).matching({"agreement": [id]})


async def own(register: Documents[B], id: AgreementId, key: UUID) -> Filed[B]:
    """Lock one thing that belongs to this very agreement."""
    filed = await register.locked(key)
    if filed.value.agreement != id:
        raise UnknownDocument(name=type(filed.value).__name__, id=key)
    return filed
