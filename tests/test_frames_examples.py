"""Every example of frame_examples.csv gives what its row says, but for those that known_failures_frames.txt lists.

A line of that file is an example's frame and sentence, with a tab between. A line whose example has come to
pass must be taken out.
"""

from __future__ import annotations

from pathlib import Path

from relwatch import check

KNOWN = Path(__file__).with_name("known_failures_frames.txt")


def test_examples() -> None:
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    known = {line for line in lines if line and not line.startswith("#")}
    failing = {f"{o.frame}\t{o.sentence}": o for o in check.outcomes() if o.problem}
    fresh = [
        f"{o.frame}: gives {o.got or 'nothing'}, not {o.expect or 'nothing'}: {o.sentence}"
        for line, o in failing.items()
        if line not in known
    ]
    assert not fresh, "\n".join(["examples that fail:", *fresh])
    passing = sorted(known - failing.keys())
    assert not passing, "\n".join([f"take out of {KNOWN.name} what passes now:", *passing])
