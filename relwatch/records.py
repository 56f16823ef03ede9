"""The records that flow through relwatch: plain, frozen, and all of them at once.

Offsets are character offsets into ``Article.text``; for every span of an article
``article.text[span.start:span.end] == span.text`` holds. ``None`` always means "the text
does not say", never a default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["actual", "planned", "hypothetical", "negated"]
Precision = Literal["day", "month", "year", "unknown"]
Reason = Literal["untabled", "no_country", "ambiguous", "out_of_office", "unknown"]
Basis = Literal["given", "metadata", "dateline", "inferred", "url", "file", "unknown"]

TONE_LABELS = {-2: "hostile", -1: "critical", 0: "neutral", 1: "constructive", 2: "warm"}
STATUSES: tuple[Status, ...] = ("actual", "planned", "hypothetical", "negated")
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT",
)  # fmt: skip
TOPICS = (
    "relations", "conflict", "defence", "arms_control", "territory", "terrorism", "cyber",
    "intelligence", "sanctions", "trade", "economy", "energy", "climate", "health", "migration",
    "humanitarian", "human_rights", "democracy", "justice", "crime", "technology", "media",
    "transport", "culture", "institutions", "history",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read.

    ``published`` is the day of publication, ``published_basis`` says how it is known, and
    ``published_why`` explains an inferred one in a sentence for the user. ``furniture`` are the
    spans of ``text`` that are not prose (captions, bylines, datelines, site menus): no event is
    coded from them. ``headline`` is the title where it stands in the text itself. ``author`` is who
    wrote it, as the source says: several names are parted by commas.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    published_basis: Basis = "unknown"
    published_why: str | None = None
    place: str | None = None
    headline: Span | None = None
    furniture: tuple[Span, ...] = ()
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A country (ISO 3166-1 alpha-3) or organisation id, with the person or office that acts for it.

    ``party`` is None only for a speaker who belongs to no party. ``name`` and ``role`` are as the
    article writes them.
    """

    party: str | None
    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name in an article that could not be made a person of the tables.

    ``start`` and ``end`` are offsets of its first mention (with its title) into the article's text,
    ``sentence`` holds it. ``title`` and ``party`` are those that the text gives. ``reason``: "untabled"
    (the text says whose official it is, and no table has him), "no_country" (an office, but whose?),
    "ambiguous" (several people in office have the name), "out_of_office" (people of that name held no
    office on the day) or "unknown". ``among`` are the people it could be.
    """

    name: str
    start: int
    end: int
    title: str | None
    party: str | None
    reason: Reason
    among: tuple[str, ...]
    sentence: Span
    mentions: int = 1


@dataclass(frozen=True, slots=True)
class Coding:
    """What the coding of an article gives: its events, in order of the text, and its unresolved names."""

    events: tuple[Event, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


@dataclass(frozen=True, slots=True)
class DateSpan:
    """When something happened: ``start`` to ``end``, both included, as exact as ``precision`` says."""

    start: date | None = None
    end: date | None = None
    precision: Precision = "unknown"


@dataclass(frozen=True, slots=True)
class TimeExpr:
    """A temporal expression in a text ("on Tuesday", "last month") and what it resolves to."""

    start: int
    end: int
    text: str
    date: DateSpan


@dataclass(frozen=True, slots=True)
class Tone:
    """Stated tone, -2 to 2, with the words that state it (none when it is 0)."""

    score: int = 0
    phrases: tuple[Span, ...] = ()

    @property
    def label(self) -> str:
        """hostile, critical, neutral, constructive or warm."""
        return TONE_LABELS[self.score]


@dataclass(frozen=True, slots=True)
class Event:
    """One interaction or expressed position, as one article reports it (see CODEBOOK.md).

    A mutual act lists all parties under ``actor`` and leaves ``recipient`` empty. ``evidence``
    holds the sentences that say so, the best one first. ``confidence`` is 0 to 1. ``frame`` is
    the id of the row in ``data/frames.csv`` (or the rule) that made the event, ``focus`` the range of
    the clause that states it, and ``trace`` the steps that led to it, for ``relwatch why``; the JSON
    of an event leaves these three out.
    """

    id: str
    article: str
    type: str
    mode: str | None
    status: Status
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    speaker: Party | None
    topics: tuple[str, ...]
    tone: Tone
    date: DateSpan
    place: str | None
    evidence: tuple[Span, ...]
    confidence: float
    frame: str = ""
    focus: tuple[int, int] | None = None
    trace: tuple[str, ...] = ()


def dyads(event: Event) -> tuple[tuple[str, str], ...]:
    """The ordered pairs of parties an event is about.

    All ordered pairs among the actors of a mutual event, actor x recipient of a directed one;
    never a party with itself. In order of mention, without repetition.
    """
    actors = list(dict.fromkeys(p.party for p in event.actor if p.party))
    others = list(dict.fromkeys(p.party for p in event.recipient if p.party)) or actors
    return tuple((a, b) for a in actors for b in others if a != b)
