"""What is split coarsely is the sum of what is split finely, so it is counted once."""

import numpy as np
import pytest
from indicators.persistence.catalogue_rows import shipped
from indicators.records.question import splits_of
from indicators.records.splitting import counted_by, shape_of, summed

ALL = ((), ("sex",), ("age_group",), ("lone_parent",), ("sex", "lone_parent"))


def test_a_split_is_summed_from_one_that_tells_all_its_groups_apart_and_is_no_finer_than_needed() -> None:
    assert counted_by(ALL) == {
        (): ("age_group",),
        ("sex",): ("sex", "lone_parent"),
        ("age_group",): ("age_group",),
        ("lone_parent",): ("sex", "lone_parent"),
        ("sex", "lone_parent"): ("sex", "lone_parent"),
    }


def test_a_split_on_its_own_is_counted_by_itself() -> None:
    assert counted_by([()]) == {(): ()}


def test_of_the_splits_of_the_catalogue_three_are_counted() -> None:
    splits = {split for of_variable in splits_of(shipped()[0]).values() for split in of_variable}
    assert set(counted_by(splits).values()) == {("age_group",), ("household_type",), ("sex", "lone_parent")}


@pytest.mark.parametrize("split", [(), ("sex",), ("lone_parent",), ("sex", "lone_parent")])
def test_a_sum_keeps_the_groups_of_the_split_and_counts_who_has_none(split: tuple[str, ...]) -> None:
    months, places = 2, 3
    fine = ("sex", "lone_parent")
    values = np.arange(months * 9 * places).reshape(months, 9, places)
    found = summed(values, fine, split)
    assert found.shape == (months, *shape_of(split), places)
    assert found.sum(axis=tuple(range(1, found.ndim - 1))).tolist() == values.sum(axis=1).tolist()
