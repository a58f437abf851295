"""What happened to persons from one month to the next, and which of their two records says where and to whom."""

from collections.abc import Mapping

import numpy as np

from indicators.records.arrays import Integers
from indicators.records.histories import Histories
from indicators.records.narrowing import BITS

LEAVING = ("elb_outflow", "ltr_outflow")
"""What the record of the month before says the place and group of."""
EVENTS = BITS["integrated"] | BITS["marginal"] | BITS["subsidised"]


def happened(known: Histories, at: int, level: str) -> Mapping[str, Integers]:
    """Name for each variable the persons it counts in a month."""
    place = known.marks[level]
    elb, was_elb = known.has("elb", at), known.has("elb", at - 1)
    long, was_long = known.long_term(at), known.long_term(at - 1)
    stayed = elb & was_elb & (place[at] == place[at - 1])
    recipients = np.flatnonzero(long)
    masks = {
        "elb_stock": elb,
        "elb_inflow": elb & ~stayed,
        "elb_outflow": was_elb & ~stayed,
        "ltr_inflow": long & ~was_long,
        "ltr_outflow": was_long & ~long,
    }
    return {
        **{name: np.flatnonzero(mask) for name, mask in masks.items()},
        "ltr_stock": recipients,
        "ltr_in_measure": recipients[known.has("measure", at)[recipients]],
        **_events(known, at),
    }


def _events(known: Histories, at: int) -> Mapping[str, Integers]:
    """Name whom an integration or entry counts for: who is entitled in the month or was in the one before."""
    who = np.flatnonzero((known.flags[at] & EVENTS) != 0)
    flags, elb = known.flags[at][who], BITS["elb"]
    entitled = ((flags | known.flags[at - 1][who]) & elb) != 0
    long = (known.long_term(at) | known.long_term(at - 1))[who]
    integrated, insured = flags & BITS["integrated"] != 0, (flags & BITS["insured"] != 0) & entitled
    masks = {
        "integrations": integrated & entitled,
        "integrations_insured": insured,
        "integrations_sustained": insured & known.lasted["sustained"][at][who],
        "integrations_continuous": insured & known.lasted["continuous"][at][who],
        "marginal_entries": (flags & BITS["marginal"] != 0) & entitled,
        "subsidised_entries": (flags & BITS["subsidised"] != 0) & entitled,
        "ltr_integrations": integrated & long,
    }
    return {name: who[mask] for name, mask in masks.items()}
