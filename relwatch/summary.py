"""What a pair's events add up to: contacts, topics, tone each way, cooperation over time, and their basis."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from relwatch.query import Filters
from relwatch.store import Store

Period = Literal["month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: ``mean`` is None where ``n`` is 0."""

    period: str
    mean: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Side:
    """The tone of one side towards the other: ``counts`` by tone label, ``mean`` -2 to 2 over ``n`` events."""

    counts: dict[str, int]
    n: int
    mean: float | None
    series: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """One reported contact. ``date`` is as the timeline shows it."""

    date: str
    who: str
    mode: str | None
    outlet: str | None
    event: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A statement with the sentence that shows it. ``tone`` is -2 to 2."""

    tone: int
    label: str
    words: tuple[str, ...]
    who: str
    speaker: str
    date: str
    outlet: str | None
    event: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Channel:
    """Reports of contacts by one channel (``mode``; "unspecified" when not said), on how many distinct days."""

    mode: str
    reports: int
    days: int


@dataclass(frozen=True, slots=True)
class Leaders:
    """Reports of contacts between two named persons, one of each side."""

    a: str
    b: str
    reports: int
    days: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What the summary rests on. ``first`` and ``last`` are the days of its earliest and latest event."""

    articles: int
    events: int
    outlets: dict[str, int]
    first: date | None
    last: date | None
    undated: int
    statuses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """A pair in figures. ``notes`` say in sentences how the figures were counted."""

    a: str
    b: str
    by: Period
    contacts: int
    channels: tuple[Channel, ...]
    leaders: tuple[Leaders, ...]
    last_contact: Contact | None
    next_contact: Contact | None
    topics: dict[str, int]
    a_to_b: Side
    b_to_a: Side
    joint: Side
    score_mean: float | None
    score_n: int
    score: tuple[Point, ...]
    most_positive: Quotation | None
    most_negative: Quotation | None
    basis: Basis
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The summary as plain objects for ``json.dumps``: dates in ISO form."""
        out = asdict(self)
        for key in ("first", "last"):
            day = out["basis"][key]
            out["basis"][key] = day.isoformat() if day else None
        return out


def summarise(
    store: Store,
    a: str,
    b: str,
    filters: Filters | None = None,
    by: Period | None = None,
    today: date | None = None,
) -> Summary:
    """The summary of the pair ``a``, ``b``."""
    raise NotImplementedError
