"""The store: what goes in comes out, exactly and once."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from helpers import everything, make_article, make_event
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relwatch.errors import StoreError, UsageError
from relwatch.records import (
    STATUSES,
    TOPICS,
    TYPES,
    Article,
    DateSpan,
    Event,
    Party,
    Span,
    Tone,
)
from relwatch.store import Store, article_digest

FULL = Event(
    id="e1",
    article="a1",
    type="CONSULT",
    mode="phone",
    status="planned",
    actor=(Party("RUS", "Vladimir Putin", "president"), Party("USA")),
    recipient=(Party("UN", None, "secretary-general"),),
    speaker=Party(None, "A. Nonymous"),
    topics=("trade", "climate", "arms_control"),
    tone=Tone(-1, (Span(4, 9, "frank"), Span(20, 24, "Łódź"))),
    date=DateSpan(date(2025, 5, 19), date(2025, 5, 21), "day"),
    place="Ankara",
    evidence=(Span(30, 40, "b" * 10), Span(0, 10, "a\n[b]\x1b[0m'")),
    confidence=0.123456789012345,
    frame="call.v",
    trace=("predicate: call", 'parties: "RUS"'),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "new" / "folder" / "store.db") as store:
        yield store


def test_an_event_comes_out_as_it_went_in(store: Store) -> None:
    article = make_article(id="a1")
    assert store.add(article, [FULL])
    assert store.event("e1") == FULL
    assert store.events_of("a1") == [FULL]


names = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
parties = st.builds(Party, st.sampled_from(["RUS", "USA", "EU"]), names, names)
texts = names.map(lambda text: text or "")
spans = st.lists(st.builds(Span, st.integers(0, 9), st.integers(0, 9), texts), max_size=3)
days = st.none() | st.dates()
events = st.builds(
    Event,
    id=st.uuids().map(str),
    article=st.just("a"),
    type=st.sampled_from(TYPES),
    mode=names,
    status=st.sampled_from(STATUSES),
    actor=st.lists(parties, min_size=1, max_size=3).map(tuple),
    recipient=st.lists(parties, max_size=3).map(tuple),
    speaker=st.none() | st.builds(Party, st.none() | st.just("RUS"), names, names),
    topics=st.lists(st.sampled_from(TOPICS), max_size=3).map(tuple),
    tone=st.builds(Tone, st.integers(-2, 2), spans.map(tuple)),
    date=st.builds(DateSpan, days, days, st.sampled_from(["day", "month", "year", "unknown"])),
    place=names,
    evidence=spans.map(tuple),
    confidence=st.floats(0, 1),
    frame=texts,
    trace=st.lists(texts, max_size=3).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, max_size=4, unique_by=lambda e: e.id))
def test_any_events_come_out_as_they_went_in(given_events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db") as store:
        store.add(make_article(id="a", published="2020-01-01"), given_events)
        assert store.events_of("a") == given_events


def test_an_article_comes_out_as_it_went_in(store: Store) -> None:
    text = "A headline — «é»\nMOSCOW, May 1 (TASS) They met.\nBy A. Writer"
    article = Article(
        id="a1",
        text=text,
        title="A headline",
        outlet="TASS",
        url="https://example.org/?a=1&b=2",
        published=date(1991, 5, 1),
        published_basis="inferred",
        published_why="the dateline names no year",
        place="MOSCOW",
        headline=Span(0, 10, text[:10]),
        furniture=(Span(17, 38, text[17:38]), Span(49, len(text), text[49:])),
    )
    store.add(article, [])
    assert store.article("a1") == article
    bare = make_article(title=None, outlet=None)
    store.add(bare, [])
    assert store.article(bare.id) == bare


def test_the_same_text_is_added_once(store: Store) -> None:
    article = make_article("Same text.")
    assert not store.has(article_digest(article.text))
    assert store.add(article, [make_event(article)])
    assert store.has(article_digest(article.text))
    before = everything(store)
    again = make_article("Same text.", id="other id")
    assert not store.add(again, [make_event(again)])
    assert not store.add(article, [])
    assert everything(store) == before


def test_an_id_with_another_text_is_refused(store: Store) -> None:
    store.add(make_article("One.", id="7"), [])
    with pytest.raises(StoreError, match=r"^7: another article .* relwatch remove 7$"):
        store.add(make_article("Two.", id="7"), [])
    assert store.counts()["articles"] == 1


def test_an_article_and_its_events_go_in_together_or_not_at_all(store: Store) -> None:
    first = make_article()
    store.add(first, [make_event(first, id="twice")])
    before = everything(store)
    second = make_article()
    with pytest.raises(StoreError, match="UNIQUE"):
        store.add(second, [make_event(second, topics=("trade",)), make_event(second, id="twice")])
    assert everything(store) == before
    assert not store.has(article_digest(second.text))


def test_text_that_is_no_unicode_is_a_store_error(store: Store) -> None:
    with pytest.raises(StoreError, match="no Unicode"):
        store.add(make_article("lone \ud800 surrogate"), [])
    assert store.counts()["articles"] == 0


def test_events_of_another_article_are_a_mistake_of_the_caller(store: Store) -> None:
    with pytest.raises(ValueError, match="another article"):
        store.add(make_article(), [make_event(make_article())])


def test_ids_may_be_cut_short_where_that_is_clear(store: Store) -> None:
    article = make_article(id="abc")
    store.add(article, [make_event(article, id=i) for i in ("12ab", "12ac", "12", "9%_", "9xx")])
    assert store.event("12").id == "12"
    assert store.event("12ab").id == "12ab"
    assert store.event("9%").id == "9%_"
    assert store.article("a").id == "abc"
    with pytest.raises(UsageError, match=r"'12a' begins the ids of several events \(12ab, 12ac\); give more"):
        store.event("12a")
    for unknown in ("7", "", "%", "9_"):
        with pytest.raises(UsageError, match="no event has the id"):
            store.event(unknown)
    with pytest.raises(UsageError, match="no article has the id 'x'; see the ids with: relwatch articles"):
        store.article("x")


def test_remove_takes_an_article_with_all_its_rows(store: Store) -> None:
    keep, drop = make_article(id="keep"), make_article("Drop this word: xyzzy", id="drop")
    store.add(keep, [make_event(keep)])
    before = everything(store)
    store.add(drop, [dataclasses.replace(FULL, article="drop"), make_event(drop, tone=2, topics=("trade",))])
    assert [row.id for row in store.articles(match="xyzzy")] == ["drop"]
    assert store.remove("dro") == 2
    assert store.articles(match="xyzzy") == []
    fts = {"articles_fts_data", "articles_fts_idx"}  # the index's own pages keep their history
    assert len(before) == len(everything(store))
    names = [row[0] for row in store.select("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    for name, was, now in zip(names, before, everything(store), strict=True):
        assert name in fts or was == now, name
    with pytest.raises(UsageError):
        store.remove("drop")
    assert store.add(drop, [])


def test_articles_are_listed_by_publication_and_filtered(store: Store) -> None:
    for id_, published, outlet, text in (
        ("b", "2020-02-01", "TASS", "A summit in Erdoğan's palace"),
        ("a", "2020-01-01", "Xinhua", "A summit elsewhere"),
        ("n", None, None, "Nothing"),
        ("c", "2020-03-01", "Tass", 'Trade "talks" OR NEAR( summit'),
    ):
        store.add(make_article(text, id=id_, published=published, outlet=outlet), [])

    def ids(**kept: object) -> str:
        return "".join(row.id for row in store.articles(**kept))  # type: ignore[arg-type]

    assert ids() == "nabc"
    assert ids(reverse=True) == "cban"
    assert ids(limit=2) == "na"
    assert ids(since=date(2020, 2, 1)) == "bc"
    assert ids(until=date(2020, 2, 1)) == "ab"
    assert ids(outlet="tass") == "bc"
    assert ids(match="SUMMIT") == "abc"
    assert ids(match="summit erdogan") == "b"
    assert ids(match='"talks" OR NEAR(') == "c"
    assert ids(match="  ") == ids(match='"') == ""
    assert store.articles(limit=2)[1].to_json()["published"] == "2020-01-01"
    assert list(store.articles(limit=1)[0].to_json()) == [
        "id", "digest", "title", "outlet", "url", "published", "published_basis", "published_why", "place",
        "added", "events", "story", "carriers",
    ]  # fmt: skip
    assert store.last_published() == date(2020, 3, 1)
    assert store.counts() == {"articles": 4, "events": 0, "outlets": 3}


def test_an_empty_store_answers(store: Store) -> None:
    assert store.counts() == {"articles": 0, "events": 0, "outlets": 0}
    assert store.last_published() is None
    assert store.articles() == []
