"""The contacts of a pair: through which channels, between whom, what became of plans, the last one and the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from relwatch.encounters import Life, due_day, kind_of
from relwatch.merge import Encounter
from relwatch.query import Row, name_words
from relwatch.records import Event
from relwatch.timeline import encounter_row


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact, by the report that says most. ``date`` is as the timeline shows it, ``life`` too."""

    date: str
    who: str
    mode: str | None
    outlet: str | None
    event: str
    sentence: str
    reports: int
    life: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many encounters have something in common, how many reports tell of them, and their ids, latest first."""

    name: str
    encounters: int
    reports: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaders:
    """Contacts between two named persons, one of each side; ``events`` are their ids, latest first."""

    a: str
    b: str
    contacts: int
    reports: int
    events: tuple[str, ...]


FEW = 5  # gaps between contacts, below which a pair has no rhythm to speak of
THIN = 4  # so many times fewer articles a day than before the gap, and the gap may be one of reading


@dataclass(frozen=True, slots=True)
class Silence:
    """The time since the last contact against the pair's own rhythm.

    ``days`` is the present gap, up to ``until``; ``usual`` the median gap between days with a contact, ``long``
    the one that nine of ten do not exceed (None with fewer than FEW). ``articles`` are those in the store of
    the days since, ``on_pair`` those of them with an event of the pair, ``expected`` those that there would be
    had the store gone on as from the first contact to the last. ``verdict``: "unusual" when the gap is longer
    than ``long``, "usual", "no rhythm" when it cannot be told, "few articles" when a gap longer than ``usual`` may be
    one of reading, "no articles" when nothing was read. ``event`` is the last contact's.
    """

    since: date
    until: date
    days: int
    usual: int | None
    long: int | None
    articles: int
    on_pair: int
    expected: int
    verdict: str
    event: str


def held_to_the_day(held: Iterable[Encounter], until: date) -> list[Encounter]:
    """Those of the contacts held whose day is known and not after ``until``, in order."""
    return sorted(
        (e for e in held if known_to_the_day(e.best) and e.best.day and e.best.day <= until),
        key=lambda e: (e.best.day or date.min, e.best.event.id),
    )


def silence(held: Sequence[Encounter], until: date, articles: int, before: int, on_pair: int) -> Silence | None:
    """The silence after the last of ``held`` (of ``held_to_the_day``); None without one.

    ``before`` is the number of articles from the first contact to the last.
    """
    if not held:
        return None
    days = sorted({e.best.day for e in held if e.best.day})
    gaps = sorted((later - day).days for day, later in pairwise(days))
    gap = (until - days[-1]).days
    known = len(gaps) >= FEW
    usual, long = (gaps[len(gaps) // 2], gaps[-(-9 * len(gaps) // 10) - 1]) if known else (None, None)
    expected = round(before * gap / ((days[-1] - days[0]).days + 1))
    if gap and not articles:
        verdict = "no articles"
    elif usual is None or long is None:
        verdict = "no rhythm"
    elif gap > usual and articles * THIN < expected:
        verdict = "few articles"
    else:
        verdict = "usual" if gap <= long else "unusual"
    return Silence(days[-1], until, gap, usual, long, articles, on_pair, expected, verdict, held[-1].best.event.id)


def known_to_the_day(row: Row) -> bool:
    """Whether the text dates a contact to the day."""
    return row.day is not None and row.dated and row.event.date.precision == "day"


def ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """Most frequent first, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def counted(named: Iterable[tuple[str, Encounter]]) -> tuple[Count, ...]:
    """The encounters by name, the most frequent first."""
    found: dict[str, list[Encounter]] = defaultdict(list)
    for name, encounter in named:
        found[name].append(encounter)
    return tuple(
        Count(name, len(found[name]), reports_of(found[name]), ids_of(found[name]))
        for name in sorted(found, key=lambda name: (-len(found[name]), name))
    )


def reports_of(found: Iterable[Encounter]) -> int:
    """How many reports encounters have."""
    return sum(len(e.reports) for e in found)


def ids_of(found: Iterable[Encounter]) -> tuple[str, ...]:
    """The ids of encounters, latest first."""
    order = sorted(found, key=lambda e: (e.best.day or date.min, e.best.event.id), reverse=True)
    return tuple(e.best.event.id for e in order)


def channels(held: Sequence[Encounter]) -> tuple[Count, ...]:
    """How many contacts went through which channel, "unspecified" where not said, the busiest first."""
    return counted((_mode(e), e) for e in held)


def _mode(encounter: Encounter) -> str:
    modes = [encounter.best.event.mode, *(row.event.mode for row in encounter.reports)]
    return next((mode for mode in modes if mode), "unspecified")


def leaders(held: Sequence[Encounter], a: str, b: str) -> tuple[Leaders, ...]:
    """Who talked with whom, of the contacts that name someone on both sides."""
    names = {id_: [sorted(_persons(e, id_)) for e in held] for id_ in (a, b)}
    full = {id_: _full_names(name for persons in names[id_] for name in persons) for id_ in (a, b)}
    found: dict[tuple[str, str], list[Encounter]] = defaultdict(list)
    for e, ours, theirs in zip(held, names[a], names[b], strict=True):
        for both in {(full[a][x], full[b][y]) for x in ours for y in theirs}:
            found[both].append(e)
    order = sorted(found, key=lambda both: (-len(found[both]), both))
    return tuple(Leaders(*both, len(found[both]), reports_of(found[both]), ids_of(found[both])) for both in order)


def _persons(encounter: Encounter, party: str) -> set[str]:
    events = [row.event for row in encounter.reports]
    return {p.name for event in events for p in (*event.actor, *event.recipient) if p.party == party and p.name}


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """Each name -> the fullest it is part of ("Putin" -> "Vladimir Putin"), itself where two would do."""
    counts = Counter(names)
    out = {}
    for name in counts:
        fuller = [n for n in counts if name_words(name) <= name_words(n)]
        longest = max(fuller, key=lambda n: (len(name_words(n)), counts[n], n))
        out[name] = longest if all(name_words(n) <= name_words(longest) for n in fuller) else name
    return out


def _contact(one: Life | Encounter, a: str, b: str) -> Contact:
    best = one.best if isinstance(one, Life) else one
    line = encounter_row(one, a, b)
    row = best.best
    return Contact(
        line.date, line.who, row.event.mode, row.outlet, line.id, line.sentence, len(best.reports), line.life
    )


def _named(event: Event) -> int:
    return sum(p.name is not None for p in (*event.actor, *event.recipient))


def last_contact(contacts: Iterable[Life | Encounter], a: str, b: str) -> Contact | None:
    """The latest contact held: of those with a date when there are any, of one day the one that names most."""

    def rank(one: Life | Encounter) -> tuple[bool, date, int, str]:
        row = (one.best if isinstance(one, Life) else one).best
        return row.dated, row.day or date.min, _named(row.event), row.event.id

    held = [one for one in contacts if state_of(one, None) == "held"]
    return _contact(max(held, key=rank), a, b) if held else None


def next_contact(contacts: Iterable[Life | Encounter], a: str, b: str, today: date | None) -> Contact | None:
    """The earliest contact planned for a day, not called off, that is not over ``today``."""
    coming = [one for one in contacts if today and state_of(one, today) == "ahead" and _plan(one).best.dated]

    def rank(one: Life | Encounter) -> tuple[date, int, str]:
        row = _plan(one).best
        return row.day or date.max, -_named(row.event), row.event.id

    return _contact(min(coming, key=rank), a, b) if coming else None


def _plan(one: Life | Encounter) -> Encounter:
    return one.best if isinstance(one, Life) else one


def state_of(one: Life | Encounter, today: date | None) -> str | None:
    """What is known of a contact: held, postponed, cancelled, denied; of a mere plan "ahead" or "overdue".

    Overdue is what was planned for days over ``today`` and of which nothing says what became of it. None for
    what is no contact.
    """
    kind = one.state if isinstance(one, Life) else kind_of(one)
    if kind not in ("planned", "postponed"):
        return kind
    due = due_day(_plan(one))
    if due and today:
        return "overdue" if due < today else "ahead"
    return kind


def fates(contacts: Iterable[Life | Encounter], today: date | None) -> tuple[Count, ...]:
    """What became of the contacts that were planned, postponed, cancelled or denied, by their state."""
    found = []
    for one in contacts:
        state = state_of(one, today)
        if state and (isinstance(one, Life) or state != "held"):
            found.append((state, _plan(one)))
    return counted(found)
