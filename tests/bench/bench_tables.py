"""Time the loading of the tables of names: python tests/bench/bench_tables.py [--runs 9]

Each run is a fresh process that measures itself. The measure is a ratio, so that it holds on any machine: the
tables of countries, offices and people, loaded by the first sentence that needs them all, against the import of
spaCy and its model, without which nothing is coded. Goal: under 0.1 (100 ms where spaCy takes one second). The
table of `relwatch who` and a name looked up in it follow; `timeline` reads no people (tests/test_gazetteer.py).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys

GOAL = 0.1
TIME = "import time; began = time.process_time(); {}; print(time.process_time() - began)"
SENTENCE = "US Secretary of State Antony Blinken met his Turkish counterpart Cavusoglu and Kishida Fumio in Rome."
FINDER = (
    "from datetime import date; from relwatch.mention import Finder; from relwatch.records import Span;"
    "import relwatch.read, relwatch.coder;" + TIME
)
FIND = f"t = {SENTENCE!r}; found = Finder(t, date(2022, 1, 1)).find([Span(0, len(t), t)]); assert len(found[0]) > 2"
MEASURED = {
    "tables of names": FINDER.format(FIND),
    "spaCy and its model": TIME.format("from relwatch.segment import pipeline; pipeline()"),
    "relwatch who france": TIME.format("from relwatch.who import by_party; assert by_party('FRA')"),
    "relwatch who lavrov": TIME.format("from relwatch.who import by_name; assert by_name('lavrov')"),
}
# As users run it: with compiled modules kept.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(code: str) -> float:
    """The seconds of processor that a piece of code says it took, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=ENVIRONMENT)
    return float(done.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    times: dict[str, list[float]] = {name: [] for name in MEASURED}
    for _ in range(runs + 1):  # in turn, so that a busy moment falls on all
        for name, code in MEASURED.items():
            times[name].append(seconds(code))
    medians = {name: statistics.median(found[1:]) for name, found in times.items()}  # the first warms the caches
    for name, median in medians.items():
        print(f"{name:<20} {1000 * median:6.0f} ms (best {1000 * min(times[name]):.0f})")
    ratio = medians["tables of names"] / medians["spaCy and its model"]
    print(f"ratio {ratio:.2f}")
    return int(ratio >= GOAL)


if __name__ == "__main__":
    sys.exit(main())
