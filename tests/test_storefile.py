"""The store's file: each trouble with it is one clear line, it is brought up to date, other tools read it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import everything, make_article, make_event

from relwatch import migrations, storefile
from relwatch.errors import StoreError
from relwatch.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def one_line(path: Path, *, readonly: bool) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path, readonly=readonly)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_no_store_to_read(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    said = f"no store at {path} yet; add articles with: relwatch add ARTICLE"
    assert one_line(path, readonly=True) == said
    assert not path.exists()
    path.touch()
    assert one_line(path, readonly=True) == said
    assert path.stat().st_size == 0


@pytest.mark.parametrize("readonly", [True, False])
def test_files_that_are_no_store(tmp_path: Path, readonly: bool) -> None:
    assert "is a folder" in one_line(tmp_path, readonly=readonly)
    text = tmp_path / "text.db"
    text.write_text("This is no database at all. " * 99)
    assert "not a relwatch store" in one_line(text, readonly=readonly)
    assert text.read_text().startswith("This is no")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    before = other.read_bytes()
    assert "not a relwatch store" in one_line(other, readonly=readonly)
    assert other.read_bytes() == before


@pytest.mark.parametrize("readonly", [True, False])
def test_a_store_of_a_newer_relwatch(tmp_path: Path, readonly: bool) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        store.connection.execute("PRAGMA user_version = 99")
    said = one_line(path, readonly=readonly)
    assert "newer relwatch" in said
    assert "99" in said
    assert "upgrade" in said


def test_a_damaged_store(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        store.add(make_article("x" * 9000), [])
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x07" * (len(content) - 4096)
    path.write_bytes(content)
    assert "damaged; restore a copy" in one_line(path, readonly=True)


def test_a_store_in_use_is_waited_for_and_then_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storefile, "BUSY_SECONDS", 0.05)
    path = tmp_path / "s.db"
    with Store.open(path) as one, Store.open(path) as other:
        one.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another program"):
            other.add(make_article(), [])
        with Store.open(path, readonly=True) as reader:  # WAL: readers go on
            assert reader.counts()["articles"] == 0
        one.connection.execute("ROLLBACK")
        assert other.add(make_article(), [])


def test_several_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    troubles: list[Exception] = []

    def write() -> None:
        try:
            with Store.open(path) as store:
                for _ in range(10):
                    article = make_article()
                    store.add(article, [make_event(article)])
        except Exception as error:
            troubles.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles
    with Store.open(path, readonly=True) as store:
        assert store.counts()["events"] == 40


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    Store.open(tmp_path / "s.db").close()
    with (
        Store.open(tmp_path / "s.db", readonly=True) as store,
        pytest.raises(StoreError, match="cannot be written"),
    ):
        store.add(make_article(), [])


AS_NOBODY = """
import os, sys
from pathlib import Path
import sqlite_utils  # now, for the interpreter may stand where nobody may read
from relwatch.store import Store
from relwatch.errors import StoreError
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
path = Path(sys.argv[1])
with Store.open(path, readonly=True) as store:
    print(store.counts()["articles"])
for target in (path, path.with_name("new.db"), path.parent / "deeper" / "new.db"):
    try:
        with Store.open(target) as store:
            store.remove("a")
    except StoreError as error:
        print(error)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    # Under /tmp, for pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "s.db") as store:
            store.add(make_article(id="a"), [])
        (folder / "s.db").chmod(0o444)
        folder.chmod(0o555)
        try:
            run = subprocess.run(
                [sys.executable, "-c", AS_NOBODY, str(folder / "s.db")],
                capture_output=True,
                text=True,
                cwd=Path(__file__).parent.parent,
            )
        finally:
            folder.chmod(0o755)
    assert run.stderr == ""
    count, readonly, new, deeper = run.stdout.splitlines()
    assert count == "1"
    assert "cannot be written" in readonly
    assert "cannot be opened" in new
    assert "cannot make this folder" in deeper


def test_reading_leaves_no_files_behind(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        store.add(make_article(), [])
    with Store.open(tmp_path / "s.db", readonly=True) as store:
        store.counts()
    assert [p.name for p in tmp_path.iterdir()] == ["s.db"]


def test_reading_imports_no_sqlite_utils(tmp_path: Path) -> None:
    path = tmp_path / "a space?#%.db"
    Store.open(path).close()
    code = (
        "import sys; from pathlib import Path\n"
        "from relwatch import timeline; from relwatch.store import Store\n"
        "with Store.open(Path(sys.argv[1]), readonly=True) as store:\n"
        "    timeline.rows(store, 'RUS', 'USA'); store.articles(); store.counts()\n"
        "assert not {'sqlite_utils', 'spacy', 'typer', 'rich'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, cwd=Path(__file__).parent.parent)


# Migrations and other tools


@pytest.mark.parametrize("readonly", [True, False])
def test_an_older_store_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readonly: bool) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        store.add(make_article(id="kept"), [])
    later = "CREATE TABLE later (x);\nINSERT INTO later VALUES ('a;b');\n"
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, later])
    with Store.open(path, readonly=readonly) as store:
        assert list(store.select("SELECT x FROM later")) == [("a;b",)]
        assert store.article("kept")
        assert migrations.version(store.connection) == len(migrations.MIGRATIONS)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        before = everything(store)
    bad = "CREATE TABLE later (x);\nINSERT INTO nowhere VALUES (1);\n"
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, bad])
    assert "nowhere" in one_line(path, readonly=False)
    monkeypatch.undo()
    with Store.open(path) as store:
        assert everything(store) == before


def test_sqlite_utils_sees_keys_and_full_text(store: Store) -> None:
    from sqlite_utils import Database

    store.add(make_article("Talks on grain"), [])
    db = Database(store.connection)
    assert db["articles"].detect_fts() == "articles_fts"
    assert [row["id"] for row in db["articles"].search("grain")]
    for table in ("event_parties", "event_topics", "evidence", "dyads", "corrections"):
        assert [(k.column, k.other_table) for k in db[table].foreign_keys] == [("event", "events")]
    assert [(k.column, k.other_table) for k in db["events"].foreign_keys] == [("article", "articles")]
    assert list(db.query("PRAGMA foreign_key_check")) == []
    assert db["meta"].get("created")


def test_full_text_survives_vacuum(store: Store) -> None:
    for id_ in "abc":
        store.add(make_article(f"word{id_}", id=id_), [])
    store.remove("a")
    store.connection.execute("VACUUM")
    assert [row.id for row in store.articles(match="wordc")] == ["c"]
