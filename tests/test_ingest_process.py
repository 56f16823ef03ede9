"""Bulk runs as processes: killed at any point, stopped, two at once, short of room, with workers that die."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import ingest_support
import pytest
from ingest_support import alive, ended, rows, started, workers

from relwatch import storefile
from relwatch.cli.main import main
from relwatch.errors import StoreError
from relwatch.records import Coding
from relwatch.store import Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

KILLS = {"1": 6, "2": 2}  # by the number of processes
TALLY = "60 articles added with 240 events, 1 already there, 2 failed"
Tables = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest_support.written(tmp_path_factory.mktemp("bulk") / "in", 20, 40)


@pytest.fixture(scope="module")
def undisturbed(folder: Path) -> Tables:
    """The store of a run in one process that nothing came in the way of."""
    store = folder.with_name("undisturbed.db")
    status, _, err = ended(store, "add", folder, "--quiet", "--jobs", "1")
    assert (status, len(err.splitlines())) == (1, 2)
    return rows(store)


def until(condition: object, seconds: float = 30.0) -> None:
    """Wait for a condition, a function, to hold."""
    limit = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.01)


def count(store: Path) -> int:
    """How many articles are in a store that may not be there yet."""
    try:
        with Store.open(store, readonly=True) as opened:
            return opened.counts()["articles"]
    except StoreError:
        return 0


def test_several_processes_make_the_same_store(folder: Path, undisturbed: Tables, tmp_path: Path) -> None:
    status, _, err = ended(tmp_path / "s.db", "add", folder, "--jobs", "2")
    assert status == 1
    assert TALLY in err
    assert rows(tmp_path / "s.db") == undisturbed


def test_workers_are_called_when_one_process_has_worked_for_a_while(
    folder: Path, undisturbed: Tables, tmp_path: Path
) -> None:
    process = started(tmp_path / "s.db", "add", folder, "--quiet", pause=0.03)
    seen = False
    while process.poll() is None:
        seen = seen or bool(workers(process.pid))
        time.sleep(0.02)
    process.communicate()
    assert seen == (len(os.sched_getaffinity(0)) > 1)
    assert rows(tmp_path / "s.db") == undisturbed


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_any_point_the_store_is_whole(folder: Path, undisturbed: Tables, tmp_path: Path, jobs: str) -> None:
    luck = random.Random(int(jobs))
    store = tmp_path / "s.db"
    kills = 0
    for _ in range(KILLS[jobs]):
        process = started(store, "add", folder, "--quiet", "--jobs", jobs, pause=0.01)
        had = count(store)
        until(lambda: process.poll() is not None or count(store) > had)  # noqa: B023
        time.sleep(luck.uniform(0, 0.06))
        coding = workers(process.pid)
        process.kill()
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        until(lambda: not any(map(alive, coding)))  # noqa: B023
        if store.exists():
            whole(store, undisturbed)
    assert kills >= KILLS[jobs] // 2
    ended(store, "add", folder, "--quiet", "--jobs", jobs)
    assert {**rows(store), "files": []} == {**undisturbed, "files": []}
    assert files(store) == files(folder.with_name("undisturbed.db"))


def whole(store: Path, undisturbed: Tables) -> None:
    """What is in the store is a part of the undisturbed one, article by article."""
    found = rows(store)
    articles = {row[1] for row in found["articles"]}
    for table in ("articles", "events", "event_parties", "evidence", "dyads"):
        column = 1 if table in ("articles", "events") else 0
        wanted = articles
        if table not in ("articles", "events"):
            wanted = {row[0] for row in undisturbed["events"] if row[1] in articles}
            column = 4 if table == "dyads" else 0
        assert found[table] == [row for row in undisturbed[table] if row[column] in wanted]


def files(store: Path) -> list[tuple[object, ...]]:
    """The log without its numbers: a file that is begun again gets a new one."""
    with Store.open(store, readonly=True) as opened:
        return opened.select("SELECT path, size, complete, pieces, articles, failed FROM files ORDER BY path")


@pytest.mark.parametrize(("number", "jobs"), [(signal.SIGINT, "1"), (signal.SIGINT, "2"), (signal.SIGTERM, "2")])
def test_stopped_it_keeps_what_is_done_and_goes_on(
    folder: Path, undisturbed: Tables, tmp_path: Path, number: signal.Signals, jobs: str
) -> None:
    store = tmp_path / "s.db"
    process = started(store, "add", folder, "--jobs", jobs, pause=0.02, start_new_session=True)
    until(lambda: count(store) > 3)
    coding = workers(process.pid)
    assert len(coding) == (2 if jobs == "2" else 0)
    os.killpg(process.pid, number)  # as a terminal does: the workers get it too
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err
    last = err.splitlines()[-1]
    assert last.startswith("relwatch: interrupted: ")
    assert last.endswith("already there, 0 failed; give the same command to go on from there")
    told = int(last.split()[2])
    assert count(store) - told in (0, 1)  # it may be stopped between writing an article and counting it
    assert not any(map(alive, coding))
    assert "already there, 2 failed" in ended(store, "add", folder, "--jobs", jobs)[2]
    assert {**rows(store), "files": []} == {**undisturbed, "files": []}


def test_two_runs_at_once_both_finish_and_a_reader_is_not_held_up(
    folder: Path, undisturbed: Tables, tmp_path: Path
) -> None:
    store = tmp_path / "s.db"
    runs = [started(store, "add", folder, "--quiet", "--jobs", jobs, pause=0.005) for jobs in ("1", "2")]
    reads = []
    while any(run.poll() is None for run in runs):
        began = time.monotonic()
        count(store)
        reads.append(time.monotonic() - began)
        time.sleep(0.01)
    for run in runs:
        _, err = run.communicate()
        assert (run.returncode, len(err.splitlines())) == (1, 2), err
    assert len(reads) > 10
    assert max(reads) < storefile.BUSY_SECONDS / 2
    both, one = rows(store, numbers=False), rows(folder.with_name("undisturbed.db"), numbers=False)
    assert both["articles"] == one["articles"]
    assert both["evidence"] == one["evidence"]
    assert files(store) == files(folder.with_name("undisturbed.db"))


def test_a_full_disk_is_one_line_and_the_store_is_whole(folder: Path, undisturbed: Tables, tmp_path: Path) -> None:
    import resource

    store = tmp_path / "s.db"
    limit = 400_000  # bytes of a file: what is written beyond them fails

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    for jobs in ("1", "2"):
        status, _, err = ended(store, "add", folder, "--quiet", "--jobs", jobs, preexec_fn=narrow)
        last = err.splitlines()[-1]
        assert status == 1
        assert "Traceback" not in err
        assert f"{store}: " in last
        assert "disk" in last
        whole(store, undisturbed)
    assert 0 < count(store) < 60
    ended(store, "add", folder, "--quiet")
    assert {**rows(store), "files": []} == {**undisturbed, "files": []}


def test_a_store_that_may_not_grow_says_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from relwatch.ingest import work

    monkeypatch.setattr(work, "load", lambda: None)
    monkeypatch.setattr(work, "coded", lambda article: Coding())
    Store.open(tmp_path / "s.db").close()
    connect = storefile._connect

    def narrow(path: Path, mode: str) -> object:
        connection = connect(path, mode)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 8}")
        return connection

    monkeypatch.setattr(storefile, "_connect", narrow)
    assert main(["add", "--db", str(tmp_path / "s.db"), str(folder), "--quiet"]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == f"relwatch: {tmp_path / 's.db'}: the disk is full; make room and try again"


def test_a_worker_that_is_killed_takes_nothing_with_it(folder: Path, undisturbed: Tables, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    process = started(store, "add", folder, "--quiet", "--jobs", "2", pause=0.02)
    until(lambda: count(store) > 3)
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, len(err.splitlines())) == (1, 2)
    assert rows(store) == undisturbed


def test_articles_that_make_trouble_are_left_out_and_the_rest_is_in(tmp_path: Path) -> None:
    words = ["", " CRASH", "", " STUCK", " SPIN", " BROKEN", ""]
    paths = [tmp_path / f"{number}.txt" for number in range(len(words))]
    for number, (path, word) in enumerate(zip(paths, words, strict=True)):
        path.write_text(ingest_support.text(number, word), encoding="utf-8")
    status, _, err = ended(tmp_path / "s.db", "add", *paths, "--jobs", "2", "--timeout", "4")
    assert status == 1
    said = [line.removeprefix(f"relwatch: {tmp_path}/") for line in err.splitlines()]
    ends = "ended the process that coded it, twice (too little memory, or too long?); it is left out"
    assert said == [
        f"1.txt: {ends}",
        f"3.txt: {ends}",
        "4.txt: takes longer than 4 s; give it more with --timeout",
        "5.txt: cannot be coded (ValueError: no such luck); please report this with the article",
        "relwatch: 3 articles added with 12 events, 0 already there, 4 failed",
    ]
    assert count(tmp_path / "s.db") == 3


def test_progress_on_a_terminal_and_nothing_in_a_pipe(folder: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    how = {"stderr": theirs, "stdout": subprocess.PIPE, "text": True, "start_new_session": True}
    process = started(tmp_path / "s.db", "add", folder, pause=0.02, **how)
    os.close(theirs)
    assert process.stdout is not None
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
    out = process.stdout.read()
    process.wait(20)
    os.close(ours)
    for part in ("articles · ", "/s · ", " events", "left"):
        assert part.encode() in shown
    assert TALLY.encode() in shown
    assert out.count("\n") == 61 + 240
    assert "\x1b" not in out
    assert "·" not in ended(tmp_path / "t.db", "add", folder, "--quiet", pause=0.02)[2]


def test_code_gives_the_same_with_several_processes(folder: Path, tmp_path: Path) -> None:
    one, two = (ended(tmp_path / "none.db", "code", folder, "--jsonl", "--jobs", jobs) for jobs in ("1", "2"))
    assert one == two
    assert one[1].count("\n") == 61 * 4
    assert not (tmp_path / "none.db").exists()
