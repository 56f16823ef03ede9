"""Copies: which articles carry one story, who carries one text; neither order nor a detour matters.

``stories/texts.jsonl``: texts of ours about well-known events. Articles with the same ``story`` are copies
(cut, under a new headline, in another house style, with paragraphs added); ``kind`` says what each one is.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch import duplicates
from relwatch.read import article_of
from relwatch.records import Article
from relwatch.shingles import Text, same_story
from relwatch.store import Store
from relwatch.timeline import lines

TEXTS = Path(__file__).with_name("stories") / "texts.jsonl"


@cache
def rows() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in map(json.loads, TEXTS.read_text("utf-8").splitlines())}


@cache
def articles() -> dict[str, Article]:
    return {
        id_: article_of(
            row["text"],
            id=id_,
            title=row["title"],
            outlet=row["outlet"],
            metadata=date.fromisoformat(row["published"]),
        )
        for id_, row in rows().items()
    }


@cache
def texts() -> dict[str, Text]:
    return {id_: Text(article) for id_, article in articles().items()}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def filled(path: Path, found: Sequence[Article]) -> Store:
    store = Store.open(path)
    for article in found:
        store.add(article, [make_event(article)])
    return store


def copies(store: Store) -> list[list[object]]:
    """What the store says of carriers and stories."""
    return [
        store.select("SELECT * FROM carriers ORDER BY 1, 2, 3, 4"),
        store.select("SELECT * FROM stories ORDER BY 1"),
        store.select("SELECT hash, day, id FROM sketches JOIN articles ON n = article ORDER BY 1, 2, 3"),
        store.select("SELECT id, title, outlet, url, published FROM articles ORDER BY 1"),
    ]


def test_the_pairs_are_many_and_of_every_kind() -> None:
    kinds = Counter(row["kind"] for row in rows().values())
    assert {"cut", "house style", "added paragraph", "independent", "follow-up", "readout form"} <= set(kinds)
    of_one_event = [(a["story"] == b["story"]) for a, b in combinations(rows().values(), 2) if a["event"] == b["event"]]
    assert of_one_event.count(True) >= 40
    assert of_one_event.count(False) >= 80


def test_copies_are_told_from_reports_of_the_same_event() -> None:
    right, wrong, missed = 0, [], []
    for a, b in combinations(rows(), 2):
        same, found = rows()[a]["story"] == rows()[b]["story"], same_story(texts()[a], texts()[b])
        assert found == same_story(texts()[b], texts()[a])
        right += same and found
        if found and not same:
            wrong.append((a, b))
        elif same and not found:
            missed.append((a, b))
    assert not wrong  # precision 1: an independent report is never lost
    # Two short cuts that share no more than a paragraph: they are one story over the article that they are cut from.
    assert missed == [("call-cut", "call-newlead"), ("call-brief", "call-newlead")]
    assert right / (right + len(missed)) >= 0.95


@pytest.mark.parametrize("seed", range(4))
def test_a_store_has_the_stories_whatever_the_order(tmp_path: Path, seed: int) -> None:
    order = list(articles().values())
    random.Random(seed).shuffle(order)
    with filled(tmp_path / "s.db", order) as store:
        found = {row.id: row.story for row in store.articles()}
    firsts = {}
    for id_, row in sorted(rows().items(), key=lambda item: (item[1]["published"], item[0])):
        firsts.setdefault(row["story"], id_)
    alone = {story for story, n in Counter(row["story"] for row in rows().values()).items() if n == 1}
    assert found == {id_: None if row["story"] in alone else firsts[row["story"]] for id_, row in rows().items()}


@pytest.mark.parametrize("seed", range(6))
def test_what_is_removed_was_never_there(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    order = [article for id_, article in articles().items() if rows()[id_]["event"] in ("call", "xi", "kremlin")]
    rng.shuffle(order)
    gone = set(rng.sample([article.id for article in order], 5))
    with filled(tmp_path / "a.db", order) as store, filled(tmp_path / "b.db", []) as other:
        for id_ in sorted(gone):
            store.remove(id_)
        for article in order[::-1]:
            if article.id not in gone:
                other.add(article, [make_event(article)])
        assert copies(store) == copies(other)


def test_nothing_is_left_of_a_removed_article(store: Store) -> None:
    for article in list(articles().values())[:6]:
        store.add(article, [])
    for article in list(articles().values())[:6]:
        store.remove(article.id)
    assert copies(store) == [[], [], [], []]
    assert store.select("SELECT count(*) FROM sketches") == [(0,)]


SAME = "Putin and Biden spoke by phone on Saturday about Ukraine for an hour, the White House said."
CARRIERS = [
    {"outlet": "The Paper", "published": "2022-02-13"},
    {"outlet": "Reuters", "published": "2022-02-12", "url": "https://r.test/1"},
    {"outlet": None},
    {"outlet": "Reuters", "published": "2022-02-12"},
    {"outlet": "Courier", "published": "2022-02-12"},
]


@pytest.mark.parametrize("seed", range(8))
def test_the_same_text_is_one_article_with_its_carriers(tmp_path: Path, seed: int) -> None:
    order = list(CARRIERS)
    random.Random(seed).shuffle(order)
    made = [make_article(SAME, id="same", title="T", **fields) for fields in order]
    with filled(tmp_path / "s.db", made) as store:
        (row,) = store.articles()
        # The first by day, then by name; what says less than another (no outlet, no address) is no carrier.
        assert (row.outlet, row.published, row.events) == ("Courier", date(2022, 2, 12), 1)
        assert [tuple(copy) for copy in row.carriers] == [
            ("same", "Reuters", "https://r.test/1", "2022-02-12"),
            ("same", "The Paper", None, "2022-02-13"),
        ]
        assert store.copies("same") == row.carriers
        before = copies(store)
        for article in made:
            assert store.settled(article)
            assert not store.add(article, [])
        assert copies(store) == before


def test_a_carrier_needs_no_coding_unless_its_heading_counts(store: Store) -> None:
    later = make_article(SAME, outlet="Courier", published="2022-02-13")
    first = make_article(SAME, outlet="Reuters", published="2022-02-12")
    assert not store.settled(later)
    assert store.add(later, [make_event(later)])
    assert not store.settled(first)
    assert not store.add(first, [make_event(first), make_event(first)])
    assert store.settled(make_article(SAME, outlet="The Paper", published="2022-02-14"), record=False)
    assert [copy.outlet for copy in store.copies(first.id)] == ["Courier"]
    assert store.settled(make_article(SAME, outlet="The Paper", published="2022-02-14"))
    assert [copy.outlet for copy in store.copies(first.id)] == ["Courier", "The Paper"]
    assert (store.counts()["articles"], store.counts()["events"]) == (1, 2)
    paper = make_article(SAME, outlet="The Paper", published="2022-02-14", id="another")
    assert [copy.outlet for copy in store.carried(paper)] == ["Reuters", "Courier"]
    assert store.carried(make_article("Another text.")) == ()


def test_copies_are_one_source_of_an_encounter(store: Store) -> None:
    for id_ in ("call-wire", "call-cut", "call-style", "call-tass"):
        article = articles()[id_]
        store.add(article, [make_event(article, ("Putin/RUS", "Biden/USA"), when="2022-02-12")])
    (line,) = lines(store, "RUS", "USA")
    assert (line.reports, line.sources) == (4, 2)


def test_an_article_is_never_in_without_its_story(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(articles()["call-wire"], [])
    before = copies(store)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(duplicates, "_join", killed)
    with pytest.raises(KeyboardInterrupt):
        store.add(articles()["call-cut"], [])
    assert copies(store) == before


def test_a_store_from_before_there_were_stories(tmp_path: Path) -> None:
    some = [articles()[id_] for id_ in ("call-cut", "call-wire", "call-tass")]
    with filled(tmp_path / "a.db", some) as store:
        later = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE 'timelines%' OR name LIKE 'busy%')"
        )
        for statement in (
            *(f"DROP TRIGGER {name}" for (name,) in store.select(later)),
            "DROP INDEX articles_heading",
            "DROP TABLE timelines",
            "DROP TABLE busy",
            *(
                f"DROP TABLE {name}"
                for name in ("carriers", "stories", "sketches", "file_articles", "file_failures", "files")
            ),
            "ALTER TABLE articles DROP COLUMN author",
            "PRAGMA user_version = 2",
        ):
            store.connection.execute(statement)
    with Store.open(tmp_path / "a.db", readonly=True) as store, filled(tmp_path / "b.db", some) as other:
        assert copies(store) == copies(other)
        assert {row.id: row.story for row in store.articles()}["call-cut"] == "call-wire"


def test_texts_of_one_form_do_not_make_adding_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(a: Text, b: Text) -> bool:
        asked.append(b.article.id)
        return same_story(a, b)

    form = "The harbour office of port {n} said on Friday that the ferry to the islands would not sail from {n} today."
    day = date(2019, 5, 3)
    some = [article_of(form.format(n=n), given=day) for n in range(duplicates.COMPARED + 20)]
    store = filled(tmp_path / "a.db", some)
    monkeypatch.setattr(duplicates, "same_story", counted)
    store.add(article_of(form.format(n="99a"), given=day), [])
    store.close()
    assert 0 < len(asked) <= duplicates.COMPARED
