"""Encounters of coded reports against a test set of our own: precision and recall over pairs of reports."""

from __future__ import annotations

import json
import random
import tempfile
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from helpers import make_article, make_event
from hypothesis import given, settings
from hypothesis import strategies as st

from relwatch.coder import code
from relwatch.encounters import parts
from relwatch.merge import Encounter
from relwatch.records import Article, Event, Span, dyads
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


def measured(path: Path, coded: list[tuple[Report, Article, tuple[Event, ...]]]) -> tuple[float, float, float]:
    """Precision and recall over pairs of reports, and the recall over those pairs of which both are coded."""
    with Store.open(path) as store:
        for _, article, events in coded:
            store.add(article, events)
        made = together(everything(store))
    events = {report["id"]: event for report, _, found in coded if (event := told(report, found))}
    right = wrong = missed = uncoded = 0
    for (one, *_), (two, *_) in combinations(coded, 2):
        same = one["encounter"] == two["encounter"]
        both = one["id"] in events and two["id"] in events
        joined = both and tuple(sorted(events[r["id"]].id for r in (one, two))) in made
        right += same and joined
        missed += same and not joined
        uncoded += same and not both
        wrong += joined and not same
    out = right / (right + wrong), right / (right + missed), right / (right + missed - uncoded)
    print(
        f"{len(coded)} reports, {len(events)} coded: precision {out[0]:.2f}, recall {out[1]:.2f}, {out[2]:.2f} of coded"
    )
    return out


def test_reports_of_one_interaction_are_one_encounter(
    tmp_path: Path, coded: list[tuple[Report, Article, tuple[Event, ...]]]
) -> None:
    known = [item for item in coded if not item[0]["id"].startswith("b")]
    assert len(known) >= 120
    precision, recall, _ = measured(tmp_path / "s.db", known)
    assert precision >= 0.98
    assert recall >= 0.9


def test_reports_that_were_written_blind(
    tmp_path: Path, coded: list[tuple[Report, Article, tuple[Event, ...]]]
) -> None:
    """These were there before the rules were run on them; what the coder finds no talk in counts as missed."""
    blind = [item for item in coded if item[0]["id"].startswith("b")]
    assert len(blind) >= 60
    precision, recall, of_coded = measured(tmp_path / "s.db", blind)
    assert precision >= 0.98
    assert recall >= 0.7
    assert of_coded >= 0.9


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


SENTENCES = ("They spoke about Ukraine.", "They discussed arms and trade.", "A call on Ukraine and arms control.")
PEOPLE = (
    ("Putin/RUS", "Biden/USA"),
    ("Vladimir Putin/RUS", "Joe Biden/USA"),
    ("Lavrov/RUS", "Blinken/USA"),
    ("RUS", "USA"),
)
WHEN = ("2022-02-10", "2022-02-11", "2022-02-12", "2022-02", None)
REPORT = st.tuples(
    st.integers(0, 2), st.sampled_from(PEOPLE), st.sampled_from(WHEN), st.sampled_from(("phone", "meet", None)),
    st.sampled_from(("actual", "planned")),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(REPORT, min_size=2, max_size=7), st.randoms(use_true_random=False), st.data())
def test_encounters_are_of_the_set_of_reports_alone(
    told: list[tuple[int, tuple[str, str], str | None, str | None, str]], rng: random.Random, data: st.DataObject
) -> None:
    """Whatever order reports come in, and after one is removed: what is left is as if it had always been all."""
    made = []
    for n, (sentence, people, when, mode, status) in enumerate(told):
        text = f"{SENTENCES[sentence]} Report {n}."
        article = make_article(text, id=f"a{n}", title="", outlet=f"Outlet {n}", published="2022-02-12")
        span = (Span(0, len(SENTENCES[sentence]), SENTENCES[sentence]),)
        made.append(
            (article, make_event(article, people, id=f"e{n}", when=when, mode=mode, status=status, evidence=span))
        )
    gone = data.draw(st.integers(0, len(made) - 1))

    def shown(order: list[tuple[Article, Event]], *removed: str) -> list[object]:
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db") as store:
            for article, event in order:
                store.add(article, [event])
            for id_ in removed:
                store.remove(id_)
            return [one.to_json() for one in encounters(store, "RUS", "USA")]

    mixed = rng.sample(made, len(made))
    assert shown(mixed) == shown(made)
    assert shown(mixed, f"a{gone}") == shown([one for n, one in enumerate(made) if n != gone])
