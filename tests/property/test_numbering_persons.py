"""Persons get numbers from nought on, one each, however much the words that they are known by look alike."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from indicators.records.persons import numbered

WORDS = st.lists(st.integers(0, 300) | st.integers(0, 2**64 - 1), max_size=3_000)


@given(WORDS, WORDS)
def test_the_same_person_has_the_same_number_and_nobody_else_has_it(words: list[int], others: list[int]) -> None:
    (numbers, more), count = numbered([np.array(words, dtype=np.uint64), np.array(others, dtype=np.uint64)])
    told = [*numbers.tolist(), *more.tolist()]
    by_word = dict(zip([*words, *others], told, strict=True))
    assert [by_word[word] for word in [*words, *others]] == told
    assert sorted(by_word.values()) == list(range(count))


def test_months_side_by_side_and_months_apart_are_of_the_same_persons() -> None:
    persons = np.arange(1, 200_000, 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    on_end, apart = np.repeat(persons, 3), np.tile(persons, 3)
    for words in (on_end, apart):
        (numbers, again), count = numbered([words, persons])
        first = np.unique(numbers, return_index=True)[1]
        assert count == len(persons)
        assert (words[first][numbers] == words).all()
        assert (words[first][again] == persons).all()
