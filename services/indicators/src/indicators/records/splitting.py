"""Which splits are counted, and which are sums of others: whoever has no group, or none of a group, is counted too."""

from collections.abc import Collection, Mapping
from math import prod

from domain.variable import DIMENSIONS

from indicators.records.arrays import Integers
from indicators.records.question import Split


def shape_of(split: Split) -> tuple[int, ...]:
    """Say how many numbers the groups of each name have, nought for none included."""
    return tuple(len(DIMENSIONS[name]) + 1 for name in split)


def counted_by(splits: Collection[Split]) -> Mapping[Split, Split]:
    """Name for each split the one that it is summed from: none finer than that, and no more groups than needed."""
    finest = [split for split in splits if not any(split != other and _tells(other, split) for other in splits)]
    return {
        split: min((fine for fine in finest if _tells(fine, split)), key=lambda fine: prod(shape_of(fine)))
        for split in splits
    }


def summed(values: Integers, fine: Split, split: Split) -> Integers:
    """Sum an array of months, groups of a finer split, and places over the groups that a split does not name."""
    apart = values.reshape(len(values), *shape_of(fine), values.shape[-1])
    total: Integers = apart.sum(axis=tuple(1 + axis for axis, name in enumerate(fine) if name not in split))
    return total


def _tells(fine: Split, split: Split) -> bool:
    return tuple(name for name in fine if name in split) == split
