"""Persons as numbers from nought on, so that what is known of them lies side by side."""

from collections.abc import Sequence

import numpy as np

from indicators.records.arrays import Numbers, Words
from indicators.records.compiling import compiled

FEWEST = 1 << 10
FREE = -1
FULLEST = 0.75
"""As much of the room for words may be taken, lest they stand in each other's way."""


def numbered(columns: Sequence[Words]) -> tuple[list[Numbers], int]:
    """Give each word its number, the same in all columns, and say how many there are."""
    numbers, count = [np.empty(len(words), np.int32) for words in columns], 0
    places, held = _places(FEWEST)
    for words, of_words in zip(columns, numbers, strict=True):
        if FULLEST * len(places) < count + len(words):
            smaller, (places, held) = (places, held), _places(4 * (count + len(words)))
            _move(*smaller, places, held)
        count = _number(of_words, words, places, held, count)
    return numbers, count


def _places(fewest: int) -> tuple[Numbers, Words]:
    """Make room for words: `places` with the number of the word in each, and the words that they hold."""
    size = 1 << (fewest - 1).bit_length()
    return np.full(size, FREE, np.int32), np.empty(size, np.uint64)


@compiled
def _number(numbers: Numbers, words: Words, places: Numbers, held: Words, count: int) -> int:
    """Put the words in their places, and tell their numbers."""
    known, last = FREE, np.uint64(0)
    for row, word in enumerate(words):
        if word != last or known == FREE:
            place = _place(places, held, word)
            if places[place] == FREE:
                places[place], held[place] = count, word
                count += 1
            known, last = places[place], word
        numbers[row] = known
    return count


@compiled
def _place(places: Numbers, held: Words, word: np.uint64) -> np.uint64:
    """Find the place of a word, or the free one that it takes: the next to where its bits point."""
    last = np.uint64(len(places) - 1)
    place = (word ^ (word >> np.uint64(32))) & last
    while places[place] != FREE and held[place] != word:
        place = (place + np.uint64(1)) & last
    return place


@compiled
def _move(few: Numbers, held_by_few: Words, places: Numbers, held: Words) -> None:
    """Put words in places of which there are more."""
    for place, number in enumerate(few):
        if number != FREE:
            word = held_by_few[place]
            new = _place(places, held, word)
            places[new], held[new] = number, word
