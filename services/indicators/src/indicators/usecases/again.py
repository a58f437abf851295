"""What the service does again and again by itself."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

from chassis.every import every

from indicators.ports import Ports
from indicators.usecases.forgetting import forget_files, forget_old_records, forget_old_samples
from indicators.usecases.reconciliations.comparing import resume as resume_comparisons
from indicators.usecases.reminding import remind
from indicators.usecases.scrutinising import resume as resume_scrutinies
from indicators.usecases.uploading import forget_expired
from indicators.usecases.working_off import resume

Round = Callable[[], Coroutine[Any, Any, None]]
RESUMED, REMINDED, TIDIED, DAILY = 2.0, 900.0, 3600.0, 24 * 3600.0
"""Seconds between rounds: what another process left behind, reminders (sent once), uploads and files, retention."""

LEAVING = 20.0
"""How many seconds a service that is stopped lets deliveries come to their end, and what waits behind them."""


def again(
    ports: Ports, now: Callable[[], datetime], *, reminder_days: int, records_months: int, review_months: int
) -> Sequence[Round]:
    """Give the rounds of a running service."""
    return (
        lambda: every(RESUMED, lambda: resume(ports), "deliveries"),
        lambda: every(RESUMED, lambda: resume_scrutinies(ports), "scrutinies"),
        lambda: every(RESUMED, lambda: resume_comparisons(ports), "reconciliations"),
        lambda: every(REMINDED, lambda: remind(ports, ports.today(), reminder_days), "reminders"),
        lambda: every(TIDIED, lambda: forget_expired(ports, now()), "uploads"),
        lambda: every(TIDIED, lambda: forget_files(ports, now()), "files"),
        lambda: leave_in_order(ports, LEAVING),
        lambda: every(DAILY, lambda: forget_old_records(ports, records_months), "forget_old_records"),
        lambda: every(DAILY, lambda: forget_old_samples(ports, review_months), "forget_old_samples"),
    )


async def leave_in_order(ports: Ports, seconds: float) -> None:
    """Wait until the service is stopped, and stop all lines before the database is closed."""
    try:
        await asyncio.Event().wait()
    finally:
        comparing = asyncio.create_task(ports.reconciling.stop(seconds))
        await ports.line.stop(seconds)
        await ports.scrutiny.stop(seconds)
        await comparing
