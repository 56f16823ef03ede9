"""A pair's events as records ready to print: plain text in every field, no markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relwatch.query import Filters, Row
from relwatch.records import DateSpan
from relwatch.store import Store


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a timeline. Empty text where there is nothing to say; ``status`` is empty when actual."""

    date: str
    who: str
    what: str
    topics: tuple[str, ...]
    tone: str
    tone_words: tuple[str, ...]
    status: str
    speaker: str
    outlet: str
    title: str
    url: str
    id: str
    sentence: str


def date_text(span: DateSpan, published: date | None) -> str:
    """The date with its visible precision."""
    raise NotImplementedError


def timeline_row(row: Row, a: str, b: str | None) -> TimelineRow:
    """One row, ready to print."""
    raise NotImplementedError


def rows(store: Store, a: str, b: str | None, filters: Filters | None = None) -> list[TimelineRow]:
    """The timeline of ``a`` and ``b``."""
    raise NotImplementedError
