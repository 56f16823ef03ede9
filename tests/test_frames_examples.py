"""Every example of frame_examples.csv gives what its row says, and what is known to fail still does.

known_failures_frames.csv holds rows of the same form that the engine does not do yet. One that has come to pass
belongs into frame_examples.csv.
"""

from __future__ import annotations

import csv
from pathlib import Path

from relwatch import check

KNOWN = Path(__file__).with_name("known_failures_frames.csv")


def test_examples() -> None:
    failing = [
        f"{o.frame}: gives {o.got or 'nothing'}, not {o.expect or 'nothing'}: {o.sentence}"
        for o in check.outcomes()
        if o.problem
    ]
    assert not failing, "\n".join(["examples that fail:", *failing])


def test_known_failures() -> None:
    lines = [line for line in KNOWN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    passing = [o.sentence for o in check.outcomes(csv.DictReader(lines)) if not o.problem]
    assert not passing, "\n".join([f"move from {KNOWN.name} to frame_examples.csv what passes now:", *passing])
