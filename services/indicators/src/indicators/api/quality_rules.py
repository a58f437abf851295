"""`/v1/quality-rules`: what makes a figure doubtful, as data; tried on what is known before it holds."""

from typing import Annotated

from chassis.auth import Identified
from chassis.conditional import VersionNotNamed, must_match, tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, cursor_of, key_of
from chassis.problems import language_of
from fastapi import APIRouter, Header, Path, Request, Response

from indicators.api.given import Given
from indicators.api.quality_schemas import (
    QualityRuleIn,
    QualityRuleOut,
    QualityRulePage,
    RuleTrialIn,
    TrialPage,
    doubt_out,
    rule_out,
)
from indicators.api.variable_schemas import Code
from indicators.usecases import quality, trying

router = APIRouter(tags=["quality"], route_class=KeyedRoute)
RuleCode = Annotated[Code, Path(description="the rule's code")]
Held = Annotated[str | None, Header(alias="If-Match", description="the newest version's ETag, where there is one")]


@router.get("/v1/quality-rules")
async def list_quality_rules(ports: Given, caller: Identified, asked: Asked) -> QualityRulePage:
    """List the newest version of each quality rule."""
    return asked.page(QualityRulePage, [rule_out(rule) for rule in await quality.rules(ports, caller)])


@router.get("/v1/quality-rules/{code}", response_model=QualityRuleOut)
async def get_quality_rule(request: Request, code: RuleCode, ports: Given, caller: Identified) -> Response:
    """Give the newest version of a quality rule."""
    newest = (await quality.versions(ports, caller, code))[-1]
    return tagged(request, rule_out(newest), newest.version)


@router.get("/v1/quality-rules/{code}/versions")
async def list_quality_rule_versions(code: RuleCode, ports: Given, caller: Identified, asked: Asked) -> QualityRulePage:
    """List all versions of a quality rule, oldest first."""
    return asked.page(QualityRulePage, [rule_out(rule) for rule in await quality.versions(ports, caller, code)])


@router.put("/v1/quality-rules/{code}", response_model=QualityRuleOut)
async def put_quality_rule(
    request: Request, code: RuleCode, sent: QualityRuleIn, ports: Given, caller: Identified, held: Held = None
) -> Response:
    """Add a quality rule, or the next version of one; what says the same is no new version."""
    rule = await quality.put_rule(ports, caller, sent.value(code), lambda newest: _must_hold(held, newest))
    return tagged(request, rule_out(rule), rule.version)


@router.post("/v1/quality-rules/trial")
async def try_quality_rule(
    request: Request, sent: RuleTrialIn, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> TrialPage:
    """Try a rule on what is known: what it would have doubted; nothing is kept."""
    tried = await trying.try_rule(ports, caller, sent.value(), key_of(cursor, 5), limit + 1)
    shown = [doubt_out(doubt, language_of(request)) for doubt in tried.shown[:limit]]
    following = cursor_of(*tried.shown[limit - 1].position) if len(tried.shown) > limit else None
    return TrialPage(items=shown, found=tried.count, cut_off=tried.cut_off, next=following)


def _must_hold(held: str | None, newest: int) -> None:
    """Refuse a change of a version that the caller has not named, or not seen."""
    if held is None:
        raise VersionNotNamed
    must_match(held, newest)
