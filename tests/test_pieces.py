"""Events in one piece are the events of the tables, and follow every change of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch import migrations
from relwatch.pieces import pack, unpack
from relwatch.query import pair
from relwatch.records import Event, Party
from relwatch.store import Store

PIECES = "SELECT count(*) FROM timelines"


def full(id_: str = "e") -> tuple[Store | None, Event]:
    made = make_article(id="full", published="2020-05-01")
    return None, make_event(
        made, ("Putin/RUS/president",), ("Trump/USA", "FRA"), id=id_, tone=-2, speaker=Party(None, "An aide"),
        topics=("trade", "cyber"), place="Genève", when="2020-04", mode="yield", type="REQUEST",
    )  # fmt: skip


def test_a_piece_holds_an_event() -> None:
    _, event = full()
    assert unpack(event.id, pack(event)) == event


def fill(store: Store) -> None:
    made = make_article(id="full", published="2020-05-01")
    store.add(made, [full()[1], make_event(made, id="call")])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET tone = 1",
        "UPDATE event_parties SET name = 'X'",
        "UPDATE event_topics SET topic = 'energy'",
        "UPDATE evidence SET text = 'X'",
        "UPDATE dyads SET tone = 1",
        "INSERT INTO event_topics VALUES ('e', 2, 'energy')",
        "DELETE FROM evidence WHERE kind = 'tone'",
        "DELETE FROM event_parties WHERE side = 'speaker'",
        "DELETE FROM timelines",
    ],
)
def test_what_changes_is_read_as_it_is(tmp_path: Path, change: str) -> None:
    with Store.open(tmp_path / "s.db") as store:
        fill(store)
        assert store.select(PIECES) == [(3,)]  # RUS-USA of both, FRA-RUS of the one
        store.connection.execute(change)
        assert store.select(PIECES + " WHERE event = 'e'") == [(0,)]
        assert [row.event for row in pair(store, "RUS", "USA")] == [
            store.events([row.event.id])[row.event.id] for row in pair(store, "RUS", "USA")
        ]


def test_removing_an_article_takes_its_pieces_and_its_part_in_what_is_busy(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        fill(store)
        assert store.select("SELECT * FROM busy") == [("FRA", 1), ("RUS", 3), ("USA", 2)]
        store.remove("full")
        assert store.select(PIECES) == [(0,)]
        assert store.select("SELECT * FROM busy") == []


def test_a_summit_of_many_has_no_pieces_and_is_found(tmp_path: Path) -> None:
    many = ("RUS", "USA", "FRA", "DEU", "CHN", "GBR", "JPN")
    with Store.open(tmp_path / "s.db") as store:
        made = make_article()
        store.add(made, [make_event(made, many)])
        assert store.select(PIECES) == [(0,)]
        assert [len(row.event.actor) for row in pair(store, "RUS", "USA")] == [7]


def test_an_older_store_gets_its_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        fill(store)
        pieces = store.select("SELECT * FROM timelines")
        busy = store.select("SELECT * FROM busy")
    place = migrations.MIGRATIONS.index(migrations._TIMELINES)
    with sqlite3.connect(path) as connection:
        for kind, name in connection.execute(
            "SELECT type, name FROM sqlite_master WHERE name LIKE 'timelines_%' OR name LIKE 'busy_%'"
            " OR name = 'articles_heading'"
        ).fetchall():
            connection.execute(f"DROP {kind} {name}")
        connection.execute("DROP TABLE timelines")
        connection.execute("DROP TABLE busy")
        connection.execute(f"PRAGMA user_version = {place}")
    connection.close()
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[: place + 1])
    with Store.open(path, readonly=True) as store:
        assert store.select("SELECT * FROM timelines") == pieces
        assert store.select("SELECT * FROM busy") == busy
