"""The life of a contact: what was planned, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch.encounters import Life
from relwatch.query import Filters
from relwatch.records import Span
from relwatch.store import Store
from relwatch.timeline import encounters, lines, overdue_contacts

BOTH = ("Trump/USA", "Kim Jong Un/PRK")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def report(store: Store, id_: str, when: str | None, published: str, status: str = "planned", **more: object) -> None:
    sentence = f"{more.pop('sentence', 'Trump and Kim, a meeting.')} ({id_})"
    made = make_article(text=sentence, outlet=f"Outlet {id_}", published=published)
    fields = {"mode": "meet", "actor": BOTH, "evidence": (Span(0, len(sentence), sentence),)} | more
    store.add(made, [make_event(made, when=when, status=status, id=id_, **fields)])  # type: ignore[arg-type]


def shown(store: Store, **filters: object) -> list[tuple[str, ...]]:
    """The life of each line, its id where it has none."""
    return [line.life or (line.id,) for line in lines(store, "USA", "PRK", Filters(**filters))]  # type: ignore[arg-type]


def test_planned_cancelled_planned_again_and_held_is_one_line(store: Store) -> None:
    report(store, "plan", "2018-06-12", "2018-05-10")
    report(store, "off", "2018-05-24", "2018-05-24", "negated", sentence="Trump cancelled the meeting with Kim.")
    report(store, "on", "2018-06-12", "2018-06-01")
    report(store, "held", "2018-06-12", "2018-06-12", "actual")
    report(store, "other", "2019-02-27", "2019-02-27", "actual")
    told = ("planned 2018-05-10", "cancelled 2018-05-24", "held")
    assert shown(store) == [told, ("other",)]
    assert shown(store, reverse=True) == [("other",), told]
    assert shown(store, limit=1) == [told]
    first = next(encounters(store, "USA", "PRK"))
    assert isinstance(first, Life)
    assert (first.state, first.best.best.event.id) == ("held", "held")
    assert [s["stage"] for s in first.to_json()["life"]] == ["planned", "cancelled", "held"]


def test_a_visit_postponed_and_a_call_denied(store: Store) -> None:
    report(store, "plan", "2023-02-05..2023-02-06", "2023-01-17", mode="visit")
    report(store, "late", None, "2023-02-03", mode="visit", sentence="He postponed his trip.")
    report(store, "call", "2023-05-20", "2023-05-18", mode="phone")
    report(store, "no", "2023-05-20", "2023-05-19", "negated", mode="phone", sentence="They will not speak.")
    assert shown(store) == [
        ("planned 2023-01-17", "postponed 2023-02-03"),
        ("planned 2023-05-18", "denied 2023-05-19"),
    ]


def test_what_is_held_by_others_or_otherwise_is_not_what_was_planned(store: Store) -> None:
    report(store, "plan", "2018-06-12", "2018-05-10")
    report(store, "a", "2018-06-12", "2018-06-12", "actual", mode="phone")
    report(store, "b", "2018-06-12", "2018-06-12", "actual", actor=("Pompeo/USA", "Kim Yong Chol/PRK"))
    report(store, "c", "2018-06-14", "2018-06-14", "actual")
    report(store, "d", "2018-06-12", "2018-06-12", "hypothetical")
    assert len(shown(store)) == 5


def test_a_plan_without_a_day_is_fulfilled_within_the_month(store: Store) -> None:
    report(store, "plan", None, "2018-05-10")
    report(store, "later", "2018-07-12", "2018-07-12", "actual")
    assert len(shown(store)) == 2
    report(store, "held", "2018-05-30", "2018-05-30", "actual")
    assert shown(store) == [("planned 2018-05-10", "held"), ("later",)]


def test_overdue_plans_and_whether_anything_could_tell(store: Store) -> None:
    report(store, "past", "2018-06-12", "2018-05-10")
    report(store, "held plan", "2018-08-12", "2018-08-10")
    report(store, "held", "2018-08-12", "2018-08-12", "actual")
    report(store, "silent", "2018-09-20", "2018-08-11", topics=("trade",))
    report(store, "vague", None, "2018-08-11", actor=("USA", "PRK"))
    report(store, "last", "2018-11-01", "2018-10-05")
    report(store, "June", "2018-06-20", "2018-06-20", "actual", mode="phone")

    def ids(today: date | None = None, b: str | None = "PRK", **filters: object) -> list[tuple[str, int]]:
        found = overdue_contacts(store, "USA", b, Filters(**filters), today)  # type: ignore[arg-type]
        return [(one.to_json()["id"], one.articles) for one in found]

    assert ids() == ids(b=None) == [("past", 1), ("vague", 0), ("silent", 0)]
    assert ids(topics=("trade",)) == [("silent", 0)]
    assert ids(date(2018, 6, 12)) == []
    assert ids(date(2018, 6, 13), reverse=True, limit=1) == [("past", 1)]
    assert ids(date(2019, 1, 1))[-1] == ("last", 0)


def test_the_order_of_a_timeline_is_one_with_a_limit_and_from_either_end(store: Store) -> None:
    report(store, "plan", "2018-06-12", "2018-05-10")
    report(store, "held", "2018-06-12", "2018-06-12", "actual")
    sides = {"actor": ("USA",), "recipient": ("PRK",), "mode": None}
    for n, when in enumerate(("2018-05-01", "2018-06-11", "2018-06-12", "2018-06-13", None)):
        report(store, f"word{n}", when, "2018-06-13", "actual", type="ACCUSE", **sides)
    made = make_article(published=None)
    store.add(made, [make_event(made, BOTH, when=None, id="whenever")])
    made = make_article(published=None)
    store.add(made, [make_event(made, ("PRK",), ("USA",), type="ACCUSE", when=None, id="nobody-knows")])
    whole = shown(store)
    assert len(whole) == 8
    assert whole[:3] == [("nobody-knows",), ("whenever",), ("word0",)]
    assert whole[3:6] == [("word1",), ("planned 2018-05-10", "held"), ("word2",)]
    assert shown(store, reverse=True) == whole[::-1]
    for n in range(1, 9):
        assert shown(store, limit=n) == whole[:n]
        assert shown(store, limit=n, reverse=True) == whole[::-1][:n]
    assert shown(store, types=("ACCUSE",)) == [one for one in whole if one[0].startswith(("word", "nobody"))]
