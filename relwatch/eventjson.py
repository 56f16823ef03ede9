"""Events as JSON, exactly as event.schema.json (version 1) says, and back."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from relwatch import tables
from relwatch.records import Article, DateSpan, Event, Party, Span, Tone

VERSION = 1


@cache
def ontology() -> dict[tuple[str, str | None], tuple[str | None, str | None, float | None]]:
    """(type, mode) -> (PLOVER code, closest CAMEO code, conflict-cooperation score), from ontology.csv."""
    out: dict[tuple[str, str | None], tuple[str | None, str | None, float | None]] = {}
    for row in tables.rows("ontology.csv"):
        score = float(row["goldstein"]) if row["goldstein"] else None
        out[row["type"], row["mode"] or None] = (row["plover"] or None, row["cameo"] or None, score)
    return out


def goldstein(type_: str, mode: str | None) -> float | None:
    """PLOVER's conflict-cooperation score of an event type, -10 to 10; None for STATEMENT."""
    table = ontology()
    return table.get((type_, mode), table.get((type_, None), (None, None, None)))[2]


def _party(p: Party) -> dict[str, Any]:
    return {"party": p.party, "name": p.name, "role": p.role}


def _span(s: Span) -> dict[str, Any]:
    return {"start": s.start, "end": s.end, "text": s.text}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def event_to_json(event: Event, article: Article) -> dict[str, Any]:
    """An event as the schema's object, ready for ``json.dumps``."""
    table = ontology()
    plover, cameo, score = table.get((event.type, event.mode), table.get((event.type, None), (None, None, None)))
    return {
        "v": VERSION,
        "id": event.id,
        "article": {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "published": _iso(article.published),
            "published_basis": article.published_basis,
        },
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "actor": [_party(p) for p in event.actor],
        "recipient": [_party(p) for p in event.recipient],
        "speaker": _party(event.speaker) if event.speaker else None,
        "topics": list(event.topics),
        "tone": {
            "score": event.tone.score,
            "label": event.tone.label,
            "phrases": [_span(s) for s in event.tone.phrases],
        },
        "date": {
            "start": _iso(event.date.start),
            "end": _iso(event.date.end),
            "precision": event.date.precision,
        },
        "place": event.place,
        "evidence": [_span(s) for s in event.evidence],
        "confidence": event.confidence,
        "plover": plover,
        "cameo": cameo,
        "goldstein": score,
    }


def event_from_json(obj: dict[str, Any]) -> Event:
    """The event of an object that ``event_to_json`` made. Raises KeyError or ValueError on another."""

    def spans(items: list[dict[str, Any]]) -> tuple[Span, ...]:
        return tuple(Span(i["start"], i["end"], i["text"]) for i in items)

    def parties(items: list[dict[str, Any]]) -> tuple[Party, ...]:
        return tuple(Party(i["party"], i["name"], i["role"]) for i in items)

    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    when = obj["date"]
    return Event(
        id=obj["id"],
        article=obj["article"]["id"],
        type=obj["type"],
        mode=obj["mode"],
        status=obj["status"],
        actor=parties(obj["actor"]),
        recipient=parties(obj["recipient"]),
        speaker=parties([obj["speaker"]])[0] if obj["speaker"] else None,
        topics=tuple(obj["topics"]),
        tone=Tone(obj["tone"]["score"], spans(obj["tone"]["phrases"])),
        date=DateSpan(day(when["start"]), day(when["end"]), when["precision"]),
        place=obj["place"],
        evidence=spans(obj["evidence"]),
        confidence=obj["confidence"],
    )
