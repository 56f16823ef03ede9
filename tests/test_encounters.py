"""Encounters of coded reports against a test set of our own: precision and recall over pairs of reports."""

from __future__ import annotations

import json
import random
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from relwatch.coder import code
from relwatch.encounters import parts
from relwatch.merge import Encounter
from relwatch.records import Article, Event, dyads
from relwatch.store import Store
from relwatch.timeline import encounters

SET = sorted((Path(__file__).parent / "encounters").glob("*.jsonl"))
Report = dict[str, Any]
Pair = tuple[str, str]


def reports() -> list[Report]:
    return [json.loads(line) for path in SET for line in path.read_text(encoding="utf-8").splitlines()]


def told(report: Report, events: tuple[Event, ...]) -> Event | None:
    """The event that the report is about: the first of its type and status."""
    return next((e for e in events if (e.type, e.status) == (report["type"], report["status"])), None)


@pytest.fixture(scope="module")
def coded() -> list[tuple[Report, Article, tuple[Event, ...]]]:
    out = []
    for report in reports():
        made = Article(
            id=report["id"],
            text=report["text"],
            outlet=report["outlet"],
            published=date.fromisoformat(report["date"]),
            published_basis="given",
        )
        out.append((report, made, code(made)))
    return out


def everything(store: Store) -> list[Encounter]:
    """The encounters of all pairs of parties."""
    pairs = {(a, b) for a, b in store.select("SELECT DISTINCT a, b FROM dyads WHERE a < b")}
    return [encounter for a, b in sorted(pairs) for encounter in parts(encounters(store, a, b))]


def together(found: list[Encounter]) -> set[Pair]:
    """The pairs of events that one encounter holds."""
    return {pair for e in found for pair in combinations(sorted(row.event.id for row in e.reports), 2)}


def test_reports_of_one_interaction_are_one_encounter(
    tmp_path: Path, coded: list[tuple[Report, Article, tuple[Event, ...]]]
) -> None:
    with Store.open(tmp_path / "s.db") as store:
        for _, article, events in coded:
            store.add(article, events)
        made = together(everything(store))
    events = {report["id"]: event for report, _, found in coded if (event := told(report, found))}
    right = wrong = missed = 0
    for (one, *_), (two, *_) in combinations(coded, 2):
        same = one["encounter"] == two["encounter"]
        pair = sorted(events[r["id"]].id if r["id"] in events else r["id"] for r in (one, two))
        joined = tuple(pair) in made
        right += same and joined
        missed += same and not joined
        wrong += joined and not same
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"{len(coded)} reports, {len(events)} coded: precision {precision:.3f}, recall {recall:.3f}")
    assert len(coded) >= 120
    assert precision >= 0.98
    assert recall >= 0.85


def test_the_order_of_adding_changes_nothing_and_removing_undoes(
    tmp_path: Path, coded: list[tuple[Report, Article, tuple[Event, ...]]]
) -> None:
    def shown(store: Store) -> list[list[str]]:
        return [[row.event.id for row in e.reports] for e in everything(store)]

    some = [item for item in coded if any({"RUS", "USA"} <= set(pair) for e in item[2] for pair in dyads(e))]
    with Store.open(tmp_path / "a.db") as store:
        for _, article, events in some[::2]:
            store.add(article, events)
        before = shown(store)
        for _, article, events in some[1::2]:
            store.add(article, events)
        whole = shown(store)
        for _, article, _ in some[1::2]:
            store.remove(article.id)
        assert shown(store) == before
    random.Random(7).shuffle(some)
    with Store.open(tmp_path / "b.db") as store:
        for _, article, events in some:
            store.add(article, events)
        assert shown(store) == whole
