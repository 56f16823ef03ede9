"""Topics and tone of the folded events, read off all the sentences that tell of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from relwatch import tone, topics
from relwatch.records import Article, Event, Span

BEFORE, TOLD, AFTER = 2, 3, 4  # sentences around a talk that may say what it was about; AFTER: where they say so
LEAD = 6  # sentences; a talk that comes up later and is not of the day is told beside the story
STALE = timedelta(days=30)
REMARKS = 3  # sentences after a talk that may say how it went
REMARK = re.compile(
    r"""["“]?(?:(?:[\w-]+\s+(?:and\s+)?){1,3}[\w-]+[.!]["”]?$"""  # Quite productive.
    r"""|It was\b|(?:The|Our|This|These|Their|Today's)\s(?:\w+\s){0,3}"""
    r"""(?:talks?|meetings?|conversation|call|visit|discussions?|negotiations|atmosphere)\b(?:\s\w+){0,4}?\s(?:was|were|is|are)\b)"""
)


def label(events: Sequence[Event], article: Article, sentences: Sequence[Span]) -> list[Event]:
    """The events with their topics, and talks with the tone of all their sentences."""
    place = {s.start: i for i, s in enumerate(sentences)}
    out: list[Event] = []
    for event in events:
        found = _topics(event, article, sentences, place)
        if not found and event.type != "CONSULT":
            found = _topics_near(event, article, out)
        out.append(_toned(replace(event, topics=found), article, sentences, place))
    return out


def _ranges(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in spans]


def _parties(event: Event) -> list[str]:
    return [p.party for p in event.actor + event.recipient if p.party]


def _topics(event: Event, article: Article, sentences: Sequence[Span], place: dict[int, int]) -> tuple[str, ...]:
    """What the words of an event say it was about: of a position those of its own clause before all others."""
    at = place.get(event.evidence[0].start, 0)
    clause = [event.focus] if event.focus else []
    spans = clause + _ranges(event.evidence)
    context = _ranges(sentences[max(0, at - BEFORE) : at])

    def named(spans: list[tuple[int, int]], context: Sequence[tuple[int, int]] = ()) -> tuple[str, ...]:
        found = topics.label(
            article.text, spans, type=event.type, mode=event.mode, parties=_parties(event), context=context
        )
        return tuple(topic for topic, _ in found)

    if event.type != "CONSULT":
        return named(clause) or named(spans, context)
    spans += topics.telling(article.text, _ranges(sentences[at + 1 : at + 1 + AFTER]))
    context += _ranges(sentences[at + 1 : at + 1 + TOLD])
    return named(spans, () if at > LEAD and _beside(event, article) else context)


def _beside(event: Event, article: Article) -> bool:
    """Whether a talk is not the news: planned, undated, or long past."""
    old = article.published and event.date.end and event.date.end < article.published - STALE
    return event.status != "actual" or event.date.start is None or bool(old)


def _topics_near(event: Event, article: Article, earlier: Sequence[Event]) -> tuple[str, ...]:
    """What else the same two were told to be about, else what the title is: a position is never about nothing."""
    pair = set(_parties(event))
    for other in reversed(earlier):
        if other.topics and len(pair & set(_parties(other))) > 1:
            return other.topics
    title = article.title or ""
    found = topics.label(title, [(0, len(title))], type=event.type, mode=event.mode)
    return tuple(topic for topic, _ in found)


def _toned(event: Event, article: Article, sentences: Sequence[Span], place: dict[int, int]) -> Event:
    """A talk takes the tone that any of its sentences states of it, or a remark on it in the next ones."""
    if event.type != "CONSULT" or event.tone.score:
        return event
    at = place.get(event.evidence[0].start, 0)
    remarks = [s for s in sentences[at + 1 : at + 1 + REMARKS] if REMARK.match(s.text)]
    spans = _ranges(event.evidence) + _ranges(remarks if event.status == "actual" else [])
    return replace(event, tone=tone.stated(article.text, spans, type=event.type, mode=event.mode))
