"""The unresolved names of a store, by frequency: what ``relwatch unknown`` lists."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from relwatch.records import Reason
from relwatch.store import Store

REASONS: tuple[str, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name in the store that is no person of the tables, with one of its sentences.

    ``title``, ``party``, ``reason`` and ``among`` are those of the sentence shown: the latest in which the
    name has an office, else the latest. ``articles`` and ``mentions`` count all. ``start`` and ``end`` are
    offsets of the name (with its title) into the text of ``article``.
    """

    name: str
    title: str | None
    party: str | None
    reason: Reason
    among: tuple[str, ...]
    articles: int
    mentions: int
    first: str | None
    last: str | None
    article: str
    published: str | None
    outlet: str | None
    start: int
    end: int
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """The name as a JSON object; its fields are those of the class."""
        return {name: getattr(self, name) for name in self.__slots__} | {"among": list(self.among)}


@dataclass(frozen=True)
class Wanted:
    """Which names to list; None is all. Days are of publication, both included."""

    since: date | None = None
    until: date | None = None
    party: str | None = None
    reasons: tuple[str, ...] = ()
    limit: int | None = None


def unknown(store: Store, wanted: Wanted) -> list[Unknown]:
    """The names by how many articles have them, then by mentions, those with an office first, then by the alphabet."""
    where, values = ["1"], []
    for clause, value in (
        ("a.published >= ?", wanted.since),
        ("a.published <= ?", wanted.until),
        ("u.party = ?", wanted.party),
    ):
        if value is not None:
            where.append(clause)
            values.append(str(value))
    if wanted.reasons:
        where.append(f"u.reason IN ({','.join('?' * len(wanted.reasons))})")
        values += wanted.reasons
    told = f" WHERE {' AND '.join(where)}"
    # Not the articles' rows, which hold the texts; and for the ranking none at all, unless their days matter.
    articles = " JOIN articles a INDEXED BY articles_heading ON a.id = u.article"
    dated = articles if wanted.since or wanted.until else ""
    # Which names come first is told by figures alone; only theirs are the sentences that are read.
    sql = (
        "WITH ranked AS (SELECT folded, count(*) AS n, sum(mentions) AS m, min(u.title IS NULL) AS bare"
        f" FROM unresolved u NOT INDEXED{dated}{told} GROUP BY folded ORDER BY n DESC, m DESC, bare, folded LIMIT ?),"
        " seen AS (SELECT u.*, a.published, a.outlet, min(a.published) OVER same AS first,"
        " max(a.published) OVER same AS last, row_number() OVER"
        " (PARTITION BY folded ORDER BY u.title IS NULL, a.published DESC, u.article, u.position) AS nth"
        f" FROM unresolved u{articles}{told} AND folded IN (SELECT folded FROM ranked)"
        " WINDOW same AS (PARTITION BY folded))"
        " SELECT name, title, party, reason, among, n, m, first, last, article, published, outlet, start_char,"
        " end_char, sentence FROM ranked JOIN seen USING (folded) WHERE nth = 1 ORDER BY n DESC, m DESC, bare, folded"
    )
    rows = store.select(sql, [*values, -1 if wanted.limit is None else wanted.limit, *values])
    return [_unknown(*row) for row in rows]


def _unknown(name: str, title: str | None, party: str | None, reason: Reason, among: str, *rest: Any) -> Unknown:
    return Unknown(name, title, party, reason, tuple(json.loads(among)), *rest)
