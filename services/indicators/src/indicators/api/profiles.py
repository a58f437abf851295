"""`/v1/profiles`: how a sender writes, kept by version, tried on a sample."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.paging import Asked
from domain.identity import DeliveryId
from fastapi import APIRouter, Path, Query

from indicators.api.given import Given
from indicators.api.profile_schemas import (
    ProfileIn,
    ProfileOut,
    ProfilePage,
    ProfileTried,
    profile_out,
    tried_out,
)
from indicators.usecases import mapping

router = APIRouter(tags=["deliveries"])
Code = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]


@router.get("/v1/profiles")
async def list_profiles(ports: Given, caller: Identified, asked: Asked) -> ProfilePage:
    """List the newest version of every mapping profile."""
    return asked.page(ProfilePage, [profile_out(one) for one in await mapping.profiles(ports, caller)])


@router.get("/v1/profiles/{code}")
async def get_profile(code: Code, ports: Given, caller: Identified) -> ProfileOut:
    """Give the newest version of one."""
    return profile_out(await mapping.profile(ports, caller, code))


@router.put("/v1/profiles/{code}")
async def put_profile(
    code: Code,
    sent: ProfileIn,
    ports: Given,
    caller: Identified,
    id: NewId,
    dry_run: Annotated[bool, Query(description="try it only, keep nothing")] = False,
) -> ProfileTried:
    """Try a profile on its sample and keep it as the next version; earlier deliveries keep theirs."""
    sample = sent.tried_on(DeliveryId(id))
    kept, trial = await mapping.put_profile(ports, caller, sent.value(code), sample, keep=not dry_run)
    return tried_out(kept, trial)
