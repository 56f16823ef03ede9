"""Shifts: what is one, what is none, and that few or copied articles make none."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch.cli.main import main
from relwatch.query import Filters
from relwatch.records import Span
from relwatch.shifts import rank_test, shifts
from relwatch.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def quarter(store: Store, n: int, tones: list[int], topic: str = "trade", text: str = "", per_article: int = 1) -> None:
    """The encounters of the n-th quarter from 2018 on: statements of Russia on the US, one a day."""
    year, month = 2018 + n // 4, n % 4 * 3 + 1
    for at in range(0, len(tones), per_article):
        days = [f"{year}-{month + i // 28:02}-{i % 28 + 1:02}" for i in range(at, min(at + per_article, len(tones)))]
        said = text or f"Statement {n} {at} of its own words, {random.Random(n * 99 + at).random()}."
        made = make_article(said, published=days[-1], outlet=f"Outlet {at}")
        span = (Span(0, len(said), said),)
        events = [
            make_event(made, ("RUS",), ("USA",), when=day, tone=tones[at + i], topics=(topic,), evidence=span)
            for i, day in enumerate(days)
        ]
        store.add(made, events)


CALM = [0, 0, -1, 0, 1, 0, 0, -1, 0, 1]


def found(store: Store, **filters: object) -> list[tuple[str, str]]:
    return [(s.period, s.what) for s in shifts(store, "RUS", "USA", Filters(**filters))]  # type: ignore[arg-type]


def test_a_turn_of_tone_and_topic(store: Store) -> None:
    for n in range(9):
        quarter(store, n, CALM)
    assert found(store) == []
    quarter(store, 9, [-2, -2, -2, -1, -2, -1, -2, -2, -2, -2], topic="defence")
    assert found(store) == [("2020-Q2", "tone RUS > USA"), ("2020-Q2", "topic defence"), ("2020-Q2", "topic trade")]
    tone = shifts(store, "USA", "RUS")[0]
    assert (tone.before, tone.after, tone.n_before, tone.n_after, tone.articles) == (0.0, -1.8, 80, 10, 10)
    assert tone.size is not None
    assert tone.size < -0.8
    assert len(tone.events) == len(tone.sentences) == 3
    assert found(store, since=date(2020, 7, 1)) == []


def test_more_encounters_and_fewer(store: Store) -> None:
    for n in range(8):
        quarter(store, n, CALM)
    quarter(store, 8, CALM * 5)
    assert found(store) == [("2020-Q1", "frequency")]
    (shift,) = shifts(store, "RUS", "USA")
    assert (shift.before, shift.after, shift.size) == (10, 50, 5)


def test_a_fall_counts_once_the_period_is_over(store: Store) -> None:
    for n in range(8):
        quarter(store, n, CALM * 5)
    quarter(store, 8, CALM[:2])
    assert found(store) == []
    quarter(store, 9, CALM[:2])
    assert found(store) == [("2020-Q1", "frequency")]


def test_three_articles_make_no_alarm(store: Store) -> None:
    for n in range(8):
        quarter(store, n, CALM)
    quarter(store, 8, [-2] * 3)
    assert found(store) == []
    quarter(store, 9, [-2] * 30, per_article=10)
    assert [what for period, what in found(store) if period == "2020-Q2"] == []


def test_chance_alone_makes_hardly_any(store: Store) -> None:
    rng = random.Random(3)
    for n in range(40):
        quarter(store, n, [rng.choice((-2, -1, 0, 0, 1)) for _ in range(rng.randrange(15, 28))])
    assert len(found(store)) <= 1


def test_more_reading_makes_no_more_encounters(store: Store) -> None:
    """Five times as many encounters in five times as many articles, elsewhere too, are no rise; nor is less a fall."""

    def elsewhere(n: int, articles: int) -> None:
        for i in range(articles):
            day = f"{2018 + n // 4}-{n % 4 * 3 + 1 + i // 28:02}-{i % 28 + 1:02}"
            made = make_article(f"Elsewhere {n} {i}.", published=day)
            store.add(made, [make_event(made, ("FRA", "DEU"), when=day)])

    for n in range(8):
        quarter(store, n, CALM)
        elsewhere(n, 8)
    quarter(store, 8, CALM * 5)
    elsewhere(8, 40)
    assert found(store) == []
    quarter(store, 9, CALM * 8)
    elsewhere(9, 8)
    assert found(store) == [("2020-Q2", "frequency")]


def test_rank_test() -> None:
    assert rank_test([0, 0], [0, 0]) == (0.0, 0.0)
    delta, z = rank_test([-2, -1, -2], [1, 2, 1])
    assert delta == 1
    assert z == pytest.approx(1.99, abs=0.05)
    assert rank_test([1, 2, 1], [-2, -1, -2]) == (-delta, -z)


def test_the_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(8):
        quarter(store, n, CALM)
    place = ("--db", str(store.path))
    assert main(["shifts", "russia", "us", *place]) == 0
    assert "no shift" in capsys.readouterr().err
    quarter(store, 8, CALM * 5)
    assert main(["shifts", "russia", "us", "--jsonl", *place]) == 0
    assert json.loads(capsys.readouterr().out)["what"] == "frequency"


def test_a_later_run_shows_what_is_new(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*more: str, pair: tuple[str, str] = ("russia", "us")) -> tuple[int, list[str]]:
        status = main(["shifts", *pair, "--db", str(store.path), "--exit-code", *more])
        return status, [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]

    for n in range(8):
        quarter(store, n, CALM)
    assert run("--since", "last-run") == (0, [])
    quarter(store, 8, CALM * 5)
    assert run("--since", "last-run") == (3, ["2020-Q1"])
    assert run("--since", "last-run", pair=("us", "russia")) == (0, [])
    assert run() == (3, ["2020-Q1"])
    assert run("--since", "last-run", "--by", "month")[0] == 3  # kept apart from those by quarter
    assert main(["shifts", "russia", "us", "--db", str(store.path)]) == 0
    capsys.readouterr()
    quarter(store, 9, CALM * 8)
    assert run("--since", "last-run") == (3, ["2020-Q2"])
    assert run("--since", "last-ruin")[0] == 2
