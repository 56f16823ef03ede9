"""Labels of events: speaker, day, people, topics, tone and channel, by the cases of a file anyone can edit."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from relwatch.coder import code
from relwatch.read import article_of
from relwatch.records import Event

FILE = Path(__file__).parent / "engine" / "labels.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["case"]


def labels(event: Event) -> dict[str, Any]:
    """The labels of an event as the file writes them."""
    speaker = event.speaker
    return {
        "speaker": " ".join(w for w in (speaker.party, speaker.name) if w) if speaker else "",
        "day": event.date.start.isoformat() if event.date.start else "",
        "people": [p.name for p in event.actor + event.recipient if p.name],
        "topics": list(event.topics),
        "tone": event.tone.score,
        "mode": event.mode or "",
        "status": event.status,
    }


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_labels(case: dict[str, Any]) -> None:
    article = article_of(
        case["text"].strip(), id="case", given=case.get("date"), outlet=case.get("outlet"), title=case.get("title")
    )
    events = [labels(e) | {"type": e.type} for e in code(article)]
    found = [e for e in events if e["type"] == case["type"]]
    assert found, f"no {case['type']} in {events}"
    wanted = {k: case[k] for k in found[0] if k in case}
    got = {k: found[0][k] for k in wanted}
    for row in (wanted, got):
        row |= {k: sorted(v) for k, v in row.items() if isinstance(v, list)}
    assert got == wanted
