"""Reports made encounters: what is one, what is not, and that neither order nor direction matters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import make_article, make_event
from hypothesis import given, settings
from hypothesis import strategies as st

from relwatch.encounters import Life, parts
from relwatch.query import Filters
from relwatch.records import Span
from relwatch.store import Store
from relwatch.timeline import encounters, lines

BOTH = ("Putin/RUS", "Biden/USA")
Sets = list[set[str]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def report(store: Store, id_: str, when: str | None, published: str = "2022-02-14", **fields: object) -> None:
    """An article of its own outlet, with one event of this id."""
    sentence = str(fields.pop("sentence", f"Putin and Biden, {id_}."))
    outlet = fields.pop("outlet", f"Outlet {id_}")
    made = make_article(text=f"{sentence} ({id_})", outlet=outlet, published=published)
    evidence = (Span(0, len(sentence), sentence),)
    values: dict[str, object] = {"actor": BOTH, "when": when, "id": id_, "evidence": evidence}
    store.add(made, [make_event(made, **(values | fields))])  # type: ignore[arg-type]


def sets(store: Store, **filters: object) -> Sets:
    found = parts(encounters(store, "RUS", "USA", Filters(**filters)))  # type: ignore[arg-type]
    return [{row.event.id for row in encounter.reports} for encounter in found]


def test_two_calls_in_one_week_are_two(store: Store) -> None:
    report(store, "a", "2022-02-10")
    report(store, "b", "2022-02-10")
    report(store, "c", "2022-02-12")
    report(store, "d", "2022-02-12", published="2022-05-01")
    assert sets(store) == [{"a", "b"}, {"c", "d"}]
    assert sets(store, reverse=True) == [{"c", "d"}, {"a", "b"}]
    assert sets(store, limit=1) == [{"a", "b"}]
    assert sets(store, limit=1, reverse=True) == [{"c", "d"}]


@pytest.mark.parametrize(
    "other",
    [
        {"actor": ("Lavrov/RUS", "Blinken/USA")},
        {"actor": ("/RUS/foreign minister", "USA")},
        {"actor": (*BOTH, "Salman/SAU")},
        {"mode": "visit"},
        {"status": "planned"},
        {"type": "AGREE"},
        {"when": "2022-02-14"},
        {"when": "2022"},
    ],
)
def test_what_makes_it_another(store: Store, other: dict[str, object]) -> None:
    report(store, "a", "2022-02-12", actor=("Putin/RUS/president", "Biden/USA/president"))
    report(store, "b", **({"when": "2022-02-12"} | other))  # type: ignore[arg-type]
    assert len(sets(store)) == 2


def test_two_events_of_one_article_are_two(store: Store) -> None:
    made = make_article(published="2022-02-14")
    store.add(made, [make_event(made, BOTH), make_event(made, BOTH)])
    assert len(sets(store)) == 2


def test_a_vague_date_joins_the_one_it_fits_and_none_of_two(store: Store) -> None:
    report(store, "a", "2022-02-12")
    report(store, "month", "2022-02", published="2022-03-05")
    report(store, "undated", None)
    assert sets(store) == [{"a", "month", "undated"}]
    report(store, "b", "2022-02-13", outlet="Outlet a")
    report(store, "c", "2022-02-14")
    assert {"a"} in sets(store)
    assert {"month"} in sets(store)


def test_the_next_day_needs_more_than_parties(store: Store) -> None:
    report(store, "a", "2022-02-12", actor=("RUS", "USA"))
    report(store, "b", "2022-02-13", actor=("RUS", "USA"))
    assert len(sets(store)) == 2
    told = "Putin and Biden discussed Ukraine, missiles and security guarantees for an hour."
    report(store, "c", "2022-03-12", sentence=told)
    report(store, "d", "2022-03-13", sentence=told)
    assert sets(store)[-1] == {"c", "d"}
    assert list(lines(store, "RUS", "USA"))[-1].disagreements == ("date: 2022-03-12 (1), 2022-03-13 (1)",)


def test_sources_are_outlets_with_words_of_their_own(store: Store) -> None:
    wire = "Putin and Biden discussed gas, Ukraine, missiles, security guarantees and grain exports by telephone."
    report(store, "a", "2022-02-12", sentence=wire)
    report(store, "b", "2022-02-12", sentence=wire)
    report(store, "c", "2022-02-12", outlet="Outlet d")
    report(store, "d", "2022-02-12", outlet="Outlet d")
    (line,) = lines(store, "RUS", "USA")
    assert (line.reports, line.sources) == (4, 2)


def test_the_best_report_stands_for_all(store: Store) -> None:
    report(store, "bare", "2022-02-12", actor=("RUS", "USA"), published="2022-02-12")
    report(store, "full", "2022-02-12", topics=("trade",))
    report(store, "vague", "2022-02")
    (found,) = encounters(store, "USA", "RUS")
    assert not isinstance(found, Life)
    assert found.best.event.id == "full"
    assert [row.event.id for row in found.reports] == ["bare", "full", "vague"]
    assert found.to_json()["encounter"]["topics"] == {"trade": 1}


def test_words_of_one_day_are_one_statement_only_when_alike(store: Store) -> None:
    said = {"actor": ("Lavrov/RUS",), "recipient": ("USA",), "type": "ACCUSE"}
    report(store, "a", "2022-02-12", sentence="Lavrov accused the US of breaking its promise on missiles.", **said)
    report(store, "b", "2022-02-12", sentence="The US broke its promise on missiles, Lavrov said.", **said)
    report(store, "c", "2022-02-12", sentence="Lavrov called the sports boycott a disgrace.", **said)
    assert sorted(map(sorted, sets(store))) == [["a", "b"], ["c"]]


dates = st.sampled_from(
    [None, "2022-01", "2022", "2022-01-28", "2022-01-29", "2022-01-30", "2022-02-01..2022-02-03", "2022-02-02",
     "2021-12-01..2022-02-20"]
)  # fmt: skip
cases = st.lists(
    st.tuples(
        dates,
        st.sampled_from(["2022-01-29", "2022-02-02", "2022-02-04"]),
        st.sampled_from([BOTH, ("RUS", "USA"), ("Lavrov/RUS", "Blinken/USA"), ("RUS", "USA", "FRA")]),
        st.sampled_from(["phone", "meet", None]),
    ),
    max_size=9,
)


@settings(max_examples=40, deadline=None)
@given(cases, st.randoms())
def test_neither_order_nor_direction_matters(
    tmp_path_factory: pytest.TempPathFactory,
    given_cases: list[tuple[str | None, str, tuple[str, ...], str | None]],
    rng: object,
) -> None:
    numbered = list(enumerate(given_cases))
    found = []
    for turn in range(2):
        with Store.open(tmp_path_factory.mktemp("s") / "s.db") as store:
            for n, (when, published, actor, mode) in numbered:
                report(store, f"e{n}", when, published, actor=actor, mode=mode)
            found.append(sets(store))
            assert sets(store, reverse=True) == found[0][::-1]
            assert sets(store, limit=3) == found[0][:3]
            assert len(found[0]) == 0 or sum(map(len, found[0])) == len(numbered)
            one = encounters(store, "RUS", None)
            assert [{row.event.id for row in e.reports} for e in parts(one)] == found[0]
        rng.shuffle(numbered)  # type: ignore[attr-defined]
        assert found[turn] == found[0]
