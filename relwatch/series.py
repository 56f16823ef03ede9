"""Time cut into periods: weeks, months, quarters, years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Period = Literal["week", "month", "quarter", "year"]

MONTHLY, QUARTERLY = 24, 144  # the longest series, in months, that is cut so when no period is asked for


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: ``mean`` is None where ``n`` is 0."""

    period: str
    mean: float | None
    n: int


def period_of(day: date, by: Period) -> str:
    """The period of a day: 2020-W18 (ISO's week, of ISO's year), 2020-04, 2020-Q2 or 2020."""
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if by == "year":
        return f"{day.year:04}"
    return f"{day.year:04}-Q{(day.month + 2) // 3}" if by == "quarter" else f"{day.year:04}-{day.month:02}"


def periods_between(days: Sequence[date], by: Period) -> list[str]:
    """Every period from the first day to the last of ``days``, which are in order, the empty ones as well."""
    if not days:
        return []
    if by == "week":
        weeks = range(0, (days[-1] - days[0]).days + 7, 7)
        found = [period_of(min(days[0] + timedelta(days=n), days[-1]), by) for n in weeks]
        return list(dict.fromkeys(found))
    months = range(days[0].year * 12 + days[0].month - 1, days[-1].year * 12 + days[-1].month)
    return list(dict.fromkeys(period_of(date(m // 12, m % 12 + 1, 1), by) for m in months))


def fitting(days: Sequence[date]) -> Period:
    """The period that cuts the time of ``days``, which are in order, into a series one can take in."""
    if not days:
        return "quarter"
    months = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month + 1
    return "month" if months <= MONTHLY else "quarter" if months <= QUARTERLY else "year"


def mean(values: Iterable[float]) -> float | None:
    """The mean to three decimals; None of nothing."""
    found = list(values)
    return round(sum(found) / len(found), 3) if found else None
