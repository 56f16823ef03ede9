"""The store: one SQLite file of articles and the events they report (schema: migrations.py).

Reading uses sqlite3 alone; sqlite-utils, which takes 0.1 s to import, is imported when something
is written. Whatever SQLite says reaches the user as a StoreError of one line.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from relwatch import holdings, storefile, storerows
from relwatch.errors import RefusedError, UsageError
from relwatch.holdings import ArticleRow, Copy
from relwatch.records import Article, Coding, Event, Party, Span, Unresolved

if TYPE_CHECKING:
    from relwatch.recoding import Changes

CHUNK = 500  # ids in one query: every SQLite takes 999 parameters


def article_digest(text: str) -> str:
    """The SHA-256 of an article's text, in hex: two articles with the same text are the same article."""
    import hashlib  # here: it takes longer to load than the query of a timeline

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Store:
    """An open store. Use ``Store.open``, in a ``with``."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Self:
        """Open the store at ``path``; when writing, make it and its folder first if need be.

        Raises StoreError when there is none to read, when the file is something else, was made by
        a newer relwatch, or cannot be opened.
        """
        connection = storefile.open_to_read(path) if readonly else storefile.open_to_write(path)
        return cls(path, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Closing twice does no harm."""
        self.connection.close()

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a SELECT, as tuples. Raises StoreError."""
        with storefile.guard(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def _one(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first row of a SELECT, or None."""
        return next(iter(self.select(sql, parameters)), None)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection in a transaction: all or nothing, with the write lock from the start.

        Raises StoreError; what else is raised inside undoes the transaction and goes on its way.
        """
        with storefile.guard(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """As ``writing``, with a sqlite-utils Database."""
        from sqlite_utils import Database  # here, not above: readers must not pay for it

        with self.writing() as connection:
            yield Database(connection, execute_plugins=False)

    # Articles and their events, in and out

    def add(self, article: Article, events: Sequence[Event], unresolved: Sequence[Unresolved] = ()) -> bool:
        """Add an article with its events and unresolved names; False when its text is there already.

        A text that is there already may have a new carrier, whose heading it then bears if that one was first.
        Raises RefusedError when another text has the article's id, StoreError when the file cannot be written.
        """
        if strangers := [e.id for e in events if e.article != article.id]:
            raise ValueError(f"events of another article: {strangers}")
        from relwatch import duplicates

        digest = article_digest(article.text)
        new = duplicates.Carrier.of(article)
        with self.writing() as db:
            known = duplicates.carriers(db, digest)
            if known is None:
                self._insert(article, digest, events, unresolved)
                return True
            id_, carriers = known
            if duplicates.heads(carriers, new):
                files = self.select("SELECT file FROM file_articles JOIN articles ON n = article WHERE id = ?", [id_])
                duplicates.leave(db, id_)
                db.execute("DELETE FROM articles WHERE id = ?", [id_])
                number = self._insert(article, digest, events, unresolved)
                duplicates.carry(db, article.id, carriers, new)
                db.executemany("INSERT INTO file_articles VALUES (?, ?)", [(number, file) for (file,) in files])
            else:
                duplicates.carry(db, id_, [*carriers[1:], new], carriers[0])
        return False

    def _insert(self, article: Article, digest: str, events: Sequence[Event], unresolved: Sequence[Unresolved]) -> int:
        """The number of a new article, with all that belongs to it, inside a transaction."""
        from relwatch import duplicates

        if self._one("SELECT 1 FROM articles WHERE id = ?", [article.id]):
            raise RefusedError(
                f"{article.id}: another article in {self.path} has this id;"
                f" take it out first with: relwatch remove {article.id}"
            )
        added = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        storerows.insert(self.connection, "articles", [storerows.article_row(article, digest, added)])
        tables: dict[str, list[storerows.Row]] = defaultdict(list)
        for position, event in enumerate(events):
            for table, rows in storerows.event_rows(event, position, article.published).items():
                tables[table] += rows
        tables["unresolved"] = [storerows.unresolved_row(u, article.id, n) for n, u in enumerate(unresolved)]
        for table, rows in tables.items():
            storerows.insert(self.connection, table, rows)
        duplicates.enter(self.connection, article)
        return int(self._one("SELECT n FROM articles WHERE id = ?", [article.id])[0])

    def recode(self, article: Article, found: Coding, *, dry_run: bool = False) -> Changes | None:
        """Put what coding an article again found in the place of its events and names; None where it is gone.

        An event that is the same act keeps its id. Nothing is written with ``dry_run``, nor where nothing changed.
        """
        from relwatch import recoding

        with nullcontext() if dry_run else self._writing():
            there = "SELECT 1 FROM articles WHERE id = ? AND digest = ?"
            if self._one(there, [article.id, article_digest(article.text)]) is None:
                return None
            return recoding.apply(self.connection, article, found, self.events_of(article.id), dry_run)

    def settled(self, article: Article, *, record: bool = True) -> bool:
        """Whether the store has the article's text and does not want its events; ``record`` its carrier then.

        False for a new text, and for a carrier whose heading the text is to bear: ``add`` it then, with events.
        """
        from relwatch import duplicates

        digest, new = article_digest(article.text), duplicates.Carrier.of(article)
        known = duplicates.carriers(self.connection, digest)
        if known is None or duplicates.heads(known[1], new):
            return False
        if record and not any(new.within(old) for old in known[1]):
            with self.writing():
                if known := duplicates.carriers(self.connection, digest):  # removed meanwhile?
                    duplicates.carry(self.connection, known[0], [*known[1][1:], new], known[1][0])
        return True

    def has(self, digest: str) -> bool:
        """Whether an article with this ``article_digest`` is in the store."""
        return self._one("SELECT 1 FROM articles WHERE digest = ?", [digest]) is not None

    def _find(self, table: str, id_: str, noun: str, listing: str) -> str:
        """The one id in ``table`` that is ``id_`` or begins with it. Raises UsageError."""
        # A range, not LIKE: it uses the index and takes % and _ as they are.
        found = [
            row[0]
            for row in self.select(
                f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 4",
                [id_, id_ + "\U0010ffff"],
            )
        ]
        if id_ in found:
            return id_
        if not id_ or not found:
            raise UsageError(f"no {noun} has the id {id_!r}; see the ids with: {listing}")
        if len(found) > 1:
            some = ", ".join(found[:3]) + (", ..." if len(found) > 3 else "")
            raise UsageError(f"{id_!r} begins the ids of several {noun}s ({some}); give more of it")
        return str(found[0])

    def _article_id(self, id_: str) -> str:
        return self._find("articles", id_, "article", "relwatch articles")

    def article(self, id_: str) -> Article:
        """The article with this id, or whose id alone begins so. Raises UsageError for none or several."""
        row = self._one(f"SELECT {storerows.ARTICLE_COLUMNS} FROM articles WHERE id = ?", [self._article_id(id_)])
        return storerows.article_from(row)

    def articles_in(self, file: int) -> Iterator[Article]:
        """The articles that stood in the file of this number in the log, in the order they were added."""
        sql = "SELECT article FROM file_articles WHERE file = ? ORDER BY article"
        for (n,) in self.select(sql, [file]):
            yield storerows.article_from(
                self._one(f"SELECT {storerows.ARTICLE_COLUMNS} FROM articles WHERE n = ?", [n])
            )

    def event(self, id_: str) -> Event:
        """The event with this id, or whose id alone begins so. Raises UsageError for none or several."""
        full = self._find("events", id_, "event", "relwatch timeline COUNTRY COUNTRY")
        return self.events([full])[full]

    def events_of(self, article_id: str) -> list[Event]:
        """The events of the article with this id (whole), in the order they were added."""
        ids = [row[0] for row in self.select("SELECT id FROM events WHERE article = ? ORDER BY position", [article_id])]
        found = self.events(ids)
        return [found[id_] for id_ in ids]

    def events(self, ids: Sequence[str]) -> dict[str, Event]:
        """The events of these (whole) ids, by id; ids that are not there are left out."""
        out: dict[str, Event] = {}
        for at in range(0, len(ids), CHUNK):
            out |= self._events(list(ids[at : at + CHUNK]))
        return out

    def _events(self, ids: list[str]) -> dict[str, Event]:
        among = f"IN ({','.join('?' * len(ids))})"
        parties: dict[str, dict[str, list[Party]]] = {id_: {} for id_ in ids}
        for event, side, *party in self.select(
            "SELECT event, side, party, name, role FROM event_parties"
            f" WHERE event {among} ORDER BY event, side, position",
            ids,
        ):
            parties[event].setdefault(side, []).append(storerows.party(*party))
        spans: dict[str, dict[str, list[Span]]] = {id_: {} for id_ in ids}
        for event, kind, start, end, text in self.select(
            "SELECT event, kind, start_char, end_char, text FROM evidence"
            f" WHERE event {among} ORDER BY event, kind, position",
            ids,
        ):
            spans[event].setdefault(kind, []).append(Span(start, end, text))
        topics: dict[str, list[str]] = {id_: [] for id_ in ids}
        for event, topic in self.select(
            f"SELECT event, topic FROM event_topics WHERE event {among} ORDER BY event, position", ids
        ):
            topics[event].append(topic)
        rows = self.select(f"SELECT {storerows.EVENT_COLUMNS} FROM events WHERE id {among}", ids)
        return {row[0]: storerows.event_from(row, parties[row[0]], topics[row[0]], spans[row[0]]) for row in rows}

    # Listings and figures

    def articles(self, **wanted: Any) -> list[ArticleRow]:
        """Articles by day of publication; ``wanted`` as for ``holdings.articles``."""
        return holdings.articles(self.select, **wanted)

    def copies(self, article_id: str) -> tuple[Copy, ...]:
        """Who else carries the story of the article with this (whole) id, earliest first."""
        return holdings.copies(self.select, article_id)

    def carried(self, article: Article) -> tuple[Copy, ...]:
        """Who carries an article's text or its story, earliest first, beside the carrier that it names itself."""
        row = self._one(
            "SELECT id, outlet, url, published FROM articles WHERE digest = ?", [article_digest(article.text)]
        )
        if row is None:
            return ()
        itself = (article.outlet, article.url, storerows.iso(article.published))
        return tuple(copy for copy in (Copy(*row), *self.copies(row[0])) if copy[1:] != itself)

    def remove(self, article_id: str) -> int:
        """Remove the article with this id (or the one whose id begins so) and its events; how many events.

        Raises UsageError for none or several, StoreError when the file cannot be written.
        """
        from relwatch import duplicates

        full = self._article_id(article_id)
        with self._writing() as db:
            events = int(self._one("SELECT count(*) FROM events WHERE article = ?", [full])[0])
            duplicates.leave(self.connection, full)
            # The files that it stood in are forgotten, so that they bring it back if they are added again.
            db["files"].delete_where(
                "n IN (SELECT file FROM file_articles JOIN articles ON n = article WHERE id = ?)", [full]
            )
            db["articles"].delete_where("id = ?", [full])
        return events

    def counts(self) -> dict[str, int]:
        """How many ``articles``, ``events`` and ``outlets`` the store holds."""
        row = self._one(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM events),"
            " (SELECT count(DISTINCT outlet) FROM articles)"
        )
        return dict(zip(("articles", "events", "outlets"), row, strict=True))

    def last_published(self) -> date | None:
        """The latest day of publication in the store."""
        return storerows.day(self._one("SELECT max(published) FROM articles")[0])
