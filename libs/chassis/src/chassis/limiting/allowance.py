"""What somebody may ask in a while, and the header fields that tell it (draft-ietf-httpapi-ratelimit-headers-11)."""

from dataclasses import dataclass
from math import ceil
from time import monotonic
from typing import Annotated

from limits import RateLimitItem, parse_many
from limits.strategies import FixedWindowRateLimiter
from pydantic import AfterValidator

from chassis.limiting.windows import Clock, Windows


def rate_of(written: str) -> RateLimitItem:
    """Read a rate such as '600/minute'; ValueError where it is not one rate of at least one request."""
    match parse_many(written):
        case [rate] if rate.amount:
            return rate
    raise ValueError(f"'{written}' is not one rate of at least one request, such as '600/minute'")


def _is_rate(written: str) -> str:
    rate_of(written)
    return written


Rate = Annotated[str, AfterValidator(_is_rate)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a request: whether it is granted, how many more are, and in how many seconds all are again."""

    allowance: str
    requests: int
    window: int
    granted: bool
    left: int
    seconds: int

    def fields(self) -> list[tuple[bytes, bytes]]:
        """Write the header fields that tell it; `Retry-After` with a refusal."""
        policy = f'"{self.allowance}";q={self.requests};w={self.window}'
        standing = f'"{self.allowance}";r={self.left};t={self.seconds}'
        again = [] if self.granted else [(b"retry-after", str(self.seconds).encode())]
        return [(b"ratelimit-policy", policy.encode()), (b"ratelimit", standing.encode()), *again]


class Allowance:
    """So many requests in so many seconds, for each of those who ask."""

    def __init__(self, name: str, rate: str, clock: Clock = monotonic) -> None:
        """Allow everybody the same rate, under the name that answers tell."""
        self._name, self._rate, self._clock = name, rate_of(rate), clock
        self._limiter = FixedWindowRateLimiter(Windows(clock))

    def take(self, who: str) -> Taken:
        """Count a request of somebody; what is refused makes the wait no longer."""
        granted = self._limiter.hit(self._rate, who)
        ends, left = self._limiter.get_window_stats(self._rate, who)
        return Taken(
            allowance=self._name,
            requests=self._rate.amount,
            window=self._rate.get_expiry(),
            granted=granted,
            left=left,
            seconds=ceil(ends - self._clock()),
        )
