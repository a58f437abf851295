"""
Each person's months: a row a month, a column a person; what happened is then a comparison of two rows.

The first row is the month before the first record and the last that after the last: nobody has a record in them.
Nought in a cell says: no record, no group.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from domain.case_record import LtrRule

from indicators.records.arrays import Bools, Bytes, Codes
from indicators.records.narrowing import BITS


@dataclass(frozen=True, eq=False, kw_only=True)
class Histories:
    """
    What is known of persons by month, the first row being the month with the ordinal `base`.

    `flags`: the bits of `BITS`; `lasted`: which integrations lasted; `marks`: what persons are counted by.
    """

    base: int
    rule: LtrRule
    flags: Bytes
    lasted: Mapping[str, Bools]
    marks: Mapping[str, Codes]

    def has(self, name: str, at: int) -> Bools:
        """Say of whom a flag is set in a month."""
        found: Bools = (self.flags[at] & BITS[name]) != 0
        return found

    def long_term(self, at: int) -> Bools:
        """Say who is a long-term recipient in a month: an ELB with enough months in the window that ends with it."""
        since = at - self.rule.window
        months = self._months[at] - self._months[since] if since > 0 else self._months[at]
        enough: Bools = months >= self.rule.needed
        return enough & self.has("elb", at)

    @cached_property
    def _months(self) -> Bytes:
        """Count the months up to each one; where the count runs over, the difference of two is right all the same."""
        months = (self.flags & BITS["elb" if self.rule.as_elb else "need"]) != 0
        counted: Bytes = months.view(np.uint8)
        for at in range(1, len(counted)):
            counted[at] += counted[at - 1]
        return counted
