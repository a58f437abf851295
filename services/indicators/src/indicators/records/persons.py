"""
Persons as numbers from nought on, so that what is known of them lies side by side.

A person is known by 64 bits that a hash makes of the pseudonym, which is itself drawn at random: among five million
persons two are taken for one once in 1.4 million times.
"""

from typing import TypeAlias

import numpy as np

from indicators.records.arrays import Numbers, Words
from indicators.records.compiling import compiled

FEWEST = 1 << 10
FREE = -1
Table: TypeAlias = tuple[Words, Numbers]
"""Places for words, and the number of the word in each; a place is free where it has none."""


@compiled
def numbered(words: Words, others: Words) -> tuple[Numbers, Numbers, int]:
    """Give each word its number, the same in both columns, and say how many there are."""
    table = np.empty(FEWEST, np.uint64), np.full(FEWEST, FREE, np.int32)
    numbers, table, count = _numbered(words, table, 0)
    more, _, count = _numbered(others, table, count)
    return numbers, more, count


@compiled
def _numbered(words: Words, table: Table, count: int) -> tuple[Numbers, Table, int]:
    numbers = np.empty(len(words), np.int32)
    for row in range(len(words)):
        if row > 0 and words[row] == words[row - 1]:
            numbers[row] = numbers[row - 1]
            continue
        if 2 * count > len(table[0]):
            table = _doubled(table)
        place = _place(table, words[row])
        if table[1][place] == FREE:
            table[0][place], table[1][place] = words[row], count
            count += 1
        numbers[row] = table[1][place]
    return numbers, table, count


@compiled
def _place(table: Table, word: np.uint64) -> np.uint64:
    """Find the place of a word, or the free one that it takes: the next to where its bits point."""
    held, numbers = table
    last = np.uint64(len(held) - 1)
    place = (word ^ (word >> np.uint64(32))) & last
    while numbers[place] != FREE and held[place] != word:
        place = (place + np.uint64(1)) & last
    return place


@compiled
def _doubled(table: Table) -> Table:
    """Give the words twice as many places."""
    held, numbers = table
    larger = np.empty(2 * len(held), np.uint64), np.full(2 * len(held), FREE, np.int32)
    for place in range(len(held)):
        if numbers[place] != FREE:
            new = _place(larger, held[place])
            larger[0][new], larger[1][new] = held[place], numbers[place]
    return larger
