"""What the store has read of a time: where it has read nothing, no report is no sign that nothing happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from relwatch.series import Period, period_of, periods_between
from relwatch.store import Store


def articles_between(store: Store, first: date | None, last: date | None) -> int:
    """How many articles the store holds that were published from ``first`` to ``last``, both included; None: open."""
    sql = "SELECT count(*) FROM articles WHERE published BETWEEN ? AND ?"
    return int(store.select(sql, [(first or date.min).isoformat(), (last or date.max).isoformat()])[0][0])


def articles_by_period(store: Store, days: Sequence[date], by: Period) -> dict[str, int]:
    """How many articles the store holds of each period from the first of ``days`` to the last, in order."""
    out = dict.fromkeys(periods_between(days, by), 0)
    if out:
        # A little more than asked at either end: the first and last period may be longer than the days.
        first, last = f"{days[0].year - 1:04}", f"{days[-1].year + 2:04}"
        sql = "SELECT published, count(*) FROM articles WHERE published BETWEEN ? AND ? GROUP BY published"
        for published, number in store.select(sql, [first, last]):
            period = period_of(date.fromisoformat(published), by)
            if period in out:
                out[period] += number
    return out
