"""A pair's timeline: what is in it, in what order, by which filters and index, and how it reads."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from helpers import day_span, make_article, make_event, party
from hypothesis import given
from hypothesis import strategies as st

from relwatch import query
from relwatch.errors import UsageError
from relwatch.query import Filters, named, pair, row
from relwatch.records import Article, DateSpan, Event, Party, dyads
from relwatch.store import CHUNK, Store
from relwatch.timeline import date_text, rows, timeline_row, who_text


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def add(store: Store, *events: tuple[str, dict[str, object]], **article: object) -> Article:
    """An article with events of these ids and fields."""
    made = make_article(**({"published": "2020-06-15"} | article))  # type: ignore[arg-type]
    store.add(made, [make_event(made, id=id_, **fields) for id_, fields in events])  # type: ignore[arg-type]
    return made


def ids(store: Store, a: str = "RUS", b: str | None = "USA", **filters: object) -> list[str]:
    return [row.event.id for row in pair(store, a, b, Filters(**filters))]  # type: ignore[arg-type]


def test_events_of_a_pair_both_ways_and_of_one_party(store: Store) -> None:
    add(
        store,
        ("mutual", {"actor": ["USA", "RUS"], "when": "2020-01-01"}),
        ("to", {"actor": ["RUS"], "recipient": ["USA", "FRA"], "when": "2020-01-02"}),
        ("from", {"actor": ["USA", "FRA"], "recipient": ["RUS"], "when": "2020-01-03"}),
        ("other", {"actor": ["FRA"], "recipient": ["USA"], "when": "2020-01-04"}),
        ("three", {"actor": ["FRA", "USA", "RUS"], "when": "2020-01-05"}),
        ("alone", {"actor": ["RUS"], "when": "2020-01-06"}),
    )
    assert ids(store) == ids(store, "USA", "RUS") == ["mutual", "to", "from", "three"]
    assert ids(store, "FRA", None) == ["to", "from", "other", "three"]
    assert ids(store, "FRA", "USA") == ["other", "three"]
    assert ids(store, "DEU", None) == []
    seen = {row.event.id: row.direction for row in pair(store, "RUS", "USA")}
    assert seen == {"mutual": "mutual", "to": "to", "from": "from", "three": "mutual"}
    assert {row.event.id: row.direction for row in pair(store, "USA", "RUS")} == seen | {
        "to": "from",
        "from": "to",
    }
    with pytest.raises(UsageError, match="same party"):
        ids(store, "RUS", "RUS")


def test_order_is_by_day_then_publication_then_id(store: Store) -> None:
    add(store, ("b", {}), ("a", {}), ("month", {"when": "2020-04"}), published="2020-05-02")
    add(store, ("c", {}), ("undated", {"when": None}), published="2020-05-01")
    add(store, ("nowhere", {"when": None}), published=None)
    expected = ["nowhere", "month", "c", "a", "b", "undated"]
    assert ids(store) == ids(store, "RUS", None) == expected
    assert ids(store, reverse=True) == ids(store, "RUS", None, reverse=True) == expected[::-1]
    assert ids(store, limit=2) == expected[:2]
    assert ids(store, limit=2, reverse=True) == expected[:-3:-1]
    assert ids(store, "USA", None, limit=0) == []
    last = list(pair(store, "RUS", "USA"))[-1]
    assert (last.day, last.dated) == (date(2020, 5, 1), False)


def test_dates_filter_by_overlap(store: Store) -> None:
    add(
        store,
        ("april", {"when": "2020-04"}),
        ("range", {"when": "2020-04-20..2020-05-03"}),
        ("may", {"when": "2020-05-10"}),
        ("undated", {"when": None}),
    )
    add(store, ("nowhere", {"when": None}), published=None)
    assert ids(store, since=date(2020, 4, 30)) == ["april", "range", "may", "undated"]
    assert ids(store, since=date(2020, 5, 1)) == ["range", "may", "undated"]
    assert ids(store, since=date(2020, 5, 11)) == ["undated"]
    assert ids(store, until=date(2020, 4, 1)) == ["april"]
    assert ids(store, until=date(2020, 5, 10)) == ["april", "range", "may"]
    assert ids(store, since=date(2020, 5, 1), until=date(2020, 5, 9)) == ["range"]


def test_filters_and_together_and_their_items_or(store: Store) -> None:
    add(
        store,
        ("a", {"type": "CONSULT", "tone": 1, "topics": ("trade",), "when": "2020-01-01"}),
        ("b", {"type": "ACCUSE", "tone": -2, "topics": ("cyber", "trade"), "when": "2020-01-02"}),
        (
            "c",
            {"type": "REQUEST", "tone": 0, "topics": ("cyber",), "status": "planned", "when": "2020-01-03"},
        ),
    )
    assert ids(store, types=("ACCUSE", "REQUEST")) == ["b", "c"]
    assert ids(store, topics=("trade",)) == ["a", "b"]
    assert ids(store, topics=("trade", "cyber")) == ["a", "b", "c"]
    assert ids(store, tones=("hostile", "neutral")) == ["b", "c"]
    assert ids(store, statuses=("planned",)) == ["c"]
    assert ids(store, topics=("cyber",), tones=("hostile",), types=("ACCUSE",)) == ["b"]
    assert ids(store, topics=("cyber",), statuses=("actual",), tones=("warm",)) == []
    assert ids(store, "USA", None, topics=("cyber",), limit=1) == ["b"]


def test_leader_is_found_in_any_place_case_and_accent(store: Store) -> None:
    add(
        store,
        ("actor", {"actor": ["Recep Tayyip Erdoğan/TUR", "USA"], "when": "2020-01-01"}),
        ("recipient", {"actor": ["USA"], "recipient": ["ERDOGAN/TUR"], "when": "2020-01-02"}),
        ("speaker", {"actor": ["TUR", "USA"], "speaker": "Erdoğan/TUR", "when": "2020-01-03"}),
        ("none", {"actor": ["Obama/USA", "TUR"], "when": "2020-01-04"}),
    )
    for asked in ("erdogan", "Erdoğan", "ERDOĞAN", "Tayyip Erdogan", "erdogan "):
        assert ids(store, "TUR", "USA", leader=asked)[-1:] == ["speaker"]
    assert ids(store, "TUR", "USA", leader="erdogan") == ["actor", "recipient", "speaker"]
    assert ids(store, "TUR", "USA", leader="Gül") == []
    with pytest.raises(UsageError, match="is no name"):
        ids(store, leader=" - ")


@pytest.mark.parametrize(
    ("name", "asked", "same"),
    [
        ("Vladimir Putin", "Putin", True),
        ("Putin", "vladimir putin", True),
        ("Igor Putin", "Vladimir Putin", False),
        ("Xi", "Xi Jinping", True),
        ("Lech Wałęsa", "walesa", True),
        ("Jonas Gahr Støre", "Gahr Store", True),
        ("Sergey Lavrov", "Lav", False),
        ("", "Putin", False),
    ],
)
def test_names_match_by_their_words(name: str, asked: str, same: bool) -> None:
    assert named(name, asked) is same


def test_a_row_holds_what_its_json_needs(store: Store) -> None:
    article = add(store, ("abc", {"tone": 1}), url="https://example.org", title="T [sic]")
    found = row(store, "ab")
    assert found == next(pair(store, "RUS", "USA"))
    out = json.loads(json.dumps(found.to_json()))
    assert out["article"] == {
        "id": article.id,
        "title": "T [sic]",
        "outlet": "Example News",
        "url": "https://example.org",
        "published": "2020-06-15",
        "published_basis": "given",
    }
    assert out["id"] == "abc"


def test_more_rows_than_one_chunk_come_in_order(store: Store) -> None:
    article = make_article()
    many = [make_event(article, when=f"20{n % 90 + 10}-01-01") for n in range(2 * CHUNK + 7)]
    store.add(article, many)
    found = [row.event for row in pair(store, "RUS", "USA")]
    assert found == sorted(many, key=lambda e: (e.date.start, e.id))


def test_a_removal_while_reading_does_no_harm(store: Store) -> None:
    keep = add(store, *((f"k{n}", {}) for n in range(CHUNK)), published="2020-01-01")
    drop = add(store, *((f"x{n}", {}) for n in range(CHUNK)), published="2020-02-01")
    found = pair(store, "RUS", "USA")
    first = [next(found)]
    with Store.open(store.path) as other:
        other.remove(drop.id)
    assert {row.event.article for row in first + list(found)} <= {keep.id, drop.id}


# Query plans: a pair's timeline never reads other pairs' events


PLANS = {
    "a pair": ("USA", Filters()),
    "newest of a pair": ("USA", Filters(reverse=True, limit=5)),
    "a pair, filtered": (
        "USA",
        Filters(
            since=date(2020, 1, 1),
            until=date(2021, 1, 1),
            types=("CONSULT",),
            topics=("trade",),
            tones=("warm",),
            statuses=("actual",),
            leader="Putin",
        ),
    ),
    "one party": (None, Filters()),
    "newest of one party, filtered": (None, Filters(reverse=True, topics=("trade",), leader="Putin")),
}


@pytest.mark.parametrize("analysed", [False, True])
@pytest.mark.parametrize("case", PLANS)
def test_a_timeline_reads_its_own_range_in_order(store: Store, case: str, analysed: bool) -> None:
    for _ in range(3):
        add(store, *((f"{n}-{_}", {"topics": ("trade",)}) for n in range(30)))
    if analysed:
        store.connection.execute("ANALYZE")
    other, filters = PLANS[case]
    store.connection.create_function("named", 2, named, deterministic=True)
    sql, parameters = query._dyads("RUS", other, filters)
    plan = [line[3] for line in store.select("EXPLAIN QUERY PLAN " + sql, parameters)]
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step], plan
    assert "SEARCH dyads USING " in plan[0]
    assert ("(a=? AND b=?" if other else "INDEX dyads_of_one (a=?") in plan[0]


# The oracle: the same questions, asked of the records themselves


countries = st.sampled_from(["RUS", "USA", "FRA", "EU"])
sides = st.lists(countries, min_size=1, max_size=3)
cases = st.lists(
    st.tuples(
        sides,
        st.just([]) | sides,
        st.sampled_from([None, "2020", "2020-03", "2020-03-05", "2020-02-20..2020-03-01"]),
        st.sampled_from([-2, 0, 1]),
    ),
    max_size=8,
)


@given(cases, st.none() | st.just(date(2020, 3, 2)), st.none() | st.just(date(2020, 3, 5)))
def test_pair_finds_what_the_records_say(
    tmp_path_factory: pytest.TempPathFactory,
    given_cases: list[tuple[list[str], list[str], str | None, int]],
    since: date | None,
    until: date | None,
) -> None:
    article = make_article(published="2020-03-10")
    events = [make_event(article, a, r, when=when, tone=t) for a, r, when, t in given_cases]

    def fits(e: Event) -> bool:
        start, end = (e.date.start or date(2020, 3, 10)), (e.date.end or date(2020, 3, 10))
        return (since is None or end >= since) and (until is None or start <= until)

    def belongs(e: Event, a: str, b: str | None) -> bool:
        return any({a, b} == {x, y} if b else a in (x, y) for x, y in dyads(e))

    with Store.open(tmp_path_factory.mktemp("s") / "s.db") as store:
        store.add(article, events)
        for b in ("USA", None):
            expected = sorted(
                (e for e in events if fits(e) and belongs(e, "RUS", b)),
                key=lambda e: (e.date.start or date(2020, 3, 10), e.id),
            )
            assert [r.event for r in pair(store, "RUS", b, Filters(since=since, until=until))] == expected


# How a row reads


@pytest.mark.parametrize(
    ("span", "text"),
    [
        ("2020-04-30", "2020-04-30"),
        ("2020-04", "2020-04"),
        ("2020", "2020"),
        ("2025-05-19..2025-05-21", "2025-05-19..21"),
        ("2025-05-19..2025-06-02", "2025-05-19..06-02"),
        ("2024-12-30..2025-01-02", "2024-12-30..2025-01-02"),
        ("2024-11..2025-01", "2024-11..2025-01"),
        ("2024-11..2024-12", "2024-11..12"),
        ("1990..1992", "1990..1992"),
        (None, "~2020-06-15"),
    ],
)
def test_dates_show_their_precision(span: str | None, text: str) -> None:
    assert date_text(day_span(span), date(2020, 6, 15)) == text


def test_dates_that_are_half_known_or_unknown() -> None:
    assert date_text(DateSpan(), None) == "undated"
    assert date_text(DateSpan(date(2020, 1, 2), None, "day"), None) == "2020-01-02"
    assert date_text(DateSpan(None, date(2020, 1, 2), "day"), None) == "2020-01-02"


@pytest.mark.parametrize(
    ("actor", "recipient", "text"),
    [
        (["Trump/USA", "Putin/RUS"], [], "Putin (RUS) ↔ Trump (USA)"),
        (["Peskov/RUS"], ["USA"], "Peskov (RUS) → USA"),
        (["FRA", "USA", "RUS"], [], "RUS ↔ USA ↔ FRA"),
        (["Lavrov/RUS", "USA", "Putin/RUS"], [], "Lavrov, Putin (RUS) ↔ USA"),
        (["FRA", "USA"], ["/RUS/foreign minister"], "USA, FRA → foreign minister (RUS)"),
        (["CHN", "FRA", "DEU", "GBR", "USA", "RUS"], [], "RUS ↔ USA ↔ CHN ↔ FRA +2"),
    ],
)
def test_who(store: Store, actor: list[str], recipient: list[str], text: str) -> None:
    add(store, ("e", {"actor": actor, "recipient": recipient}))
    (found,) = pair(store, "RUS", "USA")
    assert who_text(found.event.actor, found.event.recipient, "RUS", "USA") == text


def test_a_timeline_row_is_plain_text(store: Store) -> None:
    add(
        store,
        (
            "e1",
            {
                "actor": ["Putin/RUS", "USA"],
                "speaker": Party(None, "A [red]writer[/red]"),
                "topics": ("trade",),
                "tone": -1,
                "status": "planned",
            },
        ),
        text="Article [b]x[/b] and more than twenty characters",
        title=None,
    )
    (line,) = rows(store, "RUS", "USA")
    assert dataclasses.asdict(line) == {
        "date": "2020-04-30",
        "who": "Putin (RUS) ↔ USA",
        "what": "CONSULT phone",
        "topics": ("trade",),
        "tone": "critical",
        "tone_words": ("Article",),
        "status": "planned",
        "speaker": "A [red]writer[/red]",
        "outlet": "Example News",
        "title": "",
        "url": "",
        "id": "e1",
        "sentence": "Article [b]x[/b] and",
        "reports": 1,
        "sources": 1,
        "life": (),
        "disagreements": (),
    }
    add(store, ("e2", {"mode": None, "evidence": ()}))
    bare = timeline_row(row(store, "e2"), "RUS", None)
    assert (bare.what, bare.sentence, bare.speaker, bare.status) == ("CONSULT", "", "", "")
    assert party("RUS") == Party("RUS")
