"""What a pair's events add up to: contacts, topics, tone each way, cooperation over time, and their basis.

How it counts: contacts are CONSULT events with status actual. Tone and topics are those of actual
and planned events, the cooperation score of actual ones alone. The tone of a directed event is its
actor's towards its recipient; the tone of a mutual one is that of the side that speaks of it, and
``joint`` when the speaker is of neither side or of both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from relwatch.contacts import (
    Channel,
    Contact,
    Leaders,
    Silence,
    channels,
    known_to_the_day,
    last_contact,
    leaders,
    next_contact,
    ranked,
    silence,
)
from relwatch.eventjson import goldstein
from relwatch.query import Filters, Row, pair
from relwatch.records import TONE_LABELS, Event
from relwatch.store import Store
from relwatch.timeline import TimelineRow, timeline_row

__all__ = [
    "Basis", "Channel", "Contact", "Leaders", "Period", "Point", "Quotation", "Side", "Silence", "Summary", "summarise",
]  # fmt: skip

Period = Literal["month", "quarter", "year"]

MONTHLY, QUARTERLY = 24, 144  # the longest series, in months, that is cut so when ``by`` is not given


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: ``mean`` is None where ``n`` is 0."""

    period: str
    mean: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Side:
    """The tone of one side: ``counts`` by tone label, ``mean`` (-2 to 2, None for no event) over ``n``."""

    counts: dict[str, int]
    n: int
    mean: float | None
    series: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A statement with the sentence that shows it. ``tone`` is -2 to 2."""

    tone: int
    label: str
    words: tuple[str, ...]
    who: str
    speaker: str
    date: str
    outlet: str | None
    event: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What the summary rests on. ``first`` and ``last`` are the days of its earliest and latest event."""

    articles: int
    events: int
    outlets: dict[str, int]
    first: date | None
    last: date | None
    undated: int
    statuses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """A pair in figures. ``notes`` say in sentences how the figures were counted."""

    a: str
    b: str
    by: Period
    contacts: int
    channels: tuple[Channel, ...]
    leaders: tuple[Leaders, ...]
    last_contact: Contact | None
    next_contact: Contact | None
    silence: Silence | None
    topics: dict[str, int]
    a_to_b: Side
    b_to_a: Side
    joint: Side
    score_mean: float | None
    score_n: int
    score: tuple[Point, ...]
    most_positive: Quotation | None
    most_negative: Quotation | None
    basis: Basis
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The summary as plain objects for ``json.dumps``: dates in ISO form."""
        out = asdict(self)
        for part, keys in (("basis", ("first", "last")), ("silence", ("since", "until"))):
            for key in keys if out[part] else ():
                day = out[part][key]
                out[part][key] = day.isoformat() if day else None
        return out


def summarise(
    store: Store,
    a: str,
    b: str,
    filters: Filters | None = None,
    by: Period | None = None,
    today: date | None = None,
) -> Summary:
    """The summary of what ``query.pair`` finds; ``limit`` and ``reverse`` of ``filters`` do not matter.

    ``by`` is the length of the series' periods, chosen to fit when None. ``next_contact`` is the
    earliest planned one that is not over on ``today``, or when None on the store's last day of
    publication. Raises UsageError as ``pair`` does.
    """
    rows = list(pair(store, a, b, replace(filters or Filters(), limit=None, reverse=False)))
    told = [row for row in rows if row.event.status in ("actual", "planned")]
    actual = [row for row in rows if row.event.status == "actual"]
    talks = [row for row in actual if row.event.type == "CONSULT"]
    days = [row.day for row in rows if row.day]
    by = by or _fitting(days)
    periods = periods_between(days, by)

    def series(values: Iterable[tuple[Row, float]]) -> tuple[Point, ...]:
        return _series(values, periods, by)

    def side(of: str) -> Side:
        return _side([row for row in told if whose_tone(row.event, a, b) == of], series)

    scores = [(row, score) for row in actual if (score := goldstein(row.event.type, row.event.mode)) is not None]
    return Summary(
        a=a,
        b=b,
        by=by,
        contacts=len(talks),
        channels=channels(talks),
        leaders=leaders(talks, a, b),
        last_contact=last_contact(talks, a, b),
        next_contact=next_contact(rows, a, b, today or store.last_published()),
        silence=_silence(store, rows, talks, (filters or Filters()).until),
        topics=dict(ranked(Counter(topic for row in told for topic in row.event.topics))),
        a_to_b=side("a"),
        b_to_a=side("b"),
        joint=side("joint"),
        score_mean=_mean([score for _, score in scores]),
        score_n=len(scores),
        score=series(scores),
        most_positive=_extreme(told, a, b, 1),
        most_negative=_extreme(told, a, b, -1),
        basis=_basis(rows),
        notes=_notes(rows),
    )


def _silence(store: Store, rows: Sequence[Row], talks: Sequence[Row], until: date | None) -> Silence | None:
    """The silence up to ``until``, but not beyond what the store has read."""
    read, last = store.last_published(), None
    if read:
        until = min(until, read) if until else read
        last = max((row.day for row in talks if known_to_the_day(row) and row.day and row.day <= until), default=None)
    if until is None or last is None:
        return None
    sql = "SELECT count(*) FROM articles WHERE published > ? AND published <= ?"
    articles = int(store.select(sql, [last.isoformat(), until.isoformat()])[0][0])
    on_pair = len({row.event.article for row in rows if row.published and last < row.published <= until})
    return silence(talks, until, articles, on_pair)


def _fitting(days: Sequence[date]) -> Period:
    if not days:
        return "quarter"
    months = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month + 1
    return "month" if months <= MONTHLY else "quarter" if months <= QUARTERLY else "year"


def period_of(day: date, by: Period) -> str:
    """The period of a day: 2020-04, 2020-Q2 or 2020."""
    if by == "year":
        return f"{day.year:04}"
    return f"{day.year:04}-Q{(day.month + 2) // 3}" if by == "quarter" else f"{day.year:04}-{day.month:02}"


def periods_between(days: Sequence[date], by: Period) -> list[str]:
    """Every period from the first day to the last, those without events as well."""
    if not days:
        return []
    months = range(days[0].year * 12 + days[0].month - 1, days[-1].year * 12 + days[-1].month)
    return list(dict.fromkeys(period_of(date(m // 12, m % 12 + 1, 1), by) for m in months))


def _series(values: Iterable[tuple[Row, float]], periods: Sequence[str], by: Period) -> tuple[Point, ...]:
    found: dict[str, list[float]] = defaultdict(list)
    for row, value in values:
        if row.day:
            found[period_of(row.day, by)].append(value)
    return tuple(Point(period, _mean(found[period]), len(found[period])) for period in periods)


def _mean(values: Sequence[float]) -> float | None:
    """The mean to three decimals; None of nothing."""
    return round(sum(values) / len(values), 3) if values else None


def whose_tone(event: Event, a: str, b: str) -> str:
    """Whose tone an event shows: "a" (towards b), "b", or "joint"."""
    speaker = (event.speaker,) if event.speaker else ()
    actors = {p.party for p in (event.actor if event.recipient else speaker)}
    if (a in actors) == (b in actors):
        return "joint"
    return "a" if a in actors else "b"


def _side(rows: Sequence[Row], series: Callable[[Iterable[tuple[Row, float]]], tuple[Point, ...]]) -> Side:
    counts = Counter(row.event.tone.label for row in rows)
    return Side(
        counts={label: counts[label] for label in TONE_LABELS.values()},
        n=len(rows),
        mean=_mean([row.event.tone.score for row in rows]),
        series=series((row, row.event.tone.score) for row in rows),
    )


def _extreme(rows: Sequence[Row], a: str, b: str, sign: Literal[1, -1]) -> Quotation | None:
    """The warmest (sign 1) or most hostile (-1) statement; of equals a quoted one, then the latest."""
    found = [row for row in rows if row.event.tone.score * sign > 0]
    if not found:
        return None

    def rank(row: Row) -> tuple[int, bool, int, float, date, str]:
        event = row.event
        quoted = event.speaker is not None and event.speaker.party in (a, b)
        return (
            event.tone.score * sign,
            quoted,
            len(event.tone.phrases),
            event.confidence,
            row.day or date.min,
            event.id,
        )

    best = max(found, key=rank)
    return _quotation(timeline_row(best, a, b), best)


def _quotation(line: TimelineRow, row: Row) -> Quotation:
    return Quotation(
        tone=row.event.tone.score,
        label=line.tone,
        words=line.tone_words,
        who=line.who,
        speaker=line.speaker,
        date=line.date,
        outlet=row.outlet,
        event=line.id,
        sentence=line.sentence,
    )


def _basis(rows: Sequence[Row]) -> Basis:
    outlets = {row.event.article: row.outlet or "unknown" for row in rows}
    days = [row.day for row in rows if row.day]
    return Basis(
        articles=len(outlets),
        events=len(rows),
        outlets=dict(ranked(Counter(outlets.values()))),
        first=min(days, default=None),
        last=max(days, default=None),
        undated=sum(not row.dated for row in rows),
        statuses=dict(ranked(Counter(row.event.status for row in rows))),
    )


def _notes(rows: Sequence[Row]) -> tuple[str, ...]:
    """What a reader must know to read the figures right, of what applies."""
    notes = []
    other = sum(row.event.type == "CONSULT" and row.event.status != "actual" for row in rows)
    if other:
        notes.append(f"Planned, hypothetical or negated contacts, not counted as contacts: {other}.")
    placed = sum(not row.dated and row.day is not None for row in rows)
    if placed:
        notes.append(f"Events without a date of their own, counted by their report's date (~): {placed}.")
    lost = sum(row.day is None for row in rows)
    if lost:
        notes.append(f"Events with no date at all, in no series: {lost}.")
    if len({row.event.article for row in rows}) > 1:
        notes.append("Reports are counted: a talk that several articles report counts once for each.")
    return tuple(notes)
