"""Bulk runs in one process: what is passed over, what is tried again, what is left out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import cli_support
import ingest_support
import pytest

from relwatch import filelog, read
from relwatch.cli.main import main
from relwatch.errors import PassingError
from relwatch.ingest import limit, work
from relwatch.records import Article, Coding
from relwatch.store import Store

Add = Callable[..., tuple[int, str, str]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened."""
    names: list[str] = []
    pieces = read.pieces

    def watched(path: Path | None, *rest: object) -> object:
        names.append(path.name if path else "-")
        return pieces(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "pieces", watched)
    return names


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Add:
    """Runs `relwatch add` with a coder of no weight; gives status, standard output and standard error."""
    monkeypatch.setenv("RELWATCH_DB", str(tmp_path / "store.db"))
    monkeypatch.setattr(work, "load", lambda: None)
    monkeypatch.setattr(work, "coded", lambda article: Coding(cli_support.events(article.text, article.id)))

    def runner(*arguments: str | Path) -> tuple[int, str, str]:
        status = main(["add", "--jobs", "1", *map(str, arguments)])
        return (status, *capsys.readouterr())

    return runner


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ingest_support.written(tmp_path / "in", 3, 4)


ALL = ["a000.txt", "a001.txt", "a002.txt", "b.txt", "c.txt", "d.jsonl"]


def test_a_second_run_opens_nothing_and_says_the_same_of_what_failed(add: Add, folder: Path, opened: list[str]) -> None:
    status, out, first = add(folder)
    assert (status, opened) == (1, ALL)
    assert "7 articles added with 28 events, 1 already there, 2 failed" in first
    assert out.count("\nadded, ") + out.startswith("added, ") == 7
    opened.clear()
    status, out, second = add(folder)
    assert (status, opened) == (1, [])
    assert second == first.replace("7 articles added with 28 events, 1", "no articles added with no events, 8")
    assert [line.split("\t")[0] for line in out.splitlines()] == ["already in the store; nothing changed"] * 8
    assert add(folder, "--quiet")[1] == ""
    add(folder, "--again")
    assert opened == ALL


def test_a_file_that_has_changed_is_read_again(add: Add, folder: Path, opened: list[str]) -> None:
    add(folder)
    opened.clear()
    (folder / "a001.txt").write_text(ingest_support.text(99), encoding="utf-8")
    os.utime(folder / "c.txt", ns=(1, 1))
    assert "1 article added with 4 events, 7 already there" in add(folder)[2]
    assert opened == ["a001.txt", "c.txt"]


def test_a_file_under_another_name_is_the_same_article(add: Add, folder: Path) -> None:
    add(folder)
    (folder / "a001.txt").rename(folder / "z.txt")
    assert "no articles added" in add(folder)[2]


def test_an_article_that_was_removed_comes_back(add: Add, folder: Path, tmp_path: Path) -> None:
    add(folder)
    with Store.open(tmp_path / "store.db") as store:
        store.remove("j2")
    assert "1 article added with 4 events, 7 already there" in add(folder)[2]


def test_what_may_be_otherwise_is_tried_again(add: Add, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(article: Article) -> Coding:
        if article.id == "j2" or "for the 1th" in article.text:
            raise RuntimeError("no\nluck")
        return Coding(cli_support.events(article.text, article.id))

    with monkeypatch.context() as patched:
        patched.setattr(work, "coded", failing)
        err = add(folder)[2]
    assert "a001.txt: cannot be coded (RuntimeError: no luck); please report" in err
    assert "d.jsonl, line 4: cannot be coded" in err
    assert "5 articles added with 20 events, 1 already there, 4 failed" in err
    assert "2 articles added with 8 events" in add(folder)[2]
    assert "no articles added" in add(folder)[2]


def test_a_format_that_is_forced_is_another_reading(add: Add, folder: Path, opened: list[str]) -> None:
    add(folder)
    opened.clear()
    add(folder / "a000.txt", "--format", "markdown")
    assert opened == ["a000.txt"]


def test_a_file_that_was_broken_off_goes_on_where_it_stopped(
    add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ingest_support.written(tmp_path / "many", 0, 300)
    monkeypatch.setattr(filelog, "AT_ONCE", 50)

    def stopping(article: Article) -> Coding:
        if article.id == "j120":
            raise KeyboardInterrupt
        return Coding()

    with monkeypatch.context() as patched:
        patched.setattr(work, "coded", stopping)
        status, _, err = add(folder / "d.jsonl", "--quiet")
    assert status == 130
    assert "interrupted: 120 articles added with no events, 0 already there, 0 failed; give the same" in err
    made = []
    article_from = read.article_from
    monkeypatch.setattr(read, "article_from", lambda *given: made.append(1) or article_from(*given))
    status, _, err = add(folder / "d.jsonl")
    assert "180 articles added" in err
    assert len(made) == 200  # of the 120 that were in, 100 were in the log
    with Store.open(tmp_path / "store.db") as store:
        assert store.select("SELECT complete, pieces, articles, failed FROM files") == [(1, 301, 300, 1)]


def test_dry_run_writes_nothing(add: Add, folder: Path, tmp_path: Path) -> None:
    assert "8 articles would be added" in add(folder, "--dry-run")[2]
    assert not (tmp_path / "store.db").exists()
    add(folder / "a000.txt")
    before = ingest_support.rows(tmp_path / "store.db")
    assert "6 articles would be added with 24 events, 2 already there" in add(folder, "--dry-run")[2]
    assert ingest_support.rows(tmp_path / "store.db") == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
def test_a_pipe_is_read_each_time(add: Add, tmp_path: Path) -> None:
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for outcome in ("added, ", "already "):
        feeding = threading.Thread(target=pipe.write_text, args=[ingest_support.text(1)])
        feeding.start()
        assert add(pipe)[1].startswith(outcome)
        feeding.join()


# A limit of time


def spin(article: Article) -> Coding:
    while True:
        try:
            while "SPIN" in article.text:
                time.sleep(0.01)
        except Exception:  # as some libraries do
            continue
        return Coding()


@pytest.mark.skipif(os.name == "nt", reason="needs an alarm signal")
def test_an_article_that_takes_too_long_is_left_out(add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "coded", spin)
    for number, word in enumerate(("", " SPIN", "")):
        (tmp_path / f"{number}.txt").write_text(ingest_support.text(number, word), encoding="utf-8")
    status, _, err = add(*sorted(tmp_path.glob("?.txt")), "--timeout", "2")
    assert status == 1
    assert f"{tmp_path / '1.txt'}: takes longer than 2 s; give it more with --timeout\n" in err
    assert "2 articles added" in err
    assert "SPIN" not in err


def test_the_limit_leaves_no_alarm_behind() -> None:
    assert limit.within(0.5, lambda: 1) == 1
    time.sleep(0.7)
    assert limit.within(0, lambda: 2) == 2


def test_what_fails_for_now_is_told_from_what_fails_for_good(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (lasting,) = read.articles(tmp_path / "empty.txt")
    (passing,) = read.articles(tmp_path / "none.txt")
    assert not isinstance(lasting, PassingError)
    assert isinstance(passing, PassingError)
