"""Time every question to a large store, and show how SQLite answers it: bench_commands.py PATH [--cold] [--runs 3]

Make PATH with make_store.py (1,000,000 events). Each command runs as a user would run it, for a busy pair, in a
process of its own, its output thrown away; `--cold` (on Linux) has the system forget the store's file before each run,
and nothing else: others on the machine are not slowed. On a busy machine the clock says little: look at the plans
then. Goal: 2 seconds each.

Then come the plans of all statements that a command runs; one that goes through a whole table is marked SCAN.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from relwatch import storefile
from relwatch.cli.main import main as relwatch
from relwatch.store import Store

GOAL = 2.0
PAIR = ("russia", "us")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("timeline", *PAIR),
    ("timeline", *PAIR, "--limit", "5"),
    ("timeline", *PAIR, "--limit", "20", "--reverse"),
    ("timeline", *PAIR, "--since", "2024"),
    ("timeline", *PAIR, "--leader", "name3", "--since", "2015"),
    ("summary", *PAIR),
    ("tone", *PAIR, "--by", "month"),
    ("readouts", *PAIR),
    ("readouts", *PAIR, "--on", "2020-04-12"),
    ("planned", *PAIR),
    ("shifts", *PAIR),
    ("formulas", *PAIR),
    ("search", "talks agreement", *PAIR),
    ("search", "talks agreement", "--limit", "20"),
    ("search", "article talks", *PAIR, "--limit", "20", "--reverse"),
    ("matrix",),
    ("matrix", "g7"),
    ("show", "{event}"),
    ("unknown", "--limit", "20"),
    ("articles", "--limit", "20"),
    ("articles", "--match", "agreement", "--limit", "20", "--reverse"),
)
TABLES_OF_A_FEW_ROWS = {"sqlite_master", "meta", "busy"}


def busy_event(path: Path) -> str:
    """The id of an event of the pair."""
    with Store.open(path, readonly=True) as store:
        sql = "SELECT event FROM dyads WHERE a = 'RUS' AND b = 'USA' AND day > '2005' LIMIT 1"
        return str(store.select(sql)[0][0])


def seconds(command: Sequence[str], path: Path, cold: bool) -> float:
    """How long a command takes in a process of its own."""
    call = [sys.executable, "-m", "relwatch", *command, "--db", str(path)]
    if cold:
        file = os.open(path, os.O_RDONLY)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)
    began = time.perf_counter()
    subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def statements(command: Sequence[str], path: Path) -> list[str]:
    """The different statements that a command runs, with the first values they were run with."""
    found: dict[str, str] = {}

    def keep(sql: str) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")) and "_fts_config" not in sql:
            found.setdefault(re.sub(r"'[^']*'|\b\d+\b", "?", sql)[:300], sql)

    connect = storefile._connect

    def traced(path: Path, mode: str) -> sqlite3.Connection:
        connection = connect(path, mode)
        connection.set_trace_callback(keep)
        return connection

    with (
        patch.object(storefile, "_connect", traced),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        relwatch([*command, "--db", str(path)])
    return list(found.values())


def print_plan(sql: str, store: Store) -> bool:
    """Print a statement's plan; whether it goes through a whole table."""
    from relwatch.query import named

    store.connection.create_function("named", 2, named, deterministic=True)
    scans = False
    print(f"    {' '.join(sql.split())[:110]}")
    steps = store.select("EXPLAIN QUERY PLAN " + sql)
    # In the order of an index, up to a limit: it goes no further.
    stops = re.search(r"LIMIT \d+\s*$", sql) and not any("B-TREE FOR ORDER BY" in step[3] for step in steps)
    for step in steps:
        whole = re.match(r"SCAN (\w+)", step[3])
        scan = bool(whole and whole[1] not in TABLES_OF_A_FEW_ROWS and "VIRTUAL TABLE" not in step[3])
        scan = (
            scan
            and not (stops and " INDEX " in step[3])
            and "(subquery" not in step[3]
            and "CONSTANT ROW" not in step[3]
        )
        scans |= scan
        print(f"      {'SCAN! ' if scan else ''}{step[3]}")
    return scans


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--cold", action="store_true")
    asked = parser.parse_args()
    event = busy_event(asked.path)
    commands = [[word.format(event=event) for word in command] for command in COMMANDS]
    slow, scans = 0, 0
    for command in commands:
        times = [seconds(command, asked.path, asked.cold) for _ in range(asked.runs)]
        middle = statistics.median(times)
        slow += middle > GOAL
        print(
            f"{middle:6.2f} s (best {min(times):.2f}){' SLOW' if middle > GOAL else ''}  {' '.join(command)}",
            flush=True,
        )
    with Store.open(asked.path, readonly=True) as store:
        for command in commands:
            print(f"\n  {' '.join(command)}")
            scans += sum([print_plan(sql, store) for sql in statements(command, asked.path)])
    print(f"\n{slow} slower than {GOAL:g} s, {scans} statements that go through a whole table")
    return int(bool(slow or scans))


if __name__ == "__main__":
    sys.exit(main())
