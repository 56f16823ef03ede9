"""Constructions that need more than one sentence, or one sentence and the grammar of several rooms."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from relwatch.check import expected, notation
from relwatch.coder import code
from relwatch.read import article_of

FILE = Path(__file__).parent / "engine" / "cases.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_construction(case: dict[str, Any]) -> None:
    article = article_of(
        case["text"].strip(), id="case", given=case["date"], outlet=case.get("outlet"), title=case.get("title")
    )
    events = code(article)
    got = [notation(e) for e in events]
    for wanted in case.get("expect", []):
        (one,) = expected(wanted)
        assert any(one.fits(e) for e in events), f"{wanted} is missing from {got}"
    for unwanted in case.get("never", []):
        (one,) = expected(unwanted)
        assert not any(one.fits(e) and e.mode == one.mode for e in events), f"{unwanted} is in {got}"
    if case.get("none"):
        assert got == []
