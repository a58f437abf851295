"""`/v1/oparl`: papers, consultations, meetings and bodies in the shapes of OParl 1.1, for council systems."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from chassis.auth import Identified
from chassis.paging import Cursor, Limit, cursor_of, uuid_of
from chassis.wire import Told
from domain.body import Body
from domain.consultation import Consultation
from domain.paper import Paper
from fastapi import APIRouter, Path, Request
from pydantic import ConfigDict

from agreements.api.given import Code, Given, Key
from agreements.ports import Filed
from agreements.usecases import council

router = APIRouter(tags=["oparl"])
SCHEMA = "https://schema.oparl.org/1.1"
MeetingKey = Annotated[str, Path(description="body and day, such as rat.2012-12-12", max_length=80)]
Shape = dict[str, Any]


class OparlOut(Told):
    """An object of OParl 1.1; its members are those of its type."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    type: str


class OparlPage(Told):
    """A list of OParl 1.1 objects; `links.next` leads to the rest."""

    data: list[OparlOut]
    pagination: dict[str, int]
    links: dict[str, str]


@router.get("/v1/oparl/system")
async def get_oparl_system(request: Request, caller: Identified) -> OparlOut:
    """Give the system object, the way in for every OParl client."""
    council.must_read(caller)
    base = _base(request)
    return OparlOut(
        id=f"{base}/system", type=f"{SCHEMA}/System", oparlVersion=f"{SCHEMA}/", name="Zielwerk", body=f"{base}/bodies"
    )


@router.get("/v1/oparl/bodies")
async def list_oparl_bodies(request: Request, ports: Given, caller: Identified) -> OparlPage:
    """List the administrations that have committees."""
    found = await council.bodies(ports, caller)
    return _page([_body(_base(request), unit, name) for unit, name in found])


@router.get("/v1/oparl/organizations")
async def list_oparl_organizations(request: Request, ports: Given, caller: Identified) -> OparlPage:
    """List committees, councils and assemblies."""
    found = await council.organizations(ports, caller)
    return _page([_organization(_base(request), filed.value) for filed in found])


@router.get("/v1/oparl/organizations/{code}")
async def get_oparl_organization(request: Request, code: Code, ports: Given, caller: Identified) -> OparlOut:
    """Give one committee."""
    return _object(_organization(_base(request), (await council.organization(ports, caller, code)).value))


@router.get("/v1/oparl/meetings")
async def list_oparl_meetings(request: Request, ports: Given, caller: Identified) -> OparlPage:
    """List the meetings in which papers within your reach were treated."""
    steps = await council.steps(ports, caller)
    found = {_meeting_key(filed.value): filed.value for filed in steps}
    return _page([_meeting(_base(request), key, found[key]) for key in sorted(found)])


@router.get("/v1/oparl/meetings/{key}")
async def get_oparl_meeting(request: Request, key: MeetingKey, ports: Given, caller: Identified) -> OparlOut:
    """Give one meeting."""
    return _object(_meeting(_base(request), key, await council.meeting(ports, caller, key)))


@router.get("/v1/oparl/papers")
async def list_oparl_papers(
    request: Request, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> OparlPage:
    """List papers that are public or within your reach."""
    found, steps = await council.papers(ports, caller, uuid_of(cursor), limit + 1)
    shown = [_paper(_base(request), filed, steps) for filed in found[:limit]]
    following = found[limit - 1].id if len(found) > limit else None
    return _page(
        shown, f"{_base(request)}/papers?limit={limit}&cursor={cursor_of(str(following))}" if following else None
    )


@router.get("/v1/oparl/papers/{key}")
async def get_oparl_paper(request: Request, key: Key, ports: Given, caller: Identified) -> OparlOut:
    """Give one paper with its consultations."""
    filed, steps = await council.paper(ports, caller, key)
    return _object(_paper(_base(request), filed, steps))


@router.get("/v1/oparl/consultations/{key}")
async def get_oparl_consultation(request: Request, key: Key, ports: Given, caller: Identified) -> OparlOut:
    """Give one consultation."""
    return _object(_consultation(_base(request), await council.step(ports, caller, key)))


def _base(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}/v1/oparl"


def _object(shape: Shape) -> OparlOut:
    return OparlOut.model_validate(shape)


def _page(shapes: Sequence[Shape], following: str | None = None) -> OparlPage:
    links = {"next": following} if following else {}
    return OparlPage(
        data=[_object(shape) for shape in shapes], pagination={"elementsPerPage": len(shapes)}, links=links
    )


def _body(base: str, unit: str, name: str) -> Shape:
    return {
        "id": f"{base}/bodies#{unit}",
        "type": f"{SCHEMA}/Body",
        "name": name,
        "organization": f"{base}/organizations",
        "meeting": f"{base}/meetings",
        "paper": f"{base}/papers",
    }


def _organization(base: str, body: Body) -> Shape:
    return {
        "id": f"{base}/organizations/{body.code}",
        "type": f"{SCHEMA}/Organization",
        "body": f"{base}/bodies#{body.unit}",
        "name": body.name,
        "classification": body.kind.value,
        **_dated(body),
    }


def _dated(body: Body) -> Mapping[str, str]:
    days = {"startDate": body.valid_from, "endDate": body.valid_until}
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def _meeting(base: str, key: str, step: Consultation) -> Shape:
    return {
        "id": f"{base}/meetings/{key}",
        "type": f"{SCHEMA}/Meeting",
        "name": f"{step.body}, {step.meeting_on:%d.%m.%Y}",
        "start": f"{step.meeting_on.isoformat()}T00:00:00+00:00",
        "organization": [f"{base}/organizations/{step.body}"],
    }


def _paper(base: str, filed: Filed[Paper], steps: Sequence[Filed[Consultation]]) -> Shape:
    value = filed.value
    own = [step for step in steps if step.value.paper_number == value.number]
    return {
        "id": f"{base}/papers/{filed.id}",
        "type": f"{SCHEMA}/Paper",
        "body": f"{base}/bodies#{value.unit}",
        "name": value.title,
        "reference": value.number,
        "date": value.on.isoformat(),
        "paperType": value.kind.value,
        "consultation": [_consultation(base, step) for step in own],
    }


def _consultation(base: str, filed: Filed[Consultation]) -> Shape:
    step = filed.value
    told = {
        "id": f"{base}/consultations/{filed.id}",
        "type": f"{SCHEMA}/Consultation",
        "meeting": f"{base}/meetings/{_meeting_key(step)}",
        "organization": [f"{base}/organizations/{step.body}"],
        "authoritative": step.kind.value == "decision",
        "role": step.kind.value,
    }
    return {**told, **({"result": step.outcome.value} if step.outcome else {})}


def _meeting_key(step: Consultation) -> str:
    return f"{step.body}.{step.meeting_on.isoformat()}"
