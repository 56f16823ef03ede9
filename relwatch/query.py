"""Questions to the store: the events of a pair of parties, filtered and in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from relwatch.eventjson import event_to_json
from relwatch.records import Article, Basis, Event
from relwatch.store import Store

Direction = Literal["to", "from", "mutual"]


@dataclass(frozen=True)
class Filters:
    """What to keep; an empty field keeps everything. Fields AND together, the items of one field OR.

    ``since`` and ``until`` are inclusive and keep an event whose dates overlap them. ``tones`` are
    labels (hostile ... warm). ``leader`` is a person's name, whole or in part, in any case and with
    or without accents, found among actors, recipients and the speaker. ``limit`` counts rows in
    the order asked for: oldest first, newest first with ``reverse``.
    """

    since: date | None = None
    until: date | None = None
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    leader: str | None = None
    statuses: tuple[str, ...] = ()
    limit: int | None = None
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An event with what is shown of its article.

    ``day`` is the day it sorts by: the event's first day, or the article's publication when the
    event is undated (``dated`` is False then), or None when neither is known. ``direction`` is
    seen from the party asked about: its act, the other's, or one of both.
    """

    event: Event
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    basis: Basis
    day: date | None
    direction: Direction

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


def pair(store: Store, a: str, b: str | None, filters: Filters | None = None) -> Iterator[Row]:
    """The events between ``a`` and ``b``, or of ``a`` with anyone when ``b`` is None, oldest first."""
    raise NotImplementedError


def row(store: Store, event_id: str) -> Row:
    """One event by its id or an unambiguous beginning of it. Raises UsageError."""
    raise NotImplementedError
