"""Two accounts of one contact: whose they are, what they share and where they differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch.cli.main import main
from relwatch.outlets import owner_of
from relwatch.readouts import readouts
from relwatch.records import Span
from relwatch.store import Store

BOTH = ("Trump/USA", "Putin/RUS")
KREMLIN = "Putin and Trump spoke by phone at the initiative of the American side about energy and Ukraine."
KREMLIN_MORE = "Putin noted the constructive tone of the talk on culture."
WHITE = "Trump and Putin spoke by phone at Russia's initiative about Ukraine and human rights."
WIRE = "Trump and Putin spoke by phone about trade, Peskov said."
AGENCY = "Trump and Putin spoke by phone about chess and space."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def add(store: Store, outlet: str, *told: tuple[str, dict[str, object]]) -> None:
    text = " ".join(sentence for sentence, _ in told)
    made = make_article(text=text, outlet=outlet, published="2025-02-12")
    events = []
    for sentence, fields in told:
        start = text.index(sentence)
        evidence = (Span(start, start + len(sentence), sentence),)
        values: dict[str, object] = {"actor": BOTH, "when": "2025-02-12", "evidence": evidence}
        events.append(make_event(made, **(values | fields)))  # type: ignore[arg-type]
    store.add(made, events)


@pytest.fixture
def told(store: Store) -> Store:
    more = {"actor": ("Putin/RUS",), "recipient": ("USA",), "topics": ("culture",), "tone": 1, "type": "SUPPORT"}
    add(store, "kremlin.ru", (KREMLIN, {"topics": ("energy", "conflict")}), (KREMLIN_MORE, more))
    add(store, "The White House", (WHITE, {"topics": ("conflict", "human_rights"), "tone": -1}))
    add(store, "Reuters", (WIRE, {"topics": ("trade",), "speaker": "Peskov/RUS"}))
    add(store, "AFP", (AGENCY, {"topics": ("technology",)}))
    return store


def test_points_by_side(told: Store) -> None:
    found = readouts(told, "USA", "RUS")
    assert [p.name for p in found.both] == ["conflict"]
    assert found.both[0].a
    assert (found.both[0].a.sentence, found.both[0].a.outlet) == (WHITE, "The White House")
    assert [p.name for p in found.only_a] == ["human_rights"]
    assert [p.name for p in found.only_b] == ["culture", "energy", "trade", "SUPPORT"]
    assert [p.name for p in found.only_others] == ["technology"]
    assert found.outlets == {"a": ("The White House",), "b": ("Reuters", "kremlin.ru"), "others": ("AFP",)}
    differ = {p.name: (p.a.value, p.b.value) for p in found.contradictions if p.a and p.b}
    assert differ == {"tone": ("critical", "constructive"), "initiative": ("RUS", "USA")}
    turned = readouts(told, "RUS", "USA")
    assert (turned.only_a, turned.only_b[0].b) == (
        tuple(type(p)(p.kind, p.name, p.b, p.a, p.others) for p in found.only_b),
        found.only_a[0].a,
    )


def test_which_contact(told: Store) -> None:
    add(told, "DPA", ("Trump and Putin spoke by phone again.", {"when": "2025-03-18"}))
    latest = readouts(told, "USA", "RUS").encounter
    assert latest
    assert latest.best.day == date(2025, 2, 12)  # the latest that both sides tell of
    day = date(2025, 3, 18)
    asked = readouts(told, "USA", "RUS", on=(day, day)).encounter
    assert asked
    assert asked.best.day == day
    assert readouts(told, "USA", "RUS", on=(date(2020, 1, 1), date(2020, 1, 1))).encounter is None


@pytest.mark.parametrize(
    ("outlet", "owner"),
    [("TASS", "RUS"), ("ITAR-TASS", "RUS"), ("www.kremlin.ru", "RUS"), ("Reuters", None), ("Mastassin Times", None),
     ("Xinhua News Agency", "CHN"), ("Interfax", None), (None, None), ("museum.dk", None), ("www.um.dk", "DNK")],
)  # fmt: skip
def test_whose_outlet(outlet: str | None, owner: str | None) -> None:
    assert owner_of(outlet) == owner


def test_the_command(told: Store, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["readouts", "us", "russia", "--db", str(told.path)]
    assert main(call) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[0][:3] == ["contradictions", "tone", "USA"]
    assert {len(line) for line in lines} == {8}
    assert main([*call, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["contact"]["type"] == "CONSULT"
    assert main([*call, "--on", "2019"]) == 0
    assert "holds no articles of that time" in capsys.readouterr().err
    assert main([*call, "--on", "2025-02-08"]) == 0  # the articles of the 12th could tell of it
    assert "no contact in the 4 articles of that time" in capsys.readouterr().err


def test_what_a_government_tells_of_the_others_words_is_its_own_account(store: Store) -> None:
    thanks = "Scholz thanked Putin for the grain deal."
    more = {"actor": ("Scholz/DEU",), "recipient": ("RUS",), "speaker": "Scholz/DEU", "type": "SUPPORT", "when": None}
    add(store, "kremlin.ru", (KREMLIN, {"actor": ("Scholz/DEU", "Putin/RUS")}), (thanks, more))
    add(store, "Spiegel", ("Scholz and Putin spoke.", {"actor": ("Scholz/DEU", "Putin/RUS")}), (thanks, more))
    found = readouts(store, "DEU", "RUS")
    assert [(p.name, p.a) for p in found.only_b] == [("SUPPORT", None)]
    assert found.only_a == ()  # an undated remark in a paper's article may be of any day


KREMLIN_RELEASE = """---
title: Telephone conversation with US President Joe Biden
outlet: kremlin.ru
published: 2021-04-13
---
Vladimir Putin spoke by phone with US President Joe Biden on April 13, at the initiative of the American side.

The two presidents discussed arms control and the climate. Biden proposed a personal meeting to Putin.
"""
WHITE_HOUSE_RELEASE = """---
title: Readout of the call with President Putin
outlet: The White House
published: 2021-04-13
---
President Joe Biden spoke today by phone with President Vladimir Putin of Russia.

The two presidents discussed arms control after the extension of the New START treaty. Biden warned Putin that the
United States would act firmly against cyber attacks and interference in elections.
"""


def test_two_releases_on_the_call_of_april_2021(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("kremlin.md", KREMLIN_RELEASE), ("white-house.md", WHITE_HOUSE_RELEASE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    place = ("--db", str(tmp_path / "s.db"))
    assert main(["add", *(str(path) for path in sorted(tmp_path.glob("*.md"))), *place]) == 0
    capsys.readouterr()
    assert main(["readouts", "us", "russia", "--on", "2021-04-13", "--json", *place]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert len(found["contact"]["encounter"]["reports"]) == 2
    assert found["outlets"] == {"a": ["The White House"], "b": ["kremlin.ru"]}
    names = {section: {point["name"] for point in found[section]} for section in ("both", "only_a", "only_b")}
    assert names["both"] == {"arms_control"}
    assert {"cyber", "THREATEN"} <= names["only_a"]
    assert "climate" in names["only_b"]
    warned = next(point["a"] for point in found["only_a"] if point["name"] == "cyber")
    assert warned["speaker"] == "Joe Biden"
    assert warned["sentence"].startswith("Biden warned Putin")
