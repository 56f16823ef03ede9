"""The store: one SQLite file of articles and the events they report."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from relwatch.records import Article, Basis, Event


def article_digest(text: str) -> str:
    """The SHA-256 of an article's text, in hex: two articles with the same text are the same article."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a listing shows it: without its text, with the number of its events."""

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

    def to_json(self) -> dict[str, Any]:
        """The row as a plain object for ``json.dumps``."""
        raise NotImplementedError


class Store:
    """An open store."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Self:
        """Open the store at ``path``."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def add(self, article: Article, events: Sequence[Event]) -> bool:
        """Add an article with its events; False when its text is there already."""
        raise NotImplementedError

    def has(self, digest: str) -> bool:
        """Whether an article with this ``article_digest`` is there."""
        raise NotImplementedError

    def article(self, id_: str) -> Article:
        """The article of an id or an unambiguous beginning of it."""
        raise NotImplementedError

    def event(self, id_: str) -> Event:
        """The event of an id or an unambiguous beginning of it."""
        raise NotImplementedError

    def events_of(self, article_id: str) -> list[Event]:
        """An article's events."""
        raise NotImplementedError

    def articles(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        outlet: str | None = None,
        match: str | None = None,
        limit: int | None = None,
        reverse: bool = False,
    ) -> list[ArticleRow]:
        """The articles, oldest first."""
        raise NotImplementedError

    def remove(self, article_id: str) -> int:
        """Remove an article with its events; the number of events removed."""
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """How many articles, events and outlets the store holds."""
        raise NotImplementedError

    def last_published(self) -> date | None:
        """The latest publication date in the store."""
        raise NotImplementedError
