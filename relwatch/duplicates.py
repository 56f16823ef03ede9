"""Copies in the store: the carriers of one text, and the articles that carry one story.

A *carrier* is who published a text, where and when. The same text from several carriers is one article; it
bears the heading of the first of them (by day, then by name), whatever order they came in, and the others stand
in ``carriers``. Articles that ``shingles.same_story`` takes for copies of one another, directly or over others,
are one *story*, which goes by the id of its first article. Both depend on what is in the store alone, and not
on how it got there; an article that is removed leaves no trace in them. (But for one thing: where more than COMPARED
articles of a week look like a new one, the likeliest are compared, so that boilerplate does not make adding slow.)

The functions work inside the caller's transaction, if there is one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from relwatch import storerows
from relwatch.records import Article
from relwatch.shingles import DAYS, FOUND, Text, same_story

COMPARED = 60  # articles that a new one is compared with at the most
_BATCH = 500  # parameters of a query: every SQLite takes 999


class Carrier(NamedTuple):
    """Who published a text: an outlet, an address and a day, each '' when it is not known."""

    outlet: str
    url: str
    published: str

    @classmethod
    def of(cls, article: Article) -> Carrier:
        """The carrier that an article's heading names."""
        return cls(article.outlet or "", article.url or "", storerows.iso(article.published) or "")

    @property
    def rank(self) -> tuple[Any, ...]:
        """What the first of several carriers is the least by."""
        return not (self.outlet or self.url), self.published or "9999", self.outlet, self.url

    def within(self, other: Carrier) -> bool:
        """Whether the other says all that this one does: then they are one."""
        return all(mine in ("", theirs) for mine, theirs in zip(self, other, strict=True))


# The carriers of one text


def carriers(connection: sqlite3.Connection, digest: str) -> tuple[str, list[Carrier]] | None:
    """The id of the article with this text, and its carriers, that of its heading first; None when there is none."""
    row = connection.execute("SELECT id, outlet, url, published FROM articles WHERE digest = ?", [digest]).fetchone()
    if row is None:
        return None
    others = connection.execute(
        "SELECT outlet, url, published FROM carriers WHERE article = ? ORDER BY 1, 2, 3", [row[0]]
    )
    return row[0], [Carrier(*(cell or "" for cell in row[1:])), *(Carrier(*other) for other in others)]


def heads(known: Sequence[Carrier], new: Carrier) -> bool:
    """Whether a text's heading passes to a new carrier: it says more than the present one, or was there before."""
    if any(new.within(old) for old in known):
        return False
    return known[0].within(new) or new.rank < known[0].rank


def carry(connection: sqlite3.Connection, article: str, also: Iterable[Carrier], heading: Carrier) -> None:
    """Write the carriers of an article beside the one of its heading; those that say no more than another go."""
    all_ = {*also, heading}
    kept = {one for one in all_ if not any(one != other and one.within(other) for other in all_)} - {heading}
    connection.execute("DELETE FROM carriers WHERE article = ?", [article])
    connection.executemany("INSERT INTO carriers VALUES (?, ?, ?, ?)", [(article, *one) for one in sorted(kept)])


# The articles of one story


def enter(connection: sqlite3.Connection, article: Article) -> None:
    """Index an article that has just been added, and join it to the story that it carries."""
    text = Text(article)
    near = _near(connection, text)
    n = connection.execute("SELECT n FROM articles WHERE id = ?", [article.id]).fetchone()[0]
    day = article.published.toordinal() if article.published else 0
    connection.executemany("INSERT INTO sketches VALUES (?, ?, ?)", [(mark, day, n) for mark in sorted(text.sketch)])
    joined: set[str] = set()
    for other, story in near:
        if story not in joined and same_story(text, _text(connection, other)):
            joined.add(story)
    if joined:
        _join(connection, [article.id, *sorted(joined)])


def leave(connection: sqlite3.Connection, id_: str) -> None:
    """Take an article, which is still in its table, out of the index and out of its story."""
    article = _article(connection, id_)
    n = connection.execute("SELECT n FROM articles WHERE id = ?", [article.id]).fetchone()[0]
    day = article.published.toordinal() if article.published else 0
    connection.executemany(
        "DELETE FROM sketches WHERE hash = ? AND day = ? AND article = ?",
        [(mark, day, n) for mark in sorted(Text(article).sketch)],
    )
    rest = connection.execute(
        "SELECT a.id FROM stories s JOIN articles a ON a.id = s.article WHERE s.story ="
        " (SELECT story FROM stories WHERE article = ?) AND a.id <> ? ORDER BY a.id",
        [article.id, article.id],
    ).fetchall()
    connection.execute("DELETE FROM stories WHERE article = ?", [article.id])
    connection.executemany("DELETE FROM stories WHERE article = ?", [(id_,) for (id_,) in rest])
    for group in _groups([(id_, _text(connection, id_)) for (id_,) in rest]):
        if len(group) > 1:
            _join(connection, group)


def fill(connection: sqlite3.Connection) -> None:
    """Index the articles of a store that was made before there were stories."""
    for (id_,) in connection.execute("SELECT id FROM articles ORDER BY n").fetchall():
        enter(connection, _article(connection, id_))


def _near(connection: sqlite3.Connection, text: Text) -> list[tuple[str, str]]:
    """(id, story) of the articles worth comparing, the likeliest first; an article alone is its own story.

    At most COMPARED: copies share the most, and of texts of one form there may be thousands in a week.
    """
    marks = sorted(text.sketch)
    if not marks:
        return []
    first, last = (text.day.toordinal() - DAYS, text.day.toordinal() + DAYS) if text.day else (1, date.max.toordinal())
    rows = connection.execute(
        "WITH found (n, shared) AS (SELECT article, count(*) FROM sketches"
        f" WHERE hash IN ({','.join('?' * len(marks))}) AND (day = 0 OR day BETWEEN ? AND ?)"
        " GROUP BY article HAVING count(*) >= ?)"
        " SELECT a.id, coalesce(s.story, a.id) FROM found JOIN articles a ON a.n = found.n"
        " LEFT JOIN stories s ON s.article = a.id ORDER BY shared DESC, a.id LIMIT ?",
        [*marks, first, last, min(FOUND, len(marks)), COMPARED],
    )
    return rows.fetchall()


def _article(connection: sqlite3.Connection, id_: str) -> Article:
    row = connection.execute(f"SELECT {storerows.ARTICLE_COLUMNS} FROM articles WHERE id = ?", [id_]).fetchone()
    return storerows.article_from(row)


# Texts of one form come again and again.
_compared = lru_cache(128)(Text)


def _text(connection: sqlite3.Connection, id_: str) -> Text:
    return _compared(_article(connection, id_))


def _groups(texts: Sequence[tuple[str, Text]]) -> list[list[str]]:
    """The ids of texts by story."""
    groups: list[list[tuple[str, Text]]] = []
    for id_, text in texts:
        mine = [group for group in groups if any(same_story(text, other) for _, other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([(id_, text), *(member for group in mine for member in group)])
    return [[id_ for id_, _ in group] for group in groups]


def _join(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Make one story of articles and stories, by their ids."""
    members: dict[str, str] = {}
    for at in range(0, len(ids), _BATCH):
        some = list(ids[at : at + _BATCH])
        marks = ",".join("?" * len(some))
        members |= dict(
            connection.execute(
                "SELECT id, coalesce(published, '9999') FROM articles"
                f" WHERE id IN ({marks}) OR id IN (SELECT article FROM stories WHERE story IN ({marks}))",
                [*some, *some],
            ).fetchall()
        )
    story = min(members, key=lambda id_: (members[id_], id_))
    connection.executemany(
        "INSERT INTO stories VALUES (?, ?) ON CONFLICT (article) DO UPDATE SET story = excluded.story"
        " WHERE story <> excluded.story",
        [(id_, story) for id_ in sorted(members)],
    )
