"""
Persons as numbers from nought on, so that what is known of them lies side by side.

A person is known by 63 bits that a hash makes of the pseudonym, which is itself drawn at random: among five million
persons two are taken for one once in 700,000 times.
"""

import numpy as np

from indicators.records.arrays import Numbers, Words
from indicators.records.slicing import cut, side_by_side

LEAST_BITS = 8
OTHERWISE = np.uint64(0x9E3779B97F4A7C15)
"""An odd factor gives every word other first bits, and no two words the same."""


def numbered(words: Words) -> tuple[Numbers, int]:
    """Give each word its number and say how many there are; of the same words on end the first is looked up."""
    first = np.ones(len(words), np.bool_)
    np.not_equal(words[1:], words[:-1], out=first[1:])
    starts = np.flatnonzero(first)
    numbers, count = _looked_up(words[starts] | np.uint64(1))
    return np.repeat(numbers, np.diff(starts, append=len(words))), count


def _looked_up(words: Words) -> tuple[Numbers, int]:
    """Let each word take a place by its first bits; those that find another one there try again by other bits."""
    shift = np.uint64(64 - max(len(words).bit_length() - 2, LEAST_BITS))
    held = np.zeros(1 << (64 - int(shift)), np.uint64)
    numbers, other = np.zeros(len(words), np.int32), np.zeros(len(words), np.bool_)

    def take(part: slice) -> None:
        held[(words[part] >> shift).view(np.intp)] = words[part]

    def look(part: slice) -> None:
        at = (words[part] >> shift).view(np.intp)
        numbers[part] = number[at]
        other[part] = held[at] != words[part]

    side_by_side(take, cut(len(words)))
    number = np.cumsum(held != 0, dtype=np.int32) - np.int32(1)
    side_by_side(look, cut(len(words)))
    count, waiting = int(number[-1]) + 1, np.flatnonzero(other)
    if len(waiting):
        found, more = _looked_up(words[waiting] * OTHERWISE)
        numbers[waiting], count = found + count, count + more
    return numbers, count
