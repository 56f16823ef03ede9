"""Coded articles as Parquet: made here or on a Dask cluster, the same; into a store without coding again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import cli_support
import ingest_support
import pytest

from relwatch import tables
from relwatch.cli.main import main
from relwatch.ingest import facts, parts, work
from relwatch.records import Coding

pyarrow = pytest.importorskip("pyarrow")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program with parts of three articles; gives status and standard error."""
    monkeypatch.setenv("RELWATCH_DB", str(tmp_path / "store.db"))
    monkeypatch.setattr(parts, "SIZE", 3)

    def runner(*arguments: str | Path) -> tuple[int, str]:
        status = main([*map(str, arguments)])
        return status, capsys.readouterr().err

    return runner


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A coder of no weight."""
    monkeypatch.setattr(work, "load", lambda: None)
    monkeypatch.setattr(work, "coded", lambda article: Coding(cli_support.events(article.text, article.id)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ingest_support.written(tmp_path / "in", 3, 4)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.usefixtures("quick")
def test_parts_go_into_a_store_as_the_articles_themselves_would(run: Run, folder: Path, tmp_path: Path) -> None:
    status, err = run("code", folder, "--parquet", tmp_path / "out", "--jobs", "1")
    assert status == 1
    assert f"8 articles with 32 events in 3 files written to {tmp_path / 'out'}, 0 there already, 2 failed" in err
    assert len(contents(tmp_path / "out")) == 3
    run("add", folder, "--db", tmp_path / "direct.db", "--quiet")

    def fails(article: object) -> Coding:
        raise AssertionError("coded again")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(work, "coded", fails)
        status, err = run("add", tmp_path / "out")
    assert (status, err) == (0, "relwatch: 7 articles added with 28 events, 1 already there, 0 failed\n")
    ours, theirs = (ingest_support.rows(tmp_path / name) for name in ("store.db", "direct.db"))
    for table in ("articles", "events", "event_parties", "evidence", "dyads", "unresolved", "sketches"):
        assert ours[table] == theirs[table]
    assert "8 already there" in run("add", tmp_path / "out")[1]


@pytest.mark.usefixtures("quick")
def test_a_second_run_writes_only_what_is_missing(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (folder / "b.txt").unlink()
    run("code", folder, "--parquet", out, "--jobs", "1")
    before = contents(out)
    (out / "part-0000001.parquet").unlink()
    (out / "part-0000002.parquet").write_bytes(b"half of")
    assert "in 2 files written" in run("code", folder, "--parquet", out, "--jobs", "1")[1]
    assert contents(out) == before
    (folder / "a000.txt").write_text(ingest_support.text(77), encoding="utf-8")
    assert "in 1 file written" in run("code", folder, "--parquet", out, "--jobs", "1")[1]


@pytest.mark.usefixtures("quick")
def test_other_tables_are_told_of(run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("code", folder / "a000.txt", "--parquet", tmp_path / "out")
    monkeypatch.setattr(facts, "here", lambda: {**facts.facts(), "tables": "0123456789abcdef"})
    status, err = run("add", tmp_path / "out")
    assert status == 0
    assert "part-0000000.parquet: was coded with other tables (" in err
    assert "here 0123456789abcdef); to code what it holds as this program does: relwatch recode" in err


def test_what_is_no_such_file_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and no more")
    status, err = run("add", tmp_path / "bad.parquet")
    assert (status, err.count("\n")) == (1, 1)
    assert "is a damaged Parquet file" in err
    pyarrow.parquet.write_table(pyarrow.table({"a": [1]}), tmp_path / "other.parquet")
    status, err = run("add", tmp_path / "other.parquet")
    assert (status, err.count("\n")) == (1, 1)
    assert "is not of `relwatch code --parquet`" in err


def test_a_cluster_needs_a_place_and_a_scheduler(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("code", folder, "--scheduler", "tcp://127.0.0.1:1")[0] == 2


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a Dask cluster of two processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as running:
        yield running.scheduler_address


def test_a_cluster_makes_the_same_parts(run: Run, cluster: str, tmp_path: Path) -> None:
    samples = sorted((tables.data_dir() / "samples").glob("*.txt"))
    status, err = run("code", *samples, "--parquet", tmp_path / "far", "--scheduler", cluster)
    assert status == 0
    assert f"{len(samples)} articles with " in err
    assert f" in {-(-len(samples) // 3)} files written" in err
    run("code", *samples, "--parquet", tmp_path / "near", "--jobs", "1")
    assert contents(tmp_path / "far") == contents(tmp_path / "near")


def test_nothing_of_this_is_loaded_for_other_work(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ingest_support.text(1), encoding="utf-8")
    code = (
        "import quick_relwatch, sys; from relwatch.cli.main import main\n"
        f"main(['code', {str(tmp_path / 'a.txt')!r}])\n"
        "assert not {'pyarrow', 'distributed', 'dask'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=Path(__file__).parent)
