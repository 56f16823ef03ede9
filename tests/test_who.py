"""Who is who in 500 short passages of four decades, written for this test.

``tests/who/passages.csv``: the day, the words to be resolved, the party (empty for a trap: the words name no
party), the person as in ``leaders.csv`` (or as written, where no table has him), the office (by its word, or as
the tables have it), whether the tables have it, the publisher's state, the passage.
"""

from __future__ import annotations

import csv
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from relwatch import people
from relwatch.mention import Finder, Mention
from relwatch.names import fold
from relwatch.records import Span
from relwatch.sentences import split

PASSAGES = Path(__file__).parent / "who" / "passages.csv"
README = Path(__file__).parents[1] / "README.md"
RIGHT = 0.97  # of what resolves


def passages() -> list[dict[str, str]]:
    with PASSAGES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def mention_of(row: dict[str, str]) -> Mention | None:
    """The mention that covers the words in question and stands for a party; None if there is none."""
    text = row["text"]
    finder = Finder(text, date.fromisoformat(row["date"]), row["home"] or None, fold=text == text.lower())
    spans: list[Span] = split(text, ())
    at = text.index(row["words"])
    found = [m for ms in finder.find(spans) for m in ms if m.start < at + len(row["words"]) and at < m.end]
    return next((m for m in found if m.party and m.acts), None)


def names_agree(written: str | None, person: str) -> bool:
    words = set(fold(written or "").split())
    if not words or words & set(fold(person).split()):
        return bool(words)
    return any(t.person == person for t in people.candidates(written or "", None))


def verdict(row: dict[str, str]) -> str:
    """right, unresolved, or what is wrong."""
    m = mention_of(row)
    if m is None:
        return "unresolved" if row["party"] else "right"
    if m.party != row["party"]:
        return f"{m.party} for {row['party'] or 'no party'}"
    if row["person"] and not m.name:
        return "no name"
    if row["person"] and not names_agree(m.name, row["person"]):
        return f"{m.name} for {row['person']}"
    if row["office"] and m.office not in row["office"].split("|"):
        return f"{m.office} for {row['office']}"
    return "right"


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[str, dict[str, str]]]:
    return [(verdict(row), row) for row in passages()]


def test_what_resolves_is_right(verdicts: list[tuple[str, dict[str, str]]], capsys: pytest.CaptureFixture[str]) -> None:
    resolved = [(v, row) for v, row in verdicts if v != "unresolved"]
    right = sum(v == "right" for v, _ in resolved)
    with capsys.disabled():
        for v, row in verdicts:
            if v != "right":
                print(f"\n{v}: {row['date']} {row['words']}: {row['text']}", end="", file=sys.stderr)
        print(f"\n{len(verdicts)} passages, {len(resolved)} resolved, {right} of them right", file=sys.stderr)
    assert right >= RIGHT * len(resolved)
    assert len(resolved) >= 0.95 * len(verdicts)


def test_the_page_has_the_figures(verdicts: list[tuple[str, dict[str, str]]]) -> None:
    """README.md says how many resolve and how many of these are right, of how many, where and when."""
    resolved = [v for v, _ in verdicts if v != "unresolved"]
    right = sum(v == "right" for v in resolved)
    left = 100 * (1 - len(resolved) / len(verdicts))
    parties, years = {row["party"] for _, row in verdicts} - {""}, sorted({row["date"][:4] for _, row in verdicts})
    said = (
        f"{len(verdicts)} names in short passages of {years[0]} to {years[-1]}, of {len(parties)} parties"
        f" ([tests/who](tests/who/README.md)), {left:.1f} percent are left unresolved, and {right} of the"
        f" {len(resolved)} others are right ({100 * right / len(resolved):.1f} percent)"
    )
    assert said in " ".join(README.read_text(encoding="utf-8").split()), said


def test_the_passages_are_many_and_far_apart() -> None:
    rows = passages()
    assert len({row["text"] for row in rows}) >= 300
    assert len({row["party"] for row in rows}) >= 60
    assert {row["date"][:3] for row in rows} >= {"199", "200", "201", "202"}


@pytest.mark.parametrize("row", [r for r in passages() if r["tabled"] == "yes"], ids=lambda r: r["text"][:40])
def test_the_facts_are_those_of_the_tables(row: dict[str, str]) -> None:
    on = date.fromisoformat(row["date"])
    offices = row["office"].split("|") if row["office"] else people.ROLES
    found = people.candidates(row["person"], None, row["party"])
    held = [t for t in found if fold(t.person) == fold(row["person"]) and t.role in offices]
    assert held, "the tables have no such person in such an office"
    past = re.match(r"In (?:October )?(?:19|20)\d\d", row["text"])
    assert past or [t for t in held if t.start <= on and (t.end is None or on <= t.end or t.status == "end_unknown")]
