"""Who deals with whom in a group: how often they talk, and in what tone each speaks to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from typing import Any

from relwatch import tables
from relwatch.errors import UsageError
from relwatch.query import Filters, conditions, named
from relwatch.store import Store

BUSIEST = 8  # parties of the group when none is named


@dataclass(frozen=True, slots=True)
class Cell:
    """Two parties. ``days`` counts the days on which they talked, ``reports`` the reports of that.

    ``tone`` is the mean over ``events`` (actual and planned), -2 to 2; ``tone_a`` that of the ``n_a`` acts of
    ``a`` towards ``b``; None of none. ``last`` is the day of the latest contact,
    ISO, ``event`` its id.
    """

    a: str
    b: str
    days: int
    reports: int
    events: int
    tone: float | None
    tone_a: float | None
    n_a: int
    tone_b: float | None
    n_b: int
    last: str | None
    event: str | None

    def to_json(self) -> dict[str, Any]:
        """The cell as a plain object."""
        return asdict(self)


_TALK = "type = 'CONSULT' AND status = 'actual'"
_TOLD = "status IN ('actual', 'planned')"
_SQL = f"""SELECT a, b, sum({_TALK}), count(DISTINCT CASE WHEN {_TALK} AND day <> '' THEN day END), sum({_TOLD}),
 avg(CASE WHEN {_TOLD} THEN tone END),
 avg(CASE WHEN {_TOLD} AND direction = 'to' THEN tone END), sum({_TOLD} AND direction = 'to'),
 avg(CASE WHEN {_TOLD} AND direction = 'from' THEN tone END), sum({_TOLD} AND direction = 'from'),
 max(CASE WHEN {_TALK} AND dated THEN day || ' ' || event END) FROM dyads"""


def busiest(store: Store, number: int = BUSIEST) -> list[str]:
    """The parties with most events, the busiest first."""
    found = store.select("SELECT party FROM busy ORDER BY events DESC, party LIMIT ?", [number])
    return [row[0] for row in found]


def members(bloc: str, on: date | None) -> list[str]:
    """Who belongs to a bloc on a day (None: now), in the order of the alphabet. Raises UsageError for no bloc."""
    rows = [row for row in tables.rows("blocs.csv") if row["bloc"] == bloc]
    if not rows:
        raise UsageError(
            f"{bloc} alone is no group; name two countries or more, a bloc like g7, or none for the busiest"
        )
    day = on.isoformat() if on else "9999"
    return [row["member"] for row in rows if row["since"] <= day and (not row["until"] or day <= row["until"])]


def matrix(store: Store, parties: Sequence[str], filters: Filters | None = None) -> list[Cell]:
    """A cell for every two of ``parties``, in their order; one without events has noughts."""
    where, parameters = conditions(filters or Filters())
    store.connection.create_function("named", 2, named, deterministic=True)
    sql = f"{_SQL} WHERE {' AND '.join(['a = ?', 'b = ?', *where])}"
    cells = []
    for a, b in combinations(dict.fromkeys(parties), 2):
        _, _, reports, days, events, *tones, last = store.select(sql, [a, b, *parameters])[0]
        tone, tone_a, n_a, tone_b, n_b = tones
        means = [None if mean is None else round(mean, 3) for mean in (tone, tone_a, tone_b)]
        day, _, event = (last or "").partition(" ")
        counts = days or 0, reports or 0, events or 0
        cells.append(Cell(a, b, *counts, means[0], means[1], n_a or 0, means[2], n_b or 0, day or None, event or None))
    return cells
