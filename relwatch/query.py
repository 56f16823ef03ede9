"""Questions to the store: the events of a pair of parties, filtered and in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

from relwatch.errors import UsageError
from relwatch.eventjson import event_to_json
from relwatch.pieces import unpack
from relwatch.records import TONE_LABELS, Article, Basis, Event
from relwatch.store import CHUNK, Store
from relwatch.storefile import guard
from relwatch.storerows import day as to_day

Direction = Literal["to", "from", "mutual"]
Found = tuple[str, str, Direction, str, str]  # event, day, direction, the other party, day of publication

_WORD = re.compile(r"[^\W_]+")
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True)
class Filters:
    """What to keep; an empty field keeps everything. Fields AND together, the items of one field OR.

    ``since`` and ``until`` are inclusive and keep an event whose dates overlap them. ``tones`` are
    labels (hostile ... warm). ``leader`` is a person's name, whole or some words of it, in any case
    and with or without accents, found among actors, recipients and the speaker. ``words`` must all stand
    in the article. ``limit`` counts rows in the order asked for: oldest first, newest first with ``reverse``.
    """

    since: date | None = None
    until: date | None = None
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    leader: str | None = None
    statuses: tuple[str, ...] = ()
    words: str | None = None
    limit: int | None = None
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An event with what is shown of its article.

    ``day`` is the day it sorts by: the event's first day, or the article's publication when the
    event is undated (``dated`` is False then), or None when neither is known. ``direction`` is
    seen from the party asked about: its act, the other's, or one of both. ``story`` is the id of the story
    that the article carries, None where no other article carries it.
    """

    event: Event
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    basis: Basis
    day: date | None
    direction: Direction
    story: str | None = None

    @property
    def dated(self) -> bool:
        """Whether the text dates the event (False: placed by the article's date, or not at all)."""
        return self.event.date.start is not None or self.event.date.end is not None

    def heading(self) -> Article:
        """The article without its text: all that ``event_to_json`` asks of it."""
        return Article(
            id=self.event.article,
            text="",
            title=self.title,
            outlet=self.outlet,
            url=self.url,
            published=self.published,
            published_basis=self.basis,
        )

    def to_json(self) -> dict[str, Any]:
        """The event as event.schema.json's object."""
        return event_to_json(self.event, self.heading())


def name_words(name: str) -> frozenset[str]:
    """The words of a name without case, accents and punctuation."""
    if name.isascii():  # most are, and it is much faster
        return frozenset(_WORD.findall(name.casefold()))
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_UNDECOMPOSED))
    return frozenset(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


@cache
def named(name: str, asked: str) -> bool:
    """Whether ``name`` may be the person ``asked`` for: the words of one are among those of the other.

    "Putin" is asked for with "Vladimir Putin" and the other way round; "Igor Putin" is not.
    """
    has, wants = name_words(name), name_words(asked)
    return bool(has and wants) and (has <= wants or wants <= has)


def pair(store: Store, a: str, b: str | None, filters: Filters | None = None, skip: int = 0) -> Iterator[Row]:
    """The events between ``a`` and ``b`` (party ids), or of ``a`` with anyone when ``b`` is None.

    The first ``skip`` of them are left out.

    In the order of their days, then of publication, then of ids: oldest first, undated ones at
    their article's day of publication, those without either before all.

    Raises UsageError when ``a`` and ``b`` are one party or ``filters.leader`` holds no word.
    """
    filters = filters or Filters()
    if a == b:
        raise UsageError(f"{a} and {b} are the same party; name two different ones")
    sql, parameters = _dyads(a, b, filters)
    store.connection.create_function("named", 2, named, deterministic=True)
    found = store.select(f"{sql} OFFSET {skip}", parameters)
    for at in range(0, len(found), CHUNK):  # piece by piece: whoever stops early has read little
        some = found[at : at + CHUNK]
        yield from _rows(store, some, _pieces(store, some, a))


def stream(store: Store, a: str, b: str | None, filters: Filters) -> Iterator[Row]:
    """As ``pair``, for a reader who stops early: a page of events at a time, each twice the one before.

    ``filters.limit`` does not matter.
    """
    done, size = 0, CHUNK
    while True:
        page = list(pair(store, a, b, replace(filters, limit=size), skip=done))
        yield from page
        if len(page) < size:
            return
        done, size = done + size, 2 * size


def row(store: Store, event_id: str) -> Row:
    """One event by its id or an unambiguous beginning of it. Raises UsageError for none or several.

    ``direction`` is seen from the first actor.
    """
    event = store.event(event_id)
    published = to_day(store.select("SELECT published FROM articles WHERE id = ?", [event.article])[0][0])
    return next(_rows(store, [_found(event, published)], {event.id: event}))


def conditions(filters: Filters) -> tuple[list[str], list[Any]]:
    """The conditions on a row of ``dyads`` that the filters make, all but ``limit``, and their parameters.

    A leader's needs the SQL function ``named``. Raises UsageError when ``filters.leader`` holds no word.
    """
    where: list[str] = []
    parameters: list[Any] = []

    def add(clause: str, *values: Any) -> None:
        where.append(clause)
        parameters.extend(values)

    if filters.since:
        add("last >= ?", filters.since.isoformat())
    if filters.until:
        add("day BETWEEN '0' AND ?", filters.until.isoformat())  # from '0': not the days unknown, ''
    scores = [score for score, label in TONE_LABELS.items() if label in filters.tones]
    for column, asked, values in (
        ("type", filters.types, filters.types),
        ("status", filters.statuses, filters.statuses),
        ("tone", filters.tones, scores),
    ):
        if asked:
            add(f"{column} IN ({_marks(values)})", *values)
    if filters.topics:
        add(
            "EXISTS (SELECT 1 FROM event_topics t WHERE t.event = dyads.event"
            f" AND topic IN ({_marks(filters.topics)}))",
            *filters.topics,
        )
    if filters.leader is not None:
        if not name_words(filters.leader):
            raise UsageError(f"{filters.leader!r} is no name; try --leader Putin")
        add(
            "EXISTS (SELECT 1 FROM event_parties p WHERE p.event = dyads.event"
            " AND name IS NOT NULL AND named(name, ?))",
            filters.leader,
        )
    if filters.words is not None:
        add(
            "event IN (SELECT e.id FROM articles r JOIN events e ON e.article = r.id"
            " WHERE r.n IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?))",
            full_text(filters.words),
        )
    return where, parameters


def full_text(words: str) -> str:
    """What a user types as a full-text query: each word in quotation marks, so that none is an operator."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.split()) or '""'


def _dyads(a: str, b: str | None, filters: Filters) -> tuple[str, list[Any]]:
    """The SELECT of (event, day, direction, b, published) in order, and its parameters."""
    where, parameters = conditions(filters)
    if b is not None:
        where.insert(0, "b = ?")
        parameters.insert(0, b)
    where.insert(0, "a = ?")
    parameters.insert(0, a)
    order = ", ".join(f"{key} {'DESC' if filters.reverse else 'ASC'}" for key in ("day", "published", "event"))
    # One party's event with several others has several rows here: they are made one.
    what = "event, day, direction, b, published" if b is not None else "event, day, min(direction), min(b), published"
    once = "" if b is not None else " GROUP BY day, published, event"
    parameters.append(-1 if filters.limit is None else filters.limit)
    return f"SELECT {what} FROM dyads WHERE {' AND '.join(where)}{once} ORDER BY {order} LIMIT ?", parameters


def keeps(filters: Filters, row: Row) -> bool:
    """Whether the filters keep a row that was found otherwise; ``words`` and ``limit`` are left out."""
    event = row.event
    start, end = (row.day or date.min), (event.date.end or row.day or date.min)
    persons = (*event.actor, *event.recipient, *((event.speaker,) if event.speaker else ()))
    return (
        (not filters.since or end >= filters.since)
        and (not filters.until or (row.day is not None and start <= filters.until))
        and (not filters.types or event.type in filters.types)
        and (not filters.topics or bool(set(event.topics) & set(filters.topics)))
        and (not filters.tones or event.tone.label in filters.tones)
        and (not filters.statuses or event.status in filters.statuses)
        and (filters.leader is None or any(p.name and named(p.name, filters.leader) for p in persons))
    )


def of_articles(store: Store, article_ids: Sequence[str]) -> dict[str, list[Row]]:
    """The events of articles (whole ids, at most CHUNK) as rows, by article, in the order of its text.

    ``direction`` is seen from the first actor. An article without events is left out.
    """
    among = _marks(article_ids)
    days = dict(store.select(f"SELECT id, published FROM articles WHERE id IN ({among})", article_ids))
    sql = f"SELECT id FROM events WHERE article IN ({among}) ORDER BY article, position"
    ids = [id_ for (id_,) in store.select(sql, article_ids)]
    events = store.events(ids)
    found = [_found(events[id_], to_day(days.get(events[id_].article))) for id_ in ids if id_ in events]
    out: dict[str, list[Row]] = {}
    for row in _rows(store, found, events):
        out.setdefault(row.event.article, []).append(row)
    return out


def _found(event: Event, published: date | None) -> Found:
    """An event as if it had been found, seen from its first actor."""
    day = event.date.start or event.date.end or published
    return event.id, day.isoformat() if day else "", "to" if event.recipient else "mutual", "", ""


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


_PIECE = "SELECT piece FROM timelines WHERE a = ? AND b = ? AND day = ? AND published = ? AND event = ?"
# Not the table, whose rows hold the texts: the index has all that is asked for.
_HEADINGS = (
    "SELECT id, title, outlet, url, published, published_basis, story FROM articles INDEXED BY articles_heading"
    " LEFT JOIN stories ON stories.article = id WHERE id IN ({})"
)


def _pieces(store: Store, found: Sequence[Found], a: str) -> dict[str, Event]:
    """The events that have a piece, by id."""
    out = {}
    with guard(store.path):
        for id_, day, _, b, published in found:
            both = (a, b) if a < b else (b, a)
            if piece := store.connection.execute(_PIECE, (*both, day, published, id_)).fetchone():
                out[id_] = unpack(id_, piece[0])
    return out


def _rows(store: Store, found: Sequence[Found], events: dict[str, Event]) -> Iterator[Row]:
    """The rows of what was found, in the order given; those of ``events`` need not be read any more."""
    events |= store.events([id_ for id_, *_ in found if id_ not in events])
    articles = sorted({event.article for event in events.values()})
    headings = {id_: rest for id_, *rest in store.select(_HEADINGS.format(_marks(articles)), articles)}
    for id_, day, direction, *_ in found:
        event = events.get(id_)
        if event is None or event.article not in headings:
            continue  # another process removed it since its id was read
        title, outlet, url, published, basis, story = headings[event.article]
        yield Row(event, title, outlet, url, to_day(published), basis, to_day(day), direction, story)
