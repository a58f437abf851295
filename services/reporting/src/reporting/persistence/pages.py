"""Pages of kept bytes: strung together by the database, never parsed; what is not asked for is not in the query."""

from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from domain.period import Month

from reporting.ports import Wanted

# One row more than shown says whether there is more; the positions shown are the version of what is told.
PAGE = """
    WITH page AS MATERIALIZED ({rows} ORDER BY {order} LIMIT :limit + 1),
    shown AS (SELECT * FROM page ORDER BY {order} LIMIT :limit),
    last AS (SELECT unit, agreement, goal FROM shown ORDER BY {backward} LIMIT 1)
    SELECT coalesce(string_agg(body, ',' ORDER BY {order}), '') AS items, coalesce(max(position), 0) AS position,
        md5(coalesce(string_agg(CAST(position AS text), ' ' ORDER BY {order}), '')) AS version,
        (SELECT count(*) FROM page) AS found, (SELECT unit FROM last) AS unit,
        (SELECT agreement FROM last) AS agreement, (SELECT goal FROM last) AS goal
    FROM shown
"""
ROWS = "SELECT unit, agreement, goal, position, body FROM attainment"
NEWEST = f"{ROWS} WHERE latest AND superseded_at IS NULL"
# All goals of an agreement are judged for the same months, so a choice of units does not move its newest month.
NEWEST_INSIDE = """
    SELECT unit, agreement, goal, position, body FROM (
        SELECT unit, agreement, goal, position, body, light, month, max(month) OVER (PARTITION BY agreement) AS newest
        FROM attainment WHERE month BETWEEN :first AND :last AND {known}
    ) AS judged WHERE month = newest
"""
CURRENT = "superseded_at IS NULL"
KNOWN_THEN = "recorded_at <= :as_of AND (superseded_at IS NULL OR superseded_at > :as_of)"
OF_UNITS = "unit = ANY (CAST(:units AS text[]))"
OF_AGREEMENTS = "agreement = ANY (CAST(:agreements AS uuid[]))"
OF_LIGHTS = "light = ANY (CAST(:lights AS text[]))"
BEHIND = "(unit, agreement, goal) > (:unit, CAST(:agreement AS uuid), :goal)"
BY_GOAL = {"order": "unit, agreement, goal", "backward": "unit DESC, agreement DESC, goal DESC"}
CHANGED = sa.text(
    PAGE.format(
        rows=f"{ROWS} WHERE position > :after AND {CURRENT}",
        order="position",
        backward="position DESC",
    )
)
FIRST, LAST = Month(1, 1), Month(9999, 12)


def list_of(wanted: Wanted) -> tuple[sa.TextClause, dict[str, Any]]:
    """Give the query of a list of attainment, and what it is asked with."""
    asked: dict[str, Any] = {"limit": wanted.limit}
    if wanted.units is not None:
        asked["units"] = list(wanted.units)
    if wanted.agreements:
        asked["agreements"] = list(wanted.agreements)
    if wanted.lights:
        asked["lights"] = [light.value for light in wanted.lights]
    if wanted.after is not None:
        unit, agreement, goal = wanted.after
        asked |= {"unit": unit, "agreement": UUID(agreement), "goal": goal}
    if wanted.period is not None or wanted.as_of is not None:
        first, last = (wanted.period.start, wanted.period.last) if wanted.period else (FIRST, LAST)
        asked |= {"first": first.ordinal, "last": last.ordinal}
    if wanted.as_of is not None:
        asked["as_of"] = wanted.as_of
    return _query(frozenset(asked)), asked


@cache
def _query(asked: frozenset[str]) -> sa.TextClause:
    """Write a query with the conditions that are asked for: the database plans each as if it were the only one."""
    inner = [text for name, text in (("units", OF_UNITS), ("agreements", OF_AGREEMENTS)) if name in asked]
    outer = [text for name, text in (("lights", OF_LIGHTS), ("goal", BEHIND)) if name in asked]
    if "first" in asked:
        known = KNOWN_THEN if "as_of" in asked else CURRENT
        rows = " AND ".join([NEWEST_INSIDE.format(known=" AND ".join([known, *inner])), *outer])
    else:
        rows = " AND ".join([NEWEST, *inner, *outer])
    return sa.text(PAGE.format(rows=rows, **BY_GOAL))
