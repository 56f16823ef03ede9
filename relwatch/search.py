"""Full-text search: events whose evidence holds the words, and articles that hold them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from relwatch.errors import UsageError
from relwatch.query import Filters, Row, full_text, keeps, name_words, of_articles, pair, stream
from relwatch.store import CHUNK, Store

RARE = 2000  # articles with the words, up to which it is quicker to go from them to their events
FIRST = 16  # articles whose events are read at once, to begin with
AROUND = 24  # words of an article shown around the first that was found


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: an event, or an article (``row`` None then) that holds the words, but in no event's evidence.

    ``sentence`` is the piece of evidence with most of the words, or the article's stretch with them.
    """

    row: Row | None
    article: str
    published: str | None
    outlet: str | None
    title: str | None
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """The event as event.schema.json's object, or the article; ``found`` says which and where."""
        found = {"found": {"kind": "event" if self.row else "article", "sentence": self.sentence}}
        if self.row:
            return self.row.to_json() | found
        return {
            "article": {
                "id": self.article,
                "title": self.title,
                "outlet": self.outlet,
                "published": self.published,
            }
        } | found


def search(
    store: Store,
    words: str,
    a: str | None = None,
    b: str | None = None,
    filters: Filters | None = None,
    outlet: str | None = None,
) -> Iterator[Hit]:
    """What holds all of ``words``, in any case and with or without accents, in the order of a timeline.

    With ``a`` (and ``b``) or a filter of events, events alone: the words stand in their evidence. Without,
    articles too, by day of publication. ``outlet`` is the name of one, in any case. Raises UsageError when
    ``words`` holds none.
    """
    filters = filters or Filters()
    wanted = name_words(words)
    if not wanted:
        raise UsageError(f"{words!r} holds no word to search for")
    hits = _hits(store, words, wanted, a, b, filters)
    if outlet is not None:
        name = outlet.casefold()
        hits = (hit for hit in hits if hit.outlet and hit.outlet.casefold() == name)
    return islice(hits, filters.limit)


def _hits(
    store: Store, words: str, wanted: frozenset[str], a: str | None, b: str | None, filters: Filters
) -> Iterator[Hit]:
    if a is None:
        yield from _anywhere(store, words, wanted, filters)
        return
    # Rare words lead to their events; of words that many articles hold, the country's events are gone through.
    asked = replace(filters, words=words if _rare(store, words) else None, limit=None)
    found = pair(store, a, b, asked) if filters.limit is None else stream(store, a, b, asked)
    for row in found:
        if hit := _event_hit(row, wanted):
            yield hit


def _rare(store: Store, words: str) -> bool:
    """Whether few articles hold the words."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
    return int(store.select(sql, [full_text(words), RARE + 1])[0][0]) <= RARE


def _event_hit(row: Row, wanted: frozenset[str]) -> Hit | None:
    texts = [span.text for span in row.event.evidence]
    if not wanted <= name_words(" ".join(texts)):
        return None
    best = max(texts, key=lambda text: len(wanted & name_words(text)))
    published = row.published.isoformat() if row.published else None
    return Hit(row, row.event.article, published, row.outlet, row.title, best)


def _anywhere(store: Store, words: str, wanted: frozenset[str], filters: Filters) -> Iterator[Hit]:
    """Events and articles by day of publication. Days known as asked for are looked through first."""
    events_only = any((filters.types, filters.topics, filters.tones, filters.leader, filters.statuses))
    where, parameters = ["n IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"], [full_text(words)]
    if not events_only:
        for clause, day in (("published >= ?", filters.since), ("published <= ?", filters.until)):
            if day:
                where.append(clause)
                parameters.append(day.isoformat())
    order = "DESC" if filters.reverse else "ASC"
    sql = (
        f"SELECT n, id, published, outlet, title FROM articles WHERE {' AND '.join(where)}"
        f" ORDER BY published {order}, id {order}"
    )
    for some in _growing(store.select(sql, parameters)):
        rows = of_articles(store, [id_ for _, id_, *_ in some])
        for n, id_, published, outlet, title in some:
            kept = [row for row in rows.get(id_, ()) if keeps(filters, row)]
            hits = [hit for row in kept if (hit := _event_hit(row, wanted))]
            yield from hits
            if not hits and not events_only:
                yield Hit(None, id_, published, outlet, title, _stretch(store, n, words))


def _growing(found: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """What was found, few at first, for a reader who wants the first ones, then as many as one query takes."""
    at, size = 0, FIRST
    while at < len(found):
        yield found[at : at + size]
        at, size = at + size, min(2 * size, CHUNK)


def _stretch(store: Store, n: int, words: str) -> str:
    """The stretch of an article that holds the words, as SQLite finds it."""
    sql = (
        f"SELECT snippet(articles_fts, -1, '', '', '…', {AROUND}) FROM articles_fts"
        " WHERE articles_fts MATCH ? AND rowid = ?"
    )
    return str(store.select(sql, [full_text(words), n])[0][0])
