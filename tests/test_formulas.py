"""Stock phrases: found by their beginnings, told by side, new and gone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch.cli.main import main
from relwatch.formulas import formulas, found_in
from relwatch.records import Span
from relwatch.store import Store


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A Strategic  partnership with no limits.", {"strategic partnership", "no limits"}),
        ("They had a frank and useful exchange.", {"frank", "useful"}),
        ("Frank Walter met the uncandid envoy.", set()),
        ("Talks in Frankfurt.", set()),
    ],
)
def test_phrases(text: str, names: set[str]) -> None:
    assert found_in(text) == names


def test_by_side_and_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(tmp_path / "s.db") as store:
        for n, (day, outlet, text) in enumerate(
            [
                ("2018-01-01", "TASS", "A constructive talk."),
                ("2018-02-01", "TASS", "A constructive visit."),
                ("2018-03-01", "TASS", "A constructive call."),
                ("2018-03-01", "AFP", "A constructive day."),
                *((f"2018-0{n}-02", "The White House", "It is a talk.") for n in range(1, 4)),
                *((f"2020-1{n}-02", "TASS", "It is a talk.") for n in range(3)),
                ("2021-01-01", "The White House", "It is a red line."),
            ]
        ):
            made = make_article(f"{text} {n}", outlet=outlet, published=day)
            span = (Span(0, len(text), text),)
            store.add(made, [make_event(made, when=day, evidence=span), make_event(made, when=day, evidence=span)])
        found = formulas(store, "USA", "RUS")
        assert [(u.formula, u.side, u.sentences, u.state) for u in found] == [
            ("red line", "USA", 1, "new"),
            ("constructive", "RUS", 3, "gone"),
            ("constructive", "others", 1, ""),
        ]
        assert (found[1].first, found[1].last) == (date(2018, 1, 1), date(2018, 3, 1))
        assert formulas(store, "USA", "FRA") == []
        for article in list(store.articles(outlet="TASS", since=date(2020, 1, 1))):
            store.remove(article.id)
        assert formulas(store, "USA", "RUS")[1].state == ""  # nothing more is read of that side
        assert main(["formulas", "us", "russia", "--jsonl", "--db", str(store.path)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["sentence"] for line in lines][:2] == ["It is a red line.", "A constructive call."]
