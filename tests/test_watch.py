"""Watching a folder: each file when it is whole, none that is none, and a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from relwatch.read import arrivals, walk
from relwatch.store import Store

SAMPLES = sorted((Path(__file__).parents[1] / "data" / "samples").glob("*.txt"))


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr("relwatch.read.arrivals.time.monotonic", lambda: self.now)


def test_a_file_is_whole_when_it_has_not_changed_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, waiting = Clock(monkeypatch), arrivals.Waiting()
    path = tmp_path / "a.txt"
    path.write_text("half")
    waiting.saw(str(path))
    assert list(waiting.whole()) == []
    clock.now += arrivals.SETTLED / 2
    path.write_text("half and more")
    assert list(waiting.whole()) == []
    clock.now += arrivals.SETTLED * 0.9
    assert list(waiting.whole()) == []
    clock.now += arrivals.SETTLED
    assert list(waiting.whole()) == [str(path)]
    assert list(waiting.whole()) == []


def test_an_old_file_is_whole_at_once_and_an_empty_one_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, waiting = Clock(monkeypatch), arrivals.Waiting()
    for name, words in (("old", "words"), ("empty", ""), ("gone", "words")):
        (tmp_path / name).write_text(words)
        os.utime(tmp_path / name, (1, 1))
        waiting.saw(str(tmp_path / name))
    (tmp_path / "gone").unlink()
    assert list(waiting.whole()) == [str(tmp_path / "old")]
    clock.now += 10 * arrivals.SETTLED
    assert list(waiting.whole()) == []


def test_what_a_folder_gives_belongs_to_it_and_nothing_else(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    folder = tmp_path / "in"
    names = ["a.txt", "b/c.html", ".hidden", "b/.git/d.txt", "page_files/e.html", "f.jpg", "g.part"]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    outside.write_text("x")
    (folder / "out.txt").symlink_to(outside)
    (folder / "within.txt").symlink_to(folder / "a.txt")
    found = [path for path in walk.files([str(folder)]) if isinstance(path, str)]
    assert [os.path.relpath(path, folder) for path in found] == ["a.txt", "within.txt", os.path.join("b", "c.html")]
    everything = [str(path) for path in folder.rglob("*")]
    assert sorted(found) == sorted(path for path in everything if walk.belongs(path, str(folder)))


def test_files_arrive(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "moved").mkdir()
    for name in ("in/there.txt", "moved/later.txt"):
        (tmp_path / name).write_text("x")
    found: list[str] = []

    def act(step: int) -> None:
        if step == 1:
            (tmp_path / "in" / "sub" / "new.txt").write_text("x")
            (tmp_path / "in" / ".hidden").write_text("x")
        elif step == 2:
            (tmp_path / "moved").rename(tmp_path / "in" / "moved")
        elif step == 3:
            (tmp_path / "in" / "there.txt").write_text("x y")

    for path in arrivals.arrivals([str(tmp_path / "in")]):
        found.append(os.path.relpath(path, tmp_path / "in"))
        if len(found) == 4:
            break
        threading.Timer(0.1, act, [len(found)]).start()
    assert found == ["there.txt", os.path.join("sub", "new.txt"), os.path.join("moved", "later.txt"), "there.txt"]


def wait_for(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not done():
        assert time.monotonic() < until, "nothing happened"
        time.sleep(0.1)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
def test_watch_adds_what_appears_until_it_is_stopped(tmp_path: Path, end: signal.Signals) -> None:
    folder, out, err = tmp_path / "in", tmp_path / "out", tmp_path / "err"
    folder.mkdir()
    (folder / "there.txt").write_bytes(SAMPLES[0].read_bytes())
    command = [sys.executable, "-m", "relwatch", "watch", str(folder), "--db", str(tmp_path / "s.db")]
    with out.open("w") as stdout, err.open("w") as stderr:
        run = subprocess.Popen(command, stdout=stdout, stderr=stderr)
    try:
        wait_for(lambda: out.read_text().count("added, ") == 1)
        (folder / "bad.txt").write_bytes(bytes(range(256)) * 9)
        (folder / "new.txt").write_bytes(SAMPLES[1].read_bytes())
        wait_for(lambda: out.read_text().count("added, ") == 2 and "bad.txt" in err.read_text())
        run.send_signal(end)
        assert run.wait(timeout=60) == 1  # one could not be read
    finally:
        run.kill()
    start, bad, tally = err.read_text().splitlines()
    assert "watching" in start
    assert bad.startswith(f"relwatch: {folder / 'bad.txt'}: is no text")
    assert tally.startswith("relwatch: 2 articles added with ")
    with Store.open(tmp_path / "s.db", readonly=True) as store:
        assert store.counts()["articles"] == 2


def test_watch_needs_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from relwatch.cli.main import main

    assert main(["watch", str(tmp_path / "none"), "--db", str(tmp_path / "s.db")]) == 2
    assert "is no folder; make it first" in capsys.readouterr().err
    assert not (tmp_path / "s.db").exists()
