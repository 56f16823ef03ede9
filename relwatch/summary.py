"""What a pair's events add up to: contacts, silence, shifts, tone each way, topics, and their basis.

How it counts: encounters, not reports (``merge``): a talk that ten articles report counts once. Contacts are
CONSULT encounters with status actual. Topics are those of actual and planned encounters, tone that of their
statements (``directed``), the cooperation score that of actual ones alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from relwatch.contacts import (
    Contact,
    Count,
    Leaders,
    Silence,
    channels,
    counted,
    fates,
    held_to_the_day,
    ids_of,
    last_contact,
    leaders,
    next_contact,
    ranked,
    silence,
)
from relwatch.coverage import articles_between
from relwatch.directed import Statement, label_counts, points, statements
from relwatch.encounters import kind_of, lives
from relwatch.eventjson import goldstein
from relwatch.merge import Encounter, merge
from relwatch.query import Filters, Row, pair
from relwatch.series import Period, Point, fitting, mean, period_of, periods_between
from relwatch.shifts import Shift, shifts_of
from relwatch.sides import MANNERS
from relwatch.store import Store
from relwatch.timeline import timeline_row

SHIFTS = 3  # of the latest that a summary tells


@dataclass(frozen=True, slots=True)
class Side:
    """The tone of one side: ``counts`` by tone label, ``mean`` (-2 to 2, None for none) over ``n`` statements.

    ``manners`` are the statements by how they are told (``sides.Manner``), ``events`` their ids, latest first.
    """

    counts: dict[str, int]
    manners: dict[str, int]
    n: int
    mean: float | None
    series: tuple[Point, ...]
    events: tuple[str, ...]


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
    """What the summary rests on. ``first`` and ``last`` are the days of its earliest and latest report.

    ``events`` are reports; ``outlets`` count articles, ``statuses`` encounters.
    """

    articles: int
    events: int
    encounters: int
    outlets: dict[str, int]
    first: date | None
    last: date | None
    undated: int
    statuses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """A pair in figures, each with the ids it counts. ``notes`` say in sentences how it was counted."""

    a: str
    b: str
    by: Period
    contacts: Count
    last_contact: Contact | None
    silence: Silence | None
    next_contact: Contact | None
    plans: tuple[Count, ...]
    shifts: tuple[Shift, ...]
    a_to_b: Side
    b_to_a: Side
    joint: Side
    others: Side
    score_mean: float | None
    score_n: int
    score: tuple[Point, ...]
    channels: tuple[Count, ...]
    leaders: tuple[Leaders, ...]
    topics: tuple[Count, ...]
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

    ``by`` is the length of the series' periods, chosen to fit when None. ``today`` is the day that plans are
    overdue or ahead on, when None the store's last day of publication. Raises UsageError as ``pair`` does.
    """
    rows = list(pair(store, a, b, replace(filters or Filters(), limit=None, reverse=False)))
    found = list(merge(rows))
    contacts = lives(found)
    told = [e for e in found if e.best.event.status in ("actual", "planned")]
    held = [e for e in found if kind_of(e) == "held"]
    days = [row.day for row in rows if row.day]
    by = by or fitting(days)
    periods = periods_between(days, by)
    said = statements(told, a, b)
    sides = {of: _side([s for s in said if s.side == of], periods, by) for of in ("a", "b", "both", "others")}
    read = store.last_published()
    scores = _scores(found)
    return Summary(
        a=a,
        b=b,
        by=by,
        contacts=Count("contacts", len(held), sum(len(e.reports) for e in held), ids_of(held)),
        last_contact=last_contact(contacts, a, b),
        silence=_silence(store, rows, held, (filters or Filters()).until),
        next_contact=next_contact(contacts, a, b, today or read),
        plans=fates(contacts, today or read),
        shifts=tuple(shifts_of(store, found, said, (a, b), by if by != "year" else "quarter")[-SHIFTS:]),
        a_to_b=sides["a"],
        b_to_a=sides["b"],
        joint=sides["both"],
        others=sides["others"],
        score_mean=mean(score for _, score in scores),
        score_n=len(scores),
        score=_series(scores, periods, by),
        channels=channels(held),
        leaders=leaders(held, a, b),
        topics=counted((topic, e) for e in told for topic, _ in e.topics),
        most_positive=_extreme(said, a, b, 1),
        most_negative=_extreme(said, a, b, -1),
        basis=_basis(rows, found),
        notes=_notes(rows),
    )


def _scores(found: Iterable[Encounter]) -> list[tuple[date | None, float]]:
    """The cooperation score of each actual encounter that has one, with its day."""
    events = [(e.best.day, e.best.event) for e in found if e.best.event.status == "actual"]
    scored = [(day, goldstein(event.type, event.mode)) for day, event in events]
    return [(day, score) for day, score in scored if score is not None]


def _series(values: Iterable[tuple[date | None, float]], periods: Sequence[str], by: Period) -> tuple[Point, ...]:
    found: dict[str, list[float]] = {}
    for day, value in values:
        if day:
            found.setdefault(period_of(day, by), []).append(value)
    return tuple(Point(period, mean(found.get(period, ())), len(found.get(period, ()))) for period in periods)


def _silence(store: Store, rows: Sequence[Row], held: Sequence[Encounter], until: date | None) -> Silence | None:
    """The silence up to ``until``, but not beyond what the store has read."""
    read = store.last_published()
    if read is None:
        return None
    until = min(until, read) if until else read
    known = held_to_the_day(held, until)
    if not known or not known[0].best.day or not known[-1].best.day:
        return None
    first, last = known[0].best.day, known[-1].best.day
    on_pair = len({row.event.article for row in rows if row.published and last < row.published <= until})
    since = articles_between(store, last + timedelta(days=1), until)
    return silence(known, until, since, articles_between(store, first, last), on_pair)


def _side(said: Sequence[Statement], periods: Sequence[str], by: Period) -> Side:
    latest = sorted(said, key=lambda s: (s.day or date.min, s.row.event.id), reverse=True)
    manners = Counter(s.manner for s in said)
    return Side(
        counts=label_counts(said),
        manners={manner: manners[manner] for manner in MANNERS},
        n=len(said),
        mean=mean(s.score for s in said),
        series=points(said, periods, by),
        events=tuple(s.row.event.id for s in latest),
    )


def _extreme(said: Sequence[Statement], a: str, b: str, sign: Literal[1, -1]) -> Quotation | None:
    """The warmest (sign 1) or most hostile (-1) statement of either side; of equals a quoted one, then the latest."""
    found = [s for s in said if s.score * sign > 0]
    if not found:
        return None

    def rank(s: Statement) -> tuple[int, bool, int, int, float, date, str]:
        event = s.row.event
        directness = -MANNERS.index(s.manner)
        return (
            s.score * sign, s.side != "others", directness, len(event.tone.phrases), event.confidence,
            s.day or date.min, event.id,
        )  # fmt: skip

    return _quotation(max(found, key=rank).row, a, b)


def _quotation(row: Row, a: str, b: str) -> Quotation:
    line = timeline_row(row, a, b)
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


def _basis(rows: Sequence[Row], found: Sequence[Encounter]) -> Basis:
    outlets = {row.event.article: row.outlet or "unknown" for row in rows}
    days = [row.day for row in rows if row.day]
    return Basis(
        articles=len(outlets),
        events=len(rows),
        encounters=len(found),
        outlets=dict(ranked(Counter(outlets.values()))),
        first=min(days, default=None),
        last=max(days, default=None),
        undated=sum(not row.dated for row in rows),
        statuses=dict(ranked(Counter(e.best.event.status for e in found))),
    )


def _notes(rows: Sequence[Row]) -> tuple[str, ...]:
    """What a reader must know to read the figures right, of what applies."""
    notes = []
    placed = sum(not row.dated and row.day is not None for row in rows)
    if placed:
        notes.append(f"Reports without a date of their own, counted by their article's date (~): {placed}.")
    lost = sum(row.day is None for row in rows)
    if lost:
        notes.append(f"Reports with no date at all, in no series: {lost}.")
    return tuple(notes)
