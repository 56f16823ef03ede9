"""Events in one piece, as a timeline reads them: the table ``timelines``, made from the others and never ahead of them.

An event's parts lie in five tables, each ordered by the event's id: to read the 20,000 events of a busy pair
takes 100,000 visits all over the file, many seconds where it is not in memory. Here each event of a pair lies in
one piece, in the order of its timeline. Triggers (migrations.py) drop a piece when what it was made from changes;
who reads one that is not there goes to the tables.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from relwatch.records import Event, Party, Span, Tone, dyads
from relwatch.storerows import date_span, iso, party

MANY = 15  # pairs of parties from which an event has no pieces: a summit of thirty would have 435
CHUNK = 500  # events made at once
Row = dict[str, Any]


def piece_rows(event: Event, dyad_rows: Sequence[Row]) -> list[Row]:
    """The rows of ``timelines`` for an event, of its rows of ``dyads``: one for each two parties."""
    pairs = [row for row in dyad_rows if row["a"] < row["b"]]
    if not pairs or len({frozenset(pair) for pair in dyads(event)}) >= MANY:
        return []
    piece = pack(event)
    return [{name: row[name] for name in ("a", "b", "day", "published", "event")} | {"piece": piece} for row in pairs]


def pack(event: Event) -> bytes:
    """An event without ``focus`` and ``trace``, which no timeline asks for."""
    fields = [
        event.article, event.type, event.mode, event.status, event.tone.score, iso(event.date.start),
        iso(event.date.end), event.date.precision, event.place, event.confidence, event.frame,
        [_party(p) for p in event.actor], [_party(p) for p in event.recipient],
        _party(event.speaker) if event.speaker else None, event.topics,
        [_span(s) for s in event.evidence], [_span(s) for s in event.tone.phrases],
    ]  # fmt: skip
    return zlib.compress(json.dumps(fields, separators=(",", ":")).encode())


def unpack(id_: str, piece: bytes) -> Event:
    """The event of a piece."""
    (
        article, type_, mode, status, tone, start, end, precision, place, confidence, frame,
        actor, recipient, speaker, topics, evidence, phrases,
    ) = json.loads(zlib.decompress(piece))  # fmt: skip
    return Event(
        id=id_,
        article=article,
        type=type_,
        mode=mode,
        status=status,
        actor=tuple([party(*p) for p in actor]),
        recipient=tuple([party(*p) for p in recipient]),
        speaker=party(*speaker) if speaker else None,
        topics=tuple(topics),
        tone=Tone(tone, tuple([Span(*s) for s in phrases])),
        date=date_span(start, end, precision),
        place=place,
        evidence=tuple([Span(*s) for s in evidence]),
        confidence=confidence,
        frame=frame,
    )


def fill(connection: sqlite3.Connection) -> None:
    """Make every piece that is not there."""
    from relwatch.store import Store  # here, not above: a store is brought up to date when it is opened

    store = Store(Path(), connection)
    missing = connection.execute(
        "SELECT event FROM dyads d WHERE a < b AND NOT EXISTS (SELECT 1 FROM timelines t WHERE t.a = d.a AND t.b = d.b"
        " AND t.day = d.day AND t.published = d.published AND t.event = d.event) ORDER BY a, b, day, published, event"
    ).fetchall()
    done: set[str] = set()
    for at in range(0, len(missing), CHUNK):
        ids = [id_ for (id_,) in missing[at : at + CHUNK] if id_ not in done]
        done.update(ids)
        for id_, event in store.events(ids).items():
            columns = ("a", "b", "day", "published", "event")
            found = connection.execute("SELECT a, b, day, published, event FROM dyads WHERE event = ?", [id_])
            rows = piece_rows(event, [dict(zip(columns, row, strict=True)) for row in found])
            connection.executemany(
                "INSERT OR IGNORE INTO timelines VALUES (:a, :b, :day, :published, :event, :piece)", rows
            )


def _party(one: Party) -> list[str | None]:
    return [one.party, one.name, one.role]


def _span(one: Span) -> list[int | str]:
    return [one.start, one.end, one.text]
