"""What the store holds: its articles as listings show them, each with who else carries its story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from relwatch import storerows
from relwatch.records import Basis

Select = Callable[[str, Sequence[Any]], list[Any]]  # Store.select
_BATCH = 300  # ids in one query, three times each: every SQLite takes 999 parameters
_OF_STORY = "SELECT article FROM stories WHERE story = (SELECT story FROM stories WHERE article = ?)"


class Copy(NamedTuple):
    """Who else carries an article's story: as the ``article`` of this id; the same id where it is the same text."""

    article: str
    outlet: str | None
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a listing shows it: without its text, with the number of its events.

    ``added`` is the time it came into the store, ISO, UTC. ``story`` is the id of the first article of the story
    that it carries, None where no other article carries it. ``carriers`` are the others, of this text or of another.
    """

    id: str
    digest: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    published_basis: Basis
    published_why: str | None
    place: str | None
    added: str
    events: int
    story: str | None = None
    carriers: tuple[Copy, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The row as a plain object for ``json.dumps``, fields in the order above."""
        out = {name: getattr(self, name) for name in self.__slots__}
        out["published"] = storerows.iso(self.published)
        out["carriers"] = [copy._asdict() for copy in self.carriers]
        return out


def articles(
    select: Select,
    *,
    since: date | None = None,
    until: date | None = None,
    outlet: str | None = None,
    match: str | None = None,
    limit: int | None = None,
    reverse: bool = False,
) -> list[ArticleRow]:
    """Articles by day of publication, undated ones first, then oldest to newest; ``reverse`` turns it.

    ``since`` and ``until`` are inclusive; ``outlet`` in any case; ``match`` are words that title or
    text must hold, all of them.
    """
    where: list[tuple[str, Any]] = []
    if since:
        where.append(("published >= ?", since.isoformat()))
    if until:
        where.append(("published <= ?", until.isoformat()))
    if outlet is not None:
        where.append(("outlet = ? COLLATE NOCASE", outlet))
    if match is not None:
        # Each word in quotation marks: what a user types is words, not FTS5's query language.
        words = " ".join('"' + word.replace('"', '""') + '"' for word in match.split()) or '""'
        where.append(("n IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)", words))
    order = "DESC" if reverse else "ASC"
    sql = (
        "SELECT id, digest, title, outlet, url, published, published_basis, published_why, place, added,"
        " (SELECT count(*) FROM events WHERE events.article = articles.id),"
        " (SELECT story FROM stories WHERE stories.article = articles.id) FROM articles"
        + (" WHERE " + " AND ".join(clause for clause, _ in where) if where else "")
        + f" ORDER BY published {order}, id {order} LIMIT ?"
    )
    rows = select(sql, [value for _, value in where] + [-1 if limit is None else limit])
    copies = _copies(select, sorted({row[-1] or row[0] for row in rows}))
    return [_listed(*row, copies=copies) for row in rows]


def _copies(select: Select, keys: Sequence[str]) -> dict[str, list[Copy]]:
    """The carriers of these stories, and of these articles that carry none, by id, earliest first."""
    out: dict[str, list[Copy]] = defaultdict(list)
    for at in range(0, len(keys), _BATCH):
        some = keys[at : at + _BATCH]
        among = f"IN ({','.join('?' * len(some))})"
        carrier = "c.article, nullif(c.outlet, ''), nullif(c.url, ''), nullif(c.published, '')"
        for story, *copy in select(
            f"SELECT s.story, {carrier} FROM stories s JOIN carriers c ON c.article = s.article WHERE s.story {among}"
            f" UNION ALL SELECT c.article, {carrier} FROM carriers c WHERE c.article {among}"
            " AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.article = c.article)"
            " UNION ALL SELECT s.story, a.id, a.outlet, a.url, a.published"
            f" FROM stories s JOIN articles a ON a.id = s.article WHERE s.story {among} ORDER BY 1, 5, 3, 4, 2",
            [*some, *some, *some],
        ):
            out[story].append(Copy(*copy))
    return out


def _listed(*row: Any, copies: Mapping[str, Sequence[Copy]]) -> ArticleRow:
    values = list(row)
    mine = Copy(values[0], *values[3:6])
    values[5] = storerows.day(values[5])
    others = copies.get(values[-1] or values[0], ())
    values.append(tuple(other for other in others if other != mine))
    return ArticleRow(*values)


def copies(select: Select, article_id: str) -> tuple[Copy, ...]:
    """Who else carries the story of the article with this (whole) id, earliest first."""
    ids = [row[0] for row in select(_OF_STORY, [article_id])] or [article_id]
    found: list[Any] = []
    for at in range(0, len(ids), _BATCH):
        some = ids[at : at + _BATCH]
        marks = ",".join("?" * len(some))
        found += select(
            f"SELECT id, outlet, url, published FROM articles WHERE id IN ({marks}) AND id <> ?"
            " UNION ALL SELECT article, nullif(outlet, ''), nullif(url, ''), nullif(published, '') FROM carriers"
            f" WHERE article IN ({marks})",
            [*some, article_id, *some],
        )
    return tuple(sorted((Copy(*row) for row in found), key=lambda c: (c.published or "", c.outlet or "", c.url or "")))
