"""What stands is what was taken in last and not taken back, in every life of deliveries, remembered and stored."""

import asyncio

from chassis.clock import now
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from support.conformance import remembered, stored_figures
from support.delivering import of_work, twins
from support.delivery_life import DeliveryLife

BUSY = settings(suppress_health_check=[HealthCheck.too_slow])
"""No life is too slow: machines may be busy."""


def test_every_life_over_the_twins() -> None:
    class Remembered(DeliveryLife):
        def __init__(self) -> None:
            super().__init__(runner, remembered(twins(now)))

    with asyncio.Runner() as runner:
        lives = settings(BUSY, max_examples=60, stateful_step_count=30)
        run_state_machine_as_test(Remembered, settings=lives)


def test_some_lives_over_postgresql(templates: dict[str, str]) -> None:
    class Stored(DeliveryLife):
        def __init__(self) -> None:
            super().__init__(runner, begin)

    with asyncio.Runner() as runner:
        opening = stored_figures(templates["indicators"], of_work)
        begin = runner.run(opening.__aenter__())
        lives = settings(BUSY, max_examples=6, stateful_step_count=20)
        try:
            run_state_machine_as_test(Stored, settings=lives)
        finally:
            runner.run(opening.__aexit__(None, None, None))
