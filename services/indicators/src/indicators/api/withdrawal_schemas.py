"""Taking something back, on the wire."""

from typing import Annotated

from chassis.wire import Instant, Sent, Told
from domain.attestation import Withdrawal
from pydantic import Field

Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


class WithdrawalIn(Sent):
    """Why something is taken back."""

    reason: Words


class WithdrawalOut(Told):
    """Who took something back, when and why."""

    by: str
    at: Instant
    reason: str


def withdrawal_out(withdrawal: Withdrawal | None) -> WithdrawalOut | None:
    """Tell who took something back, if somebody did."""
    if withdrawal is None:
        return None
    return WithdrawalOut(by=withdrawal.by, at=withdrawal.at, reason=withdrawal.reason)
