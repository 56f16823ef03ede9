"""Directed tone: A's words on B, B's on A, third parties' apart, over time.

What is counted is statements: what several articles report is one (``merge``), and of its reports the one
counts for a side that states a tone, of those the most direct (quoted before official before paraphrased).
Told are acts and words that are actual or planned. A statement without a word of tone is neutral, and counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from relwatch.coverage import articles_by_period
from relwatch.merge import Encounter, merge
from relwatch.query import Filters, Row, pair
from relwatch.records import TONE_LABELS
from relwatch.series import Period, Point, fitting, mean, period_of
from relwatch.sides import MANNERS, Manner, Side, manner_of, side_of
from relwatch.store import Store

SIDES: tuple[Side, ...] = ("a", "b", "both", "others")


@dataclass(frozen=True, slots=True)
class Statement:
    """One side's tone in one encounter: ``row`` is the report that shows it, ``manner`` how it is told."""

    side: Side
    manner: Manner
    row: Row
    reports: int

    @property
    def day(self) -> date | None:
        """The day it counts on."""
        return self.row.day

    @property
    def score(self) -> int:
        """Its tone, -2 to 2."""
        return self.row.event.tone.score


@dataclass(frozen=True, slots=True)
class TonePoint:
    """One side in one period. ``mean`` (-2 to 2) is None where ``n``, the number of statements, is 0.

    ``counts`` are the statements by tone, ``manners`` by how they are told, ``events`` their ids, those that
    state most first. ``articles`` counts what the store holds of the period, on whomever: where it is 0,
    nothing was read that could have held a statement. ``telling`` is the statement that states most.
    """

    period: str
    side: Side
    n: int
    mean: float | None
    counts: dict[str, int]
    manners: dict[str, int]
    articles: int
    events: tuple[str, ...]
    telling: Row | None

    def to_json(self) -> dict[str, Any]:
        """The point as a plain object, with the sentence of its most telling statement."""
        out = asdict(replace(self, telling=None))
        del out["telling"]
        return out | {"sentence": sentence(self.telling)}


def sentence(row: Row | None) -> str | None:
    """The best sentence of a report."""
    return row.event.evidence[0].text if row and row.event.evidence else None


def statements(found: Iterable[Encounter], a: str, b: str) -> list[Statement]:
    """What each side states in encounters, in their order: one statement a side and encounter."""
    out = []
    for encounter in found:
        if encounter.best.event.status not in ("actual", "planned"):
            continue
        by_side: dict[Side, list[Row]] = {}
        for row in encounter.reports:
            by_side.setdefault(side_of(row, a, b), []).append(row)
        if len(by_side) > 1 and not any(row.event.tone.score for row in by_side.get("both", ())):
            by_side.pop("both", None)  # a bare report beside what a side says of the same adds nothing
        for side in SIDES:
            if rows := by_side.get(side):
                best = max(rows, key=lambda row: _directness(row, a, b)) if len(rows) > 1 else rows[0]
                out.append(Statement(side, manner_of(best, a, b), best, len(rows)))
    return out


def _directness(row: Row, a: str, b: str) -> tuple[bool, int, int, float, str]:
    tone = row.event.tone.score
    return tone != 0, -MANNERS.index(manner_of(row, a, b)), abs(tone), row.event.confidence, row.event.id


def tone_series(
    store: Store,
    a: str,
    b: str,
    filters: Filters | None = None,
    by: Period | None = None,
    manners: Sequence[str] = (),
) -> list[TonePoint]:
    """The tone of each side by period, sides in the order of SIDES, every period of the pair's record in each.

    ``by`` is chosen to fit when None; ``manners`` keep the statements that are told so. A side without any
    statement is left out. Raises UsageError as ``query.pair`` does.
    """
    filters = filters or Filters()
    told = statements(merge(pair(store, a, b, replace(filters, limit=None, reverse=False))), a, b)
    told = [s for s in told if s.day and (not manners or s.manner in manners)]
    days = sorted(s.day for s in told if s.day)
    by = by or fitting(days)
    read = articles_by_period(store, days, by)
    return [point for side in SIDES for point in _points([s for s in told if s.side == side], side, read, by)]


def _points(told: Sequence[Statement], side: Side, read: dict[str, int], by: Period) -> Iterator[TonePoint]:
    if not told:
        return
    by_period: dict[str, list[Statement]] = defaultdict(list)
    for statement in told:
        if statement.day:
            by_period[period_of(statement.day, by)].append(statement)
    for period, articles in read.items():
        found = by_period.get(period, [])
        ranked = sorted(found, key=lambda s: _telling(s, found))
        yield TonePoint(
            period=period,
            side=side,
            n=len(found),
            mean=mean(s.score for s in found),
            counts=label_counts(found),
            manners={m: sum(s.manner == m for s in found) for m in MANNERS},
            articles=articles,
            events=tuple(s.row.event.id for s in ranked),
            telling=ranked[0].row if ranked else None,
        )


def _telling(statement: Statement, among: Sequence[Statement]) -> tuple[int, int, float, str]:
    """The strongest in the direction of the period's mean first; of equals the most direct."""
    sign = 1 if sum(s.score for s in among) >= 0 else -1
    event = statement.row.event
    return -sign * statement.score, MANNERS.index(statement.manner), -event.confidence, event.id


def label_counts(told: Iterable[Statement]) -> dict[str, int]:
    """How many statements have which tone, from hostile to warm."""
    counts = Counter(TONE_LABELS[s.score] for s in told)
    return {label: counts[label] for label in TONE_LABELS.values()}


def points(told: Iterable[Statement], periods: Sequence[str], by: Period) -> tuple[Point, ...]:
    """The mean tone of statements by period."""
    found: dict[str, list[int]] = defaultdict(list)
    for statement in told:
        if statement.day:
            found[period_of(statement.day, by)].append(statement.score)
    return tuple(Point(period, mean(found.get(period, ())), len(found.get(period, ()))) for period in periods)
