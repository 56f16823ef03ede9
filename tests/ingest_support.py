"""Inputs, runs and comparisons for the tests of bulk runs."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import cli_support

from relwatch.store import Store

PROGRAM = [sys.executable, str(Path(__file__).with_name("quick_relwatch.py"))]
WHEN = {"articles": {"added"}, "files": {"read", "mtime_ns"}, "meta": {"value"}}  # what differs from run to run


def text(number: int, word: str = "") -> str:
    """The text of an article with four events; no two are the same, nor copies of one story."""
    luck = random.Random(number)
    day = date(1980, 1, 1) + timedelta(days=10 * number)
    noise = " ".join("".join(luck.choices("aeilnorst", k=6)) for _ in range(60))
    told = cli_support.TEXT.replace("December 30, 2021", f"{day:%B} {day.day}, {day.year}")
    return told.replace("in Geneva", f"in Geneva for the {number}th time{word}") + f"\nThe {noise}.\n"


def written(folder: Path, files: int, lines: int) -> Path:
    """A folder of articles: text files, one of JSON lines with a broken line in it, an empty one, a doublet."""
    folder.mkdir()
    for number in range(files):
        (folder / f"a{number:03}.txt").write_text(text(number), encoding="utf-8")
    (folder / "b.txt").write_text("", encoding="utf-8")
    (folder / "c.txt").write_text(text(0), encoding="utf-8")
    records = [json.dumps({"id": f"j{n}", "text": text(1000 + n)}) for n in range(lines)]
    records.insert(lines // 2, '{"id": "broken", "text": ')
    (folder / "d.jsonl").write_text("\n".join(records) + "\n", encoding="utf-8")
    return folder


def started(store: Path, *arguments: str | Path, pause: float = 0.0, **how: Any) -> subprocess.Popen[str]:
    """The program with a quick coder, running."""
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        env={**os.environ, "RELWATCH_DB": str(store), "QUICK_PAUSE": str(pause)},
        **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | how),
    )


def ended(store: Path, *arguments: str | Path, **how: Any) -> tuple[int, str, str]:
    """The status, standard output and standard error of a run to its end."""
    process = started(store, *arguments, **how)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def rows(path: Path, *, numbers: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, without times; sorted and without row numbers where those may differ."""
    with Store.open(path, readonly=True) as store:
        assert store.select("PRAGMA integrity_check") == [("ok",)]
        assert store.select("PRAGMA foreign_key_check") == []
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'articles_fts%' ORDER BY 1"
        out = {}
        for (table,) in store.select(sql):
            columns = [row[1] for row in store.select(f"PRAGMA table_info({table})")]
            left_out = WHEN.get(table, set()) | ({"n", "article", "file", "seq"} if not numbers else set())
            shown = ", ".join(column for column in columns if column not in left_out) or "NULL"
            found = store.select(f"SELECT {shown} FROM {table}")
            out[table] = found if numbers else sorted(found, key=repr)
        out["found"] = [row.id for row in store.articles(match="Geneva")]
    return out


def children(pid: int) -> list[int]:
    """The processes that a process has started (Linux)."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def workers(pid: int) -> list[int]:
    """The children that code, without what multiprocessing adds to them."""
    mine = []
    for child in children(pid):
        try:
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                mine.append(child)
        except OSError:
            continue
    return mine


def alive(pid: int) -> bool:
    """Whether a process still runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False
