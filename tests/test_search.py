"""Search by words, and the matrix of a group."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch.cli.main import main
from relwatch.errors import UsageError
from relwatch.matrix import busiest, matrix, members
from relwatch.query import Filters, keeps, pair
from relwatch.records import Span
from relwatch.search import search
from relwatch.store import Store

FIRST = "Biden and Putin discussed Erdoğan's grain offer."
SECOND = "Biden warned of a red line."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        made = make_article(f"{FIRST} {SECOND} The weather was fine.", id="one", published="2022-07-01")
        at = len(FIRST) + 1
        threat = {"type": "THREATEN", "tone": -2, "when": "2022-07-02", "topics": ("defence",)}
        store.add(
            made,
            [
                make_event(made, ("RUS", "USA"), evidence=(Span(0, len(FIRST), FIRST),), id="grain"),
                make_event(
                    made, ("USA",), ("RUS",), evidence=(Span(at, at + len(SECOND), SECOND),), id="line", **threat
                ),
            ],
        )
        other = make_article("France spoke of grain and of a line.", id="two", published="2022-08-01")
        store.add(other, [make_event(other, ("FRA",), ("RUS",), id="fra", tone=1)])
        yield store


def ids(store: Store, words: str, *sides: str, **filters: object) -> list[str]:
    found = search(store, words, *sides, filters=Filters(**filters))  # type: ignore[arg-type]
    return [hit.row.event.id if hit.row else hit.article for hit in found]


def test_events_by_their_evidence_and_articles_by_the_rest(store: Store) -> None:
    assert ids(store, "grain") == ["grain", "two"]  # the French event's evidence ends before the word
    assert ids(store, "ERDOGAN") == ["grain"]
    assert ids(store, "line red") == ["line"]
    assert ids(store, "weather fine") == ["one"]
    assert ids(store, "weather snow") == []
    assert ids(store, "grain", reverse=True) == ["two", "grain"]
    assert ids(store, "grain", limit=1) == ["grain"]
    assert ids(store, "grain", since=date(2022, 7, 15)) == ["two"]
    assert ids(store, 'gr* OR "weather" NEAR') == []
    with pytest.raises(UsageError, match="no word"):
        list(search(store, " - "))


def test_with_a_country_or_a_filter_events_alone(store: Store) -> None:
    assert ids(store, "grain", "RUS") == ids(store, "grain", "RUS", "USA") == ["grain"]
    assert ids(store, "grain", "FRA") == []
    assert ids(store, "france", "FRA", limit=2) == ["fra"]
    assert ids(store, "line", types=("THREATEN",)) == ["line"]
    assert ids(store, "weather", types=("THREATEN",)) == []


def test_filters_of_events_and_an_outlet(store: Store) -> None:
    assert ids(store, "line", tones=("hostile",)) == ids(store, "line", topics=("defence",)) == ["line"]
    assert ids(store, "of", types=("CONSULT",), statuses=("actual",), leader="putin") == []
    assert ids(store, "line", "RUS", since=date(2022, 7, 2)) == ["line"]
    assert ids(store, "line", "RUS", until=date(2022, 7, 1)) == []
    assert [hit.article for hit in search(store, "grain", outlet="EXAMPLE news")] == ["one", "two"]
    assert list(search(store, "grain", outlet="Example")) == []
    assert main(["search", "grain", "russia", "--outlet", "nobody", "--db", str(store.path)]) == 0


def test_many_articles_come_in_order_each_with_its_events_in_the_texts(tmp_path: Path) -> None:
    texts = ["Putin and Biden spoke of wheat.", "Biden spoke of wheat."]
    with Store.open(tmp_path / "many.db") as store:
        for n in range(40):
            made = make_article(
                f"{n}. {' '.join(texts)}", id=f"w{n:02}", published=f"2022-0{1 + n // 28}-{1 + n % 28:02}"
            )
            spans = [Span(at := made.text.index(text), at + len(text), text) for text in texts]
            store.add(made, [make_event(made, evidence=(span,)) for span in spans])
        found = [(hit.article, hit.sentence) for hit in search(store, "wheat")]
    assert found == [(f"w{n:02}", text) for n in range(40) for text in texts]


def test_keeps_agrees_with_the_query(store: Store) -> None:
    rows = list(pair(store, "RUS", "USA"))
    for filters in (
        Filters(types=("THREATEN",)),
        Filters(topics=("defence",)),
        Filters(tones=("hostile",)),
        Filters(statuses=("planned",)),
        Filters(since=date(2022, 1, 1)),
        Filters(until=date(2022, 1, 1)),
        Filters(leader="Putin"),
    ):
        assert [row for row in rows if keeps(filters, row)] == list(pair(store, "RUS", "USA", filters))


def test_matrix(store: Store) -> None:
    assert busiest(store, 2) == ["RUS", "USA"]
    first, second, third = matrix(store, ["USA", "RUS", "FRA"])
    assert (first.a, first.b, first.reports, first.days, first.events) == ("USA", "RUS", 1, 1, 2)
    assert (first.tone, first.tone_a, first.n_a, first.tone_b, first.n_b) == (-1.0, -2.0, 1, None, 0)
    assert first.last == "2020-04-30"
    assert (second.events, second.tone, second.last) == (0, None, None)
    assert (third.tone_a, third.tone_b) == (None, 1.0)
    assert matrix(store, ["USA", "RUS"], Filters(since=date(2022, 1, 1)))[0].events == 1


def test_the_commands(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--db", str(store.path))
    assert main(["search", "grain", *place]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == ["event", "article"]
    assert {len(line) for line in lines} == {9}
    assert main(["search", "grain", "russia", "us", "--json", *place]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["id"], found["found"]["kind"]) == ("grain", "event")
    assert main(["matrix", *place]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert main(["matrix", "us", *place]) == 2


def test_a_bloc_stands_for_its_members_of_the_day() -> None:
    assert members("G7", None) == ["CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA"]
    assert "GBR" in members("EU", date(2020, 1, 31))
    assert "GBR" not in members("EU", date(2020, 2, 1))
    assert len(members("NATO", date(2025, 1, 1))) == 32
    assert len(members("EU", None)) == 27
    with pytest.raises(UsageError):
        members("FRA", None)
