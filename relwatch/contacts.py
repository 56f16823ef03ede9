"""The contacts of a pair: through which channels, between whom, the last one and the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from relwatch.query import Row, name_words
from relwatch.records import Event
from relwatch.timeline import timeline_row


@dataclass(frozen=True, slots=True)
class Contact:
    """One reported contact. ``date`` is as the timeline shows it."""

    date: str
    who: str
    mode: str | None
    outlet: str | None
    event: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Channel:
    """Reports of contacts by one channel, "unspecified" where not said, and on how many distinct days."""

    mode: str
    reports: int
    days: int


@dataclass(frozen=True, slots=True)
class Leaders:
    """Reports of contacts between two named persons, one of each side."""

    a: str
    b: str
    reports: int
    days: int


FEW = 5  # gaps between contacts, below which a pair has no rhythm to speak of


@dataclass(frozen=True, slots=True)
class Silence:
    """The time since the last contact against the pair's own rhythm.

    ``days`` is the present gap, up to ``until``; ``usual`` the median gap between days with a contact, ``long``
    the one that nine of ten do not exceed (None with fewer than FEW). ``articles`` are those in the store of
    the days since, ``on_pair`` those of them with an event of the pair. ``verdict``: "unusual" when the gap is
    longer than ``long``, "usual", "no rhythm" when it cannot be told, "no articles" when nothing was read.
    """

    since: date
    until: date
    days: int
    usual: int | None
    long: int | None
    articles: int
    on_pair: int
    verdict: str


def silence(talks: Sequence[Row], until: date, articles: int, on_pair: int) -> Silence | None:
    """The silence after the last of ``talks`` whose day is known; None without one, or with one still to come."""
    days = sorted({row.day for row in talks if known_to_the_day(row) and row.day and row.day <= until})
    if not days:
        return None
    gaps = sorted((later - day).days for day, later in pairwise(days))
    gap = (until - days[-1]).days
    known = len(gaps) >= FEW
    usual, long = (gaps[len(gaps) // 2], gaps[-(-9 * len(gaps) // 10) - 1]) if known else (None, None)
    if gap and not articles:
        verdict = "no articles"
    elif long is None:
        verdict = "no rhythm"
    else:
        verdict = "unusual" if gap > long else "usual"
    return Silence(days[-1], until, gap, usual, long, articles, on_pair, verdict)


def known_to_the_day(row: Row) -> bool:
    """Whether the text dates a contact to the day."""
    return row.day is not None and row.dated and row.event.date.precision == "day"


def ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """Most frequent first, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def channels(talks: Sequence[Row]) -> tuple[Channel, ...]:
    """How many talks went through which channel, the busiest first."""
    reports = Counter(row.event.mode or "unspecified" for row in talks)
    days = Counter(mode for mode, _ in {(row.event.mode or "unspecified", row.day) for row in talks})
    return tuple(Channel(mode, n, days[mode]) for mode, n in ranked(reports))


def leaders(talks: Sequence[Row], a: str, b: str) -> tuple[Leaders, ...]:
    """Who talked with whom, of the talks that name someone on both sides."""
    full = {id_: _full_names(name for row in talks for name in _persons(row.event, id_)) for id_ in (a, b)}
    reports: Counter[tuple[str, str]] = Counter()
    days: dict[tuple[str, str], set[date | None]] = defaultdict(set)
    for row in talks:
        ours, theirs = ({full[id_][name] for name in _persons(row.event, id_)} for id_ in (a, b))
        for both in ((x, y) for x in ours for y in theirs):
            reports[both] += 1
            days[both].add(row.day)
    return tuple(Leaders(x, y, n, len(days[x, y])) for (x, y), n in ranked(reports))


def _persons(event: Event, party: str) -> list[str]:
    return [p.name for p in (*event.actor, *event.recipient) if p.party == party and p.name]


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """Each name -> the fullest it is part of ("Putin" -> "Vladimir Putin"), itself where two would do."""
    counts = Counter(names)
    out = {}
    for name in counts:
        fuller = [n for n in counts if name_words(name) <= name_words(n)]
        longest = max(fuller, key=lambda n: (len(name_words(n)), counts[n], n))
        out[name] = longest if all(name_words(n) <= name_words(longest) for n in fuller) else name
    return out


def _contact(row: Row, a: str, b: str) -> Contact:
    line = timeline_row(row, a, b)
    return Contact(line.date, line.who, row.event.mode, row.outlet, line.id, line.sentence)


def _named(event: Event) -> int:
    return sum(p.name is not None for p in (*event.actor, *event.recipient))


def last_contact(talks: Sequence[Row], a: str, b: str) -> Contact | None:
    """The latest contact: of those with a date when there are any, of one day the one that names most."""
    if not talks:
        return None
    latest = max(talks, key=lambda row: (row.dated, row.day or date.min, _named(row.event), row.event.id))
    return _contact(latest, a, b)


def next_contact(rows: Sequence[Row], a: str, b: str, today: date | None) -> Contact | None:
    """The earliest planned contact with a date that is not over ``today``; the latest report of it."""
    coming = [
        row
        for row in rows
        if row.event.type == "CONSULT"
        and row.event.status == "planned"
        and row.day
        and row.dated
        and today
        and (row.event.date.end or row.day) >= today
    ]
    if not coming:
        return None
    first = min(row.day for row in coming if row.day)
    return _contact(max((r for r in coming if r.day == first), key=_freshness), a, b)


def _freshness(row: Row) -> tuple[date, int, str]:
    return row.published or date.min, _named(row.event), row.event.id
