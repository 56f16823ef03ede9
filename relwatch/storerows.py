"""Records as rows of the store's tables, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from relwatch.records import Article, DateSpan, Event, Party, Precision, Span, Tone, Unresolved, dyads

Row = dict[str, Any]

ARTICLE_COLUMNS = (
    "id, title, outlet, url, published, published_basis, published_why, place, headline, furniture, text, author"
)
EVENT_COLUMNS = (
    "id, article, type, mode, status, tone, date_start, date_end, date_precision, place, confidence, frame, trace"
)


def iso(day: date | None) -> str | None:
    """A date as the store writes it."""
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    """A date the store wrote; None for NULL and ''."""
    return date.fromisoformat(text) if text else None


# Few parties, dates and traces make up many events: each is made once, and shared, being frozen.
party = lru_cache(4096)(Party)


@lru_cache(4096)
def date_span(start: str | None, end: str | None, precision: Precision) -> DateSpan:
    """A date of the days that the store wrote."""
    return DateSpan(day(start), day(end), precision)


@lru_cache(4096)
def _trace(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows of one table, which have the same columns: sqlite-utils takes twice as long over an article."""
    if rows:
        connection.executemany(_insertion(table, tuple(rows[0])), rows)


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{column}' for column in columns)})"


def article_row(article: Article, digest: str, added: str) -> Row:
    """The row of ``articles``. Spans are kept as offsets: the text is at hand."""
    return {
        "id": article.id,
        "digest": digest,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": iso(article.published),
        "published_basis": article.published_basis,
        "published_why": article.published_why,
        "place": article.place,
        "added": added,
        "headline": json.dumps([article.headline.start, article.headline.end]) if article.headline else None,
        "furniture": json.dumps([[s.start, s.end] for s in article.furniture]),
        "text": article.text,
        "author": article.author,
    }


def article_from(row: Sequence[Any]) -> Article:
    """The article of a row of ARTICLE_COLUMNS."""
    id_, title, outlet, url, published, basis, why, place, headline, furniture, text, author = row

    def span(ends: list[int]) -> Span:
        return Span(ends[0], ends[1], text[ends[0] : ends[1]])

    return Article(
        id=id_,
        text=text,
        title=title,
        outlet=outlet,
        url=url,
        published=day(published),
        published_basis=basis,
        published_why=why,
        place=place,
        headline=span(json.loads(headline)) if headline else None,
        furniture=tuple(span(ends) for ends in json.loads(furniture)),
        author=author,
    )


def event_rows(event: Event, position: int, published: date | None) -> dict[str, list[Row]]:
    """Every table's rows for an event, parents before children."""
    from relwatch.pieces import piece_rows  # here, not above: it reads and writes with this module's functions

    between = dyad_rows(event, published)
    return {
        "events": [_event_row(event, position)],
        "event_parties": [
            {
                "event": event.id,
                "side": side,
                "position": n,
                "party": p.party,
                "name": p.name,
                "role": p.role,
            }
            for side, parties in (
                ("actor", event.actor),
                ("recipient", event.recipient),
                ("speaker", (event.speaker,) if event.speaker else ()),
            )
            for n, p in enumerate(parties)
        ],
        "event_topics": [{"event": event.id, "position": n, "topic": topic} for n, topic in enumerate(event.topics)],
        "evidence": [
            {
                "event": event.id,
                "kind": kind,
                "position": n,
                "start_char": s.start,
                "end_char": s.end,
                "text": s.text,
            }
            for kind, spans in (("sentence", event.evidence), ("tone", event.tone.phrases))
            for n, s in enumerate(spans)
        ],
        "dyads": between,
        "timelines": piece_rows(event, between),
    }


def _event_row(event: Event, position: int) -> Row:
    return {
        "id": event.id,
        "article": event.article,
        "position": position,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "tone": event.tone.score,
        "date_start": iso(event.date.start),
        "date_end": iso(event.date.end),
        "date_precision": event.date.precision,
        "place": event.place,
        "confidence": event.confidence,
        "frame": event.frame,
        "trace": json.dumps(event.trace, ensure_ascii=False),
    }


def dyad_rows(event: Event, published: date | None) -> list[Row]:
    """The rows of ``dyads``: each pair both ways round, so that either country's timeline is one range."""
    pairs = set(dyads(event))
    start = event.date.start or event.date.end
    first = start or published
    last = event.date.end or first
    both_ways = sorted(pairs | {(b, a) for a, b in pairs})
    return [
        {
            "a": a,
            "b": b,
            "day": iso(first) or "",
            "published": iso(published) or "",
            "event": event.id,
            "last": iso(last) or "",
            "dated": int(start is not None),
            "direction": "mutual" if (a, b) in pairs and (b, a) in pairs else "to" if (a, b) in pairs else "from",
            "type": event.type,
            "status": event.status,
            "tone": event.tone.score,
        }
        for a, b in both_ways
    ]


def unresolved_row(one: Unresolved, article: str, position: int) -> Row:
    """The row of ``unresolved`` for a name of an article."""
    from relwatch.names import fold  # here, not above: readers of the store need no names

    return {
        "article": article,
        "position": position,
        "name": one.name,
        "folded": fold(one.name),
        "title": one.title,
        "party": one.party,
        "reason": one.reason,
        "among": json.dumps(one.among, ensure_ascii=False),
        "mentions": one.mentions,
        "start_char": one.start,
        "end_char": one.end,
        "sentence_start": one.sentence.start,
        "sentence": one.sentence.text,
    }


def event_from(
    row: Sequence[Any],
    parties: Mapping[str, Sequence[Party]],
    topics: Iterable[str],
    spans: Mapping[str, Sequence[Span]],
) -> Event:
    """The event of a row of EVENT_COLUMNS; ``parties`` by side and ``spans`` by kind, in order."""
    id_, article, type_, mode, status, tone, start, end, precision, place, confidence, frame, trace = row
    speaker = parties.get("speaker")
    return Event(
        id=id_,
        article=article,
        type=type_,
        mode=mode,
        status=status,
        actor=tuple(parties.get("actor", ())),
        recipient=tuple(parties.get("recipient", ())),
        speaker=speaker[0] if speaker else None,
        topics=tuple(topics),
        tone=Tone(tone, tuple(spans.get("tone", ()))),
        date=date_span(start, end, precision),
        place=place,
        evidence=tuple(spans.get("sentence", ())),
        confidence=confidence,
        frame=frame,
        trace=_trace(trace),
    )
