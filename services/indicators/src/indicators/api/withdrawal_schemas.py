"""Taking something back, on the wire."""

from chassis.wire import Instant, Prose, Sent, Told
from domain.attestation import Withdrawal


class WithdrawalIn(Sent):
    """Why something is taken back."""

    reason: Prose


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
