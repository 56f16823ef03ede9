"""Time `relwatch timeline russia us` on a large store: python tests/bench/bench_timeline.py PATH [--runs 15]

Make PATH with make_store.py. The measure is a ratio, so that it holds on any machine: the whole
command against the bare import of what a command line of this kind imports (typer, rich.table,
sqlite_utils), the two run in turn so that a busy moment falls on both. Goal: under 1.5. The plans of
the queries follow.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from relwatch import query
from relwatch.query import Filters
from relwatch.store import Store

IMPORTS = (sys.executable, "-c", "import typer, rich.table, sqlite_utils")
GOAL = 1.5
# As users run it: with compiled modules kept, and output in pieces, not line by line.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
}


def seconds(command: Sequence[str]) -> float:
    """How long a command takes, with its output thrown away."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - began


def lines(command: Sequence[str]) -> int:
    """How many lines a command writes."""
    return subprocess.run(command, check=True, capture_output=True).stdout.count(b"\n")


def compare(command: Sequence[str], runs: int) -> float:
    """Time ``command`` and the imports in turn, print both; the ratio of their medians."""
    pairs = [(seconds(command), seconds(IMPORTS)) for _ in range(runs + 1)][1:]  # the first warms the caches
    ours, theirs = zip(*pairs, strict=True)
    ratio: float = statistics.median(ours) / statistics.median(theirs)
    print(f"{' '.join(command[6:])}: {lines(command)} lines")
    for name, times in (("command", ours), ("imports", theirs)):
        print(f"  {name} {statistics.median(times):.3f} s (best {min(times):.3f})")
    print(f"  ratio {ratio:.2f}")
    return ratio


def print_plans(path: Path) -> None:
    """What SQLite does for a timeline of a pair and of one party."""
    with Store.open(path, readonly=True) as store:
        for name, b, filters in (
            ("pair", "USA", Filters()),
            ("pair by topic", "USA", Filters(topics=("trade",))),
            ("one party, newest", None, Filters(reverse=True, limit=20)),
        ):
            sql, parameters = query._dyads("RUS", b, filters)
            began = time.perf_counter()
            found = len(list(store.select(sql, parameters)))
            took = time.perf_counter() - began
            print(f"\n{name}: {found} events found in {1000 * took:.1f} ms")
            for step in store.select("EXPLAIN QUERY PLAN " + sql, parameters):
                print(f"  {step[3]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    asked = parser.parse_args()
    command = (sys.executable, "-m", "relwatch", "timeline", "--db", str(asked.path))
    ratio = compare((*command, "russia", "us"), asked.runs)
    compare((*command, "france", "germany"), asked.runs)
    compare((*command, "russia", "us", "--limit", "20"), asked.runs)
    print_plans(asked.path)
    return int(ratio >= GOAL)


if __name__ == "__main__":
    sys.exit(main())
