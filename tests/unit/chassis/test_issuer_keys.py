"""The issuer's keys: asked for now and then, kept while the issuer is away, never made up."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from chassis.issuing.keys import ASKED_AGAIN, GOOD_FOR, IssuerAway, IssuerKeys
from joserfc.jwk import ECKey, KeySet, KeySetSerialization

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@dataclass
class Issuer:
    """Tells its key when asked, unless it is away."""

    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    away: bool = False
    garbled: bool = False
    asked: int = 0
    answering: asyncio.Event | None = None

    async def tell(self) -> KeySetSerialization:
        self.asked += 1
        if self.answering:
            await self.answering.wait()
        if self.away:
            raise httpx.ConnectError("nobody listens")
        return {"keys": "none"} if self.garbled else KeySet([self.key]).as_dict(private=False)  # type: ignore[typeddict-item]  # a broken answer


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def keys(issuer: Issuer) -> IssuerKeys:
    return IssuerKeys(issuer.tell)


async def kids(keys: IssuerKeys, at: datetime) -> list[str | None]:
    return [key.kid for key in (await keys.at(at)).keys]


async def test_keys_are_asked_for_once_in_a_while_and_change_with_the_issuer(issuer: Issuer, keys: IssuerKeys) -> None:
    first = await kids(keys, NOON)
    issuer.key = ECKey.generate_key("P-256", auto_kid=True)
    assert (await kids(keys, NOON + GOOD_FOR - MOMENT), issuer.asked) == (first, 1)
    assert (await kids(keys, NOON + GOOD_FOR), issuer.asked) == ([issuer.key.kid], 2)


@pytest.mark.parametrize("fault", ["away", "garbled"])
async def test_who_was_known_stays_known_while_the_issuer_is_away(issuer: Issuer, keys: IssuerKeys, fault: str) -> None:
    first, later = await kids(keys, NOON), NOON + GOOD_FOR
    setattr(issuer, fault, True)
    assert (await kids(keys, later), await kids(keys, later + MOMENT), issuer.asked) == (first, first, 2)
    assert (await kids(keys, later + ASKED_AGAIN), issuer.asked) == (first, 3)
    setattr(issuer, fault, False)
    issuer.key = ECKey.generate_key("P-256", auto_kid=True)
    assert await kids(keys, later + 2 * ASKED_AGAIN) == [issuer.key.kid]


async def test_without_any_keys_nobody_is_identified_until_the_issuer_answers(issuer: Issuer, keys: IssuerKeys) -> None:
    issuer.away = True
    for at in (NOON, NOON + MOMENT):
        with pytest.raises(IssuerAway):
            await keys.at(at)
    assert issuer.asked == 1
    issuer.away = False
    assert await kids(keys, NOON + ASKED_AGAIN) == [issuer.key.kid]


async def test_who_asks_at_once_waits_for_one_answer(issuer: Issuer, keys: IssuerKeys) -> None:
    issuer.answering = asyncio.Event()
    waiting = [asyncio.create_task(kids(keys, NOON)) for _ in range(5)]
    await asyncio.sleep(0)
    issuer.answering.set()
    assert (await asyncio.gather(*waiting), issuer.asked) == ([[issuer.key.kid]] * 5, 1)


async def test_nobody_waits_for_an_issuer_whose_keys_are_there(issuer: Issuer, keys: IssuerKeys) -> None:
    first, later = await kids(keys, NOON), NOON + GOOD_FOR
    issuer.answering = asyncio.Event()
    asking = asyncio.create_task(kids(keys, later))
    await asyncio.sleep(0)
    assert await asyncio.wait_for(kids(keys, later), 5) == first
    issuer.answering.set()
    assert (await asking, issuer.asked) == (first, 2)
