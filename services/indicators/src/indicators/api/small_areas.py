"""`/v1/small-areas/translations`: statistics of city quarters, blanked cells included, made ready to be delivered."""

from chassis.auth import Identified
from chassis.idempotency import KeyedRoute
from chassis.problems import language_of
from fastapi import APIRouter, Request

from indicators.api.small_area_schemas import TranslationIn, TranslationOut, translation_out
from indicators.usecases.small_areas import translated

router = APIRouter(tags=["small areas"], route_class=KeyedRoute)


@router.post("/v1/small-areas/translations")
async def translate_small_areas(request: Request, sent: TranslationIn, caller: Identified) -> TranslationOut:
    """Turn a published file of small areas into the file to deliver; a blank cell is withheld, not zero."""
    return translation_out(translated(caller, sent.content, sent.mapping.value()), language_of(request))
