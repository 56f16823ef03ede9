"""What earlier runs have told: so that a later one tells only what is new. Kept in the store's ``meta``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from relwatch.shifts import Shift
from relwatch.store import Store
from relwatch.storefile import guard


def key_of(a: str, b: str, by: str, asked: Sequence[object]) -> str:
    """The name under which it is kept what was told of a pair: whichever side is named first, for these filters."""
    first, second = sorted((a, b))
    return json.dumps(["shifts", first, second, by, *asked], ensure_ascii=False, default=str)


def untold(store: Store, key: str, found: Iterable[Shift]) -> list[Shift]:
    """The shifts that no earlier run under this key told."""
    rows = store.select("SELECT value FROM meta WHERE key = ?", [key])
    told = set(json.loads(rows[0][0])) if rows else set()
    return [shift for shift in found if _name(shift) not in told]


def remember(store: Store, key: str, found: Iterable[Shift]) -> None:
    """Keep that these were told. The store must be open to write. Raises StoreError."""
    with guard(store.path):
        store.connection.execute("BEGIN IMMEDIATE")
        rows = store.connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchall()
        told = {*(json.loads(rows[0][0]) if rows else ()), *map(_name, found)}
        store.connection.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, json.dumps(sorted(told))],
        )
        store.connection.execute("COMMIT")


def _name(shift: Shift) -> str:
    """A shift as it is remembered: its period, what shifted and which way; sizes change as articles come in."""
    return f"{shift.period} {shift.what} {'up' if shift.after > shift.before else 'down'}"
