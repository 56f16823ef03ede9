"""Directed tone: whose it is, how it is told, period by period, and what each point rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch.cli.main import main
from relwatch.directed import tone_series
from relwatch.query import Filters, row
from relwatch.records import Span, Tone
from relwatch.render import fields
from relwatch.series import period_of, periods_between
from relwatch.sides import manner_of, side_of
from relwatch.store import Store

TO_USA = {"actor": ("RUS",), "recipient": ("USA",)}
QUOTE = "“The talks were frank,” Lavrov said, and left a useful word."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def add(store: Store, text: str = "", words: str = "", outlet: str = "AFP", **told: object) -> str:
    """One statement of one article, its evidence the whole text; the event's id."""
    made = make_article(text or None, outlet=outlet, published=str(told.pop("published", "2020-05-02")))
    told["evidence"] = (Span(0, len(made.text), made.text),)
    event = make_event(made, **told)  # type: ignore[arg-type]
    if words:
        at = made.text.index(words)
        event = type(event)(
            **{name: getattr(event, name) for name in event.__slots__}
            | {"tone": Tone(event.tone.score, (Span(at, at + len(words), words),))}
        )
    store.add(made, [event])
    return event.id


@pytest.mark.parametrize(
    ("told", "side", "manner"),
    [
        (TO_USA, "a", "reporter"),
        (TO_USA | {"speaker": "Lavrov/RUS"}, "a", "paraphrased"),
        (TO_USA | {"speaker": "Lavrov/RUS", "text": QUOTE, "words": "frank", "tone": 1}, "a", "quoted"),
        (TO_USA | {"speaker": "Lavrov/RUS", "text": QUOTE, "words": "useful", "tone": 1}, "a", "paraphrased"),
        (TO_USA | {"speaker": "Lavrov/RUS", "text": QUOTE}, "a", "quoted"),
        (TO_USA | {"speaker": "Biden/USA"}, "a", "counterpart"),
        (TO_USA | {"outlet": "kremlin.ru"}, "a", "official"),
        (TO_USA | {"outlet": "The White House"}, "a", "counterpart"),
        (TO_USA | {"outlet": "TASS"}, "a", "reporter"),
        (TO_USA | {"speaker": "Macron/FRA"}, "others", "paraphrased"),
        (TO_USA | {"outlet": "elysee.fr"}, "others", "reporter"),
        ({}, "both", "reporter"),
        ({"speaker": "Biden/USA"}, "b", "paraphrased"),
        ({"outlet": "kremlin.ru"}, "a", "official"),
    ],
)
def test_whose_tone_and_how_it_is_told(store: Store, told: dict[str, object], side: str, manner: str) -> None:
    found = row(store, add(store, **told))  # type: ignore[arg-type]
    assert (side_of(found, "RUS", "USA"), manner_of(found, "RUS", "USA")) == (side, manner)
    turned = {"a": "b", "b": "a"}.get(side, side)
    assert (side_of(found, "USA", "RUS"), manner_of(found, "USA", "RUS")) == (turned, manner)


def test_a_statement_counts_once_and_in_its_most_direct_words(store: Store) -> None:
    told = TO_USA | {"tone": -1, "type": "ACCUSE", "when": "2020-05-01"}
    text = "Russia accused the United States of stalling the talks on arms"
    add(store, text + ".", "accused", **told)
    quoted = add(store, f"“{text},” Lavrov said.", "stalling", speaker="Lavrov/RUS", outlet="DPA", **told)
    add(store, text + " today.", outlet="EFE", **(told | {"tone": 0}))
    (point,) = tone_series(store, "RUS", "USA", by="month")
    assert (point.side, point.period, point.n, point.mean, point.events) == ("a", "2020-05", 1, -1, (quoted,))
    assert point.manners == {"quoted": 1, "official": 0, "paraphrased": 0, "counterpart": 0, "reporter": 0}
    assert point.counts["critical"] == 1


def test_periods_without_a_statement_are_told_from_those_without_an_article(store: Store) -> None:
    add(store, **TO_USA, when="2020-01-02", published="2020-01-02")
    add(store, actor=("FRA", "USA"), published="2020-02-10")
    add(store, **TO_USA, when="2020-04-02", published="2020-04-02", tone=1)
    found = tone_series(store, "RUS", "USA", by="month")
    assert [(p.period, p.n, p.articles) for p in found] == [
        ("2020-01", 1, 1), ("2020-02", 0, 1), ("2020-03", 0, 0), ("2020-04", 1, 1),
    ]  # fmt: skip
    assert [p.mean for p in found] == [0, None, None, 1]
    assert [p.period for p in tone_series(store, "RUS", "USA", by="year")] == ["2020"]
    assert tone_series(store, "RUS", "USA", Filters(since=date(2021, 1, 1))) == []


def test_weeks_are_isos() -> None:
    assert [period_of(date(2020, 12, 31), by) for by in ("week", "month", "quarter", "year")] == [
        "2020-W53", "2020-12", "2020-Q4", "2020",
    ]  # fmt: skip
    assert periods_between([date(2020, 12, 31), date(2021, 1, 11)], "week") == ["2020-W53", "2021-W01", "2021-W02"]
    assert periods_between([date(2021, 1, 3), date(2021, 1, 4)], "week") == ["2020-W53", "2021-W01"]


def test_the_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    id_ = add(store, **TO_USA, tone=-2)
    add(store, speaker="Trump/USA", tone=1)
    call = ["tone", "russia", "us", "--db", str(store.path), "--by", "week"]
    assert main([*call, "--csv"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == ",".join(fields.TONE_FIELDS)
    assert [line.split(",")[1] for line in lines] == ["RUS > USA", "USA > RUS"]
    assert main([*call, "--json", "--told", "reporter"]) == 0
    (point,) = json.loads(capsys.readouterr().out)
    assert (point["period"], point["n"], point["mean"], point["events"]) == ("2020-W18", 1, -2.0, [id_])
    assert main([*call, "--told", "sung"]) == 2
    assert main([*call, "--since", "2023"]) == 0
    assert "holds no articles of that time" in capsys.readouterr().err
    assert main([*call, "--since", "2020-05-02", "--until", "2020-05-03"]) == 0
    assert "no events in the 2 articles of that time" in capsys.readouterr().err
