"""Topics and tone of the folded events, read off all the sentences that tell of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relwatch import tone, topics
from relwatch.records import Article, Event, Span

BEFORE, AFTER = 2, 4  # sentences around an event that may tell what a talk was about


def label(events: Sequence[Event], article: Article, sentences: Sequence[Span]) -> list[Event]:
    """The events with their topics, and talks with the tone of all their sentences."""
    place = {s.start: i for i, s in enumerate(sentences)}
    return [_toned(_topical(e, article, sentences, place), article) for e in events]


def _ranges(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in spans]


def _topical(event: Event, article: Article, sentences: Sequence[Span], place: dict[int, int]) -> Event:
    at = place.get(event.evidence[0].start, 0)
    talk = event.type == "CONSULT"
    spans = _ranges(event.evidence)
    if talk:
        spans += topics.telling(article.text, _ranges(sentences[at + 1 : at + 1 + AFTER]))
    context = _ranges(sentences[max(0, at - BEFORE) : at])
    if talk:
        context += _ranges(sentences[at + 1 : at + 1 + BEFORE])
    parties = [p.party for p in event.actor + event.recipient if p.party]
    clause = [event.focus] if event.focus else []
    found = topics.label(
        article.text, clause + spans, type=event.type, mode=event.mode, parties=parties, context=context
    )
    return replace(event, topics=tuple(topic for topic, _ in found))


def _toned(event: Event, article: Article) -> Event:
    """A talk takes the tone that any of its sentences states of it."""
    if event.type != "CONSULT" or event.tone.score:
        return event
    stated = tone.stated(article.text, _ranges(event.evidence), type=event.type, mode=event.mode)
    return replace(event, tone=stated)
