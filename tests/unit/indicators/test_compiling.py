"""Loops are compiled wherever they come from."""

import numpy as np
from indicators.records.arrays import Integers
from indicators.records.compiling import compiled

SOURCE = "def last(values):\n    found = 0\n    for value in values:\n        found = value\n    return found\n"


def test_what_cannot_be_kept_on_disk_is_compiled_all_the_same() -> None:
    names: dict[str, object] = {}
    exec(SOURCE, names)  # noqa: S102  a function without a file has no place for its machine code
    last = names["last"]
    assert callable(last)
    assert compiled(last)(np.array([1, 2, 3])) == 3


def test_what_is_compiled_can_be_kept() -> None:
    @compiled
    def total(values: Integers) -> int:
        found = 0
        for value in values:
            found += value
        return found

    assert total(np.array([1, 2, 3])) == 6
