"""What coding an article again changes: which events stay, which are others now, which come and go.

An event keeps its id where one of the new ones is the same act: one of the same id, else one of the same type
and parties that the same sentence says.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from relwatch import storerows
from relwatch.records import Article, Coding, Event

# The fields of an event in whose change a reader is interested, under their names in its JSON.
SHOWN = (
    "type", "mode", "status", "actor", "recipient", "speaker", "topics", "tone", "date", "place", "evidence",
    "confidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """An event that is told differently now: the stored one, the new one (of the same id), what differs."""

    old: Event
    new: Event
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the events of one article; ``events`` are all of now, in the order of the text.

    ``names`` says whether the unresolved names of the article are others than before.
    """

    article: Article
    events: tuple[Event, ...]
    kept: tuple[Event, ...]
    added: tuple[Event, ...]
    removed: tuple[Event, ...]
    changed: tuple[Changed, ...]
    names: bool = False

    def __bool__(self) -> bool:
        """Whether any event was added, removed or changed."""
        return bool(self.added or self.removed or self.changed)


def compare(article: Article, old: Sequence[Event], new: Sequence[Event]) -> Changes:
    """What distinguishes the new events of an article from those that were stored."""
    partners: dict[str, Event] = {}  # id of a new event -> the old one that it is
    for key in (_by_id, _by_substance, _by_act):
        left = [e for e in old if e not in partners.values()]
        for event in new:
            if event.id not in partners:
                match = next((o for o in left if key(o) == key(event)), None)
                if match is not None:
                    partners[event.id] = match
                    left.remove(match)
    now = tuple(replace(e, id=partners[e.id].id) if e.id in partners else e for e in new)
    pairs = [(partners[before.id], event) for before, event in zip(new, now, strict=True) if before.id in partners]
    changed = tuple(Changed(o, e, fields) for o, e in pairs if (fields := _differences(o, e)))
    same = {c.new.id for c in changed}
    known = {o.id for o, _ in pairs}
    return Changes(
        article,
        events=now,
        kept=tuple(e for _, e in pairs if e.id not in same),
        added=tuple(e for e in now if e.id not in known),
        removed=tuple(o for o in old if o.id not in known),
        changed=changed,
    )


def _by_id(event: Event) -> Hashable:
    return event.id


def _by_substance(event: Event) -> Hashable:
    return event.mode, event.status, _by_act(event)


def _by_act(event: Event) -> Hashable:
    sides = tuple(frozenset(p.party for p in side) for side in (event.actor, event.recipient))
    return event.type, sides, event.evidence[0].start


def _differences(old: Event, new: Event) -> tuple[str, ...]:
    return tuple(name for name in SHOWN if getattr(old, name) != getattr(new, name))


# -- into the store ------------------------------------------------------------------------------


def apply(
    connection: sqlite3.Connection, article: Article, found: Coding, old: Sequence[Event], dry_run: bool = False
) -> Changes:
    """Make the stored article what ``found`` says, unless ``dry_run``. In the caller's transaction.

    ``old`` are its events in the store.
    """
    changes = compare(article, old, found.events)
    names = [storerows.unresolved_row(u, article.id, n) for n, u in enumerate(found.unresolved)]
    changes = replace(changes, names=names != _names(connection, article.id))
    if dry_run:
        return changes
    if changes.names:
        connection.execute("DELETE FROM unresolved WHERE article = ?", [article.id])
        _insert(connection, "unresolved", names)
    if list(changes.events) != list(old):
        _events(connection, changes)
    return changes


def _names(connection: sqlite3.Connection, article: str) -> list[storerows.Row]:
    cursor = connection.execute("SELECT * FROM unresolved WHERE article = ? ORDER BY position", [article])
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def _events(connection: sqlite3.Connection, changes: Changes) -> None:
    """The rows of an article's events: those of an event that stays are written anew, but not its corrections."""
    connection.executemany("DELETE FROM events WHERE id = ?", [[e.id] for e in changes.removed])
    fresh = {e.id for e in changes.added}
    for position, event in enumerate(changes.events):
        rows = storerows.event_rows(event, position, changes.article.published)
        (row,) = rows.pop("events")
        if event.id in fresh:
            _insert(connection, "events", [row])
        else:
            columns = ", ".join(f"{name} = :{name}" for name in row)
            connection.execute(f"UPDATE events SET {columns} WHERE id = :id", row)
            for table in rows.keys() - {"timelines"}:  # which follows its dyads
                connection.execute(f"DELETE FROM {table} WHERE event = ?", [event.id])
        for table, some in rows.items():
            _insert(connection, table, some)


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[storerows.Row]) -> None:
    if rows:
        names = ", ".join(rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", rows)
