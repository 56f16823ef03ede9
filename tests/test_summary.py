"""The summary of a pair: what it counts, what it leaves out, and that it says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch import summary
from relwatch.errors import UsageError
from relwatch.query import Filters
from relwatch.render.summaryrows import summary_rows
from relwatch.series import Point
from relwatch.store import Store
from relwatch.summary import Summary, summarise

SCORES = {"CONSULT": 1.0, "ACCUSE": -2.0, "ASSAULT": -10.0, "AGREE": 3.0}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(summary, "goldstein", lambda type_, mode: SCORES.get(type_))
    with Store.open(tmp_path / "s.db") as store:
        yield store


def add(store: Store, *events: dict[str, object], **article: object) -> None:
    made = make_article(**({"published": "2020-06-15"} | article))  # type: ignore[arg-type]
    store.add(made, [make_event(made, **fields) for fields in events])  # type: ignore[arg-type]


def test_an_empty_pair(store: Store) -> None:
    found = summarise(store, "RUS", "USA")
    assert (found.contacts.encounters, found.channels, found.leaders, found.topics) == (0, (), (), ())
    assert found.last_contact is found.next_contact is found.most_positive is found.most_negative is None
    assert found.score == found.a_to_b.series == ()
    assert found.a_to_b.mean is found.score_mean is None
    assert found.a_to_b.counts == dict.fromkeys(["hostile", "critical", "neutral", "constructive", "warm"], 0)
    assert found.notes == ()
    with pytest.raises(UsageError):
        summarise(store, "RUS", "RUS")


def test_contacts_are_actual_talks(store: Store) -> None:
    for status in ("actual", "planned", "hypothetical", "negated"):
        add(store, {"status": status}, {"status": status, "type": "AGREE"})
    found = summarise(store, "RUS", "USA")
    assert found.contacts.encounters == 1
    assert [(c.name, c.encounters, c.reports) for c in found.channels] == [("phone", 1, 1)]
    assert [c.encounters for c in found.plans] == [1]  # planned, held and denied are stages of one contact


def test_a_talk_that_several_articles_report_counts_once(store: Store) -> None:
    add(
        store,
        {"actor": ["Putin/RUS", "Trump/USA"], "id": "a"},
        {"actor": ["Vladimir Putin/RUS", "Donald Trump/USA"], "when": "2020-05-01", "id": "b"},
        {"actor": ["RUS", "Pompeo/USA"], "mode": None, "when": "2020-03-01"},
        {"actor": ["Lavrov/RUS"], "recipient": ["Pompeo/USA"], "type": "CONSULT", "mode": "visit"},
    )
    add(store, {"actor": ["Putin/RUS", "Trump/USA"], "topics": ("trade",)}, outlet="Other")
    found = summarise(store, "RUS", "USA")
    assert (found.contacts.encounters, found.contacts.reports) == (4, 5)
    assert [(c.name, c.encounters, c.reports) for c in found.channels] == [
        ("phone", 2, 3),
        ("unspecified", 1, 1),
        ("visit", 1, 1),
    ]
    assert [(p.a, p.b, p.contacts, p.reports) for p in found.leaders] == [
        ("Vladimir Putin", "Donald Trump", 2, 3),
        ("Lavrov", "Pompeo", 1, 1),
    ]
    assert found.leaders[0].events[0] == "b"
    assert [(t.name, t.encounters) for t in found.topics] == [("trade", 1)]
    assert (found.basis.encounters, found.basis.events) == (4, 5)


def test_what_became_of_plans(store: Store) -> None:
    add(store, {"when": "2020-05-01", "status": "planned", "id": "off"}, published="2020-04-01")
    add(store, {"when": "2020-05-01", "status": "negated"}, published="2020-04-20", text="They cancelled their call.")
    add(store, {"when": "2020-06-20", "status": "planned", "id": "ahead"}, {"when": "2020-06-02", "status": "planned"})
    found = summarise(store, "RUS", "USA")
    assert {c.name: c.encounters for c in found.plans} == {"ahead": 1, "cancelled": 1, "overdue": 1}
    assert found.next_contact
    assert found.next_contact.event == "ahead"
    called_off = summarise(store, "RUS", "USA", today=date(2020, 4, 25)).next_contact
    assert called_off
    assert called_off.event != "off"


def test_a_surname_two_people_share_stays_a_surname(store: Store) -> None:
    for name in ("Bush", "Jeb Bush", "George Bush"):
        add(store, {"actor": ["Putin/RUS", f"{name}/USA"]})
    assert {p.b for p in summarise(store, "RUS", "USA").leaders} == {"Bush", "Jeb Bush", "George Bush"}


def test_last_contact_is_the_latest_dated_one(store: Store) -> None:
    add(store, {"when": "2020-04"}, {"when": "2020-04-09", "id": "x"}, {"when": None})
    add(store, {"when": "2020-05-01", "status": "negated"}, {"when": "2020-05-02", "type": "AGREE"})
    last = summarise(store, "RUS", "USA").last_contact
    assert last
    assert (last.event, last.date, last.who, last.mode) == ("x", "2020-04-09", "RUS ↔ USA", "phone")


def test_last_contact_may_be_undated_when_all_are(store: Store) -> None:
    add(store, {"when": None})
    last = summarise(store, "RUS", "USA").last_contact
    assert last
    assert last.date == "~2020-06-15"


def test_next_contact_is_the_first_planned_that_is_not_over(store: Store) -> None:
    add(
        store,
        {"when": "2020-05-01", "status": "planned", "id": "past"},
        {"when": "2020-06-10..2020-06-20", "status": "planned", "id": "now"},
        {"when": "2020-07", "status": "planned", "id": "later"},
        {"when": None, "status": "planned"},
        {"when": "2020-06-18", "status": "hypothetical"},
    )

    def coming(today: date | None) -> str | None:
        found = summarise(store, "RUS", "USA", today=today).next_contact
        return found.event if found else None

    assert coming(None) == "now"  # the last report is of 2020-06-15
    assert coming(date(2020, 5, 1)) == "past"
    assert coming(date(2020, 6, 20)) == "now"
    assert coming(date(2020, 6, 21)) == coming(date(2020, 7, 31)) == "later"
    assert coming(date(2020, 8, 1)) is None


def test_silence_is_measured_against_the_pairs_rhythm(store: Store) -> None:
    assert summarise(store, "RUS", "USA").silence is None
    add(store, *({"when": f"2020-{month:02}-10"} for month in range(1, 7)), published="2020-06-11")
    few = summarise(store, "RUS", "USA").silence
    assert few
    assert (few.days, few.usual, few.long, few.articles, few.verdict) == (1, 31, 31, 1, "usual")
    assert few.event
    add(store, {"when": "2020-06-20", "actor": ["FRA", "USA"]}, published="2020-07-20")
    add(store, {"when": "2020-06-20", "status": "planned"}, published="2020-07-01")
    now = summarise(store, "RUS", "USA").silence
    assert now
    assert (now.since, now.until, now.days) == (date(2020, 6, 10), date(2020, 7, 20), 40)
    assert (now.articles, now.on_pair, now.verdict) == (3, 2, "unusual")
    then = summarise(store, "RUS", "USA", Filters(until=date(2020, 3, 12))).silence
    assert then
    assert (then.days, then.verdict) == (2, "no articles")
    (row,) = [
        r for r in summary_rows(summarise(store, "RUS", "USA")) if (r["section"], r["name"]) == ("silence", "days")
    ]
    assert row["detail"] == (
        "40 days to 2020-07-20, unusually long (median 31, nine of ten up to 31);"
        " no contact reported in 3 articles of that time, 2 on the pair"
    )


def test_a_silence_of_the_store_is_none_of_the_pair(store: Store) -> None:
    for month in range(1, 8):
        add(store, *({"when": f"2020-{month:02}-10"},), published=f"2020-{month:02}-10")
        for day in range(11, 20):
            add(store, {"actor": ["FRA", "USA"]}, published=f"2020-{month:02}-{day}")
    add(store, {"actor": ["FRA", "USA"]}, published="2021-02-10")
    found = summarise(store, "RUS", "USA").silence
    assert found
    assert (found.verdict, found.articles, found.usual) == ("few articles", 10, 31)
    assert found.expected > 4 * found.articles


def test_the_next_contact_is_one_however_many_report_it(store: Store) -> None:
    for id_, published in (("old", "2020-01-01"), ("new", "2020-02-01"), ("older", "2019-01-01")):
        add(store, {"when": "2020-09-01", "status": "planned", "id": id_}, published=published)
    found = summarise(store, "RUS", "USA").next_contact
    assert found
    assert (found.event, found.reports) == ("older", 3)


def test_tone_is_kept_apart_by_side(store: Store) -> None:
    add(
        store,
        {"actor": ["RUS"], "recipient": ["USA"], "tone": -2},
        {"actor": ["RUS"], "recipient": ["USA"], "tone": -1, "status": "planned"},
        {"actor": ["RUS"], "recipient": ["USA"], "tone": -2, "status": "negated"},
        {"actor": ["USA", "FRA"], "recipient": ["RUS"], "tone": 1},
        {"tone": 2, "speaker": "Trump/USA"},
        {"tone": 1, "speaker": "Macron/FRA"},
        {"tone": 0},
    )
    found = summarise(store, "RUS", "USA")
    assert (found.a_to_b.n, found.a_to_b.mean) == (2, -1.5)
    assert found.a_to_b.counts == {"hostile": 1, "critical": 1, "neutral": 0, "constructive": 0, "warm": 0}
    assert (found.b_to_a.n, found.b_to_a.mean) == (2, 1.5)
    assert (found.joint.n, found.others.n, found.others.mean) == (1, 1, 1)
    turned = summarise(store, "USA", "RUS")
    assert (turned.a_to_b, turned.b_to_a) == (found.b_to_a, found.a_to_b)


def test_series_have_every_period_and_its_n(store: Store) -> None:
    add(
        store,
        {"when": "2020-01-05", "tone": 1},
        {"when": "2020-01-25", "tone": -2, "type": "ACCUSE"},
        {"when": "2020-07-01", "type": "STATEMENT"},
        {"when": "2020-08-01", "type": "ASSAULT", "status": "hypothetical"},
    )
    found = summarise(store, "RUS", "USA", by="quarter")
    assert found.joint.series == (
        Point("2020-Q1", -0.5, 2),
        Point("2020-Q2", None, 0),
        Point("2020-Q3", 0.0, 1),
    )
    assert found.score == (Point("2020-Q1", -0.5, 2), Point("2020-Q2", None, 0), Point("2020-Q3", None, 0))
    assert (found.score_mean, found.score_n) == (-0.5, 2)
    assert summarise(store, "RUS", "USA", by="year").score == (Point("2020", -0.5, 2),)
    months = summarise(store, "RUS", "USA", by="month").score
    assert [p.period for p in months] == [f"2020-0{n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("last", "by"),
    [("2020-01-31", "month"), ("2021-12-01", "month"), ("2022-01-01", "quarter"), ("2031-12-31", "quarter"),
     ("2032-01-01", "year")],
)  # fmt: skip
def test_periods_fit_the_time_when_not_given(store: Store, last: str, by: str) -> None:
    add(store, {"when": "2020-01-01"}, {"when": last})
    assert summarise(store, "RUS", "USA").by == by


def test_undated_events_count_by_the_report_and_that_is_said(store: Store) -> None:
    add(store, {"when": None, "tone": 1}, {"when": "2020-04-01"})
    add(store, {"when": None, "tone": 1}, published=None)
    found = summarise(store, "RUS", "USA", by="month")
    assert found.joint.series[-1] == Point("2020-06", 1.0, 1)
    assert found.joint.n == 3
    assert found.basis.undated == 2
    assert "Reports without a date of their own, counted by their article's date (~): 1." in found.notes
    assert "Reports with no date at all, in no series: 1." in found.notes


def test_the_extremes_are_quoted_with_their_source(store: Store) -> None:
    add(
        store,
        {"tone": 2, "id": "unquoted", "when": "2020-05-05"},
        {
            "tone": 2,
            "id": "quoted",
            "speaker": "Trump/USA/president",
            "actor": ["Trump/USA"],
            "recipient": ["RUS"],
        },
        {"tone": 1, "speaker": "Trump/USA", "when": "2020-05-05"},
        {"tone": -1, "id": "mild"},
        {"tone": -2, "status": "hypothetical"},
        text="Article text here. It is long enough.",
    )
    found = summarise(store, "RUS", "USA")
    best = found.most_positive
    assert best
    assert (best.event, best.label, best.words) == ("quoted", "warm", ("Article",))
    assert (best.who, best.speaker, best.date) == ("Trump (USA) → RUS", "Trump (USA)", "2020-04-30")
    assert (best.outlet, best.sentence) == ("Example News", "Article text here. I")
    assert found.most_negative
    assert found.most_negative.event == "mild"


def test_topics_and_basis(store: Store) -> None:
    add(store, {"topics": ("trade", "cyber")}, {"topics": ("trade",), "status": "negated"}, outlet="TASS")
    add(store, {"topics": ("trade",), "when": "2019-01-02"}, outlet=None)
    found = summarise(store, "RUS", "USA")
    assert [(t.name, t.encounters) for t in found.topics] == [("trade", 2), ("cyber", 1)]
    basis = found.basis
    assert (basis.articles, basis.events, basis.outlets) == (2, 3, {"TASS": 1, "unknown": 1})
    assert (basis.first, basis.last) == (date(2019, 1, 2), date(2020, 4, 30))
    assert basis.statuses == {"actual": 2, "negated": 1}


def test_filters_narrow_but_limit_and_reverse_do_not_matter(store: Store) -> None:
    add(store, {"when": "2020-01-01"}, {"when": "2020-02-01"}, {"type": "AGREE"})
    whole = summarise(store, "RUS", "USA")
    assert summarise(store, "RUS", "USA", Filters(limit=1, reverse=True)) == whole
    assert summarise(store, "RUS", "USA", Filters(types=("AGREE",))).basis.events == 1


def test_json_is_plain_and_complete(store: Store) -> None:
    add(store, {"tone": 1, "actor": ["Putin/RUS", "Trump/USA"]})
    found = summarise(store, "RUS", "USA")
    out = json.loads(json.dumps(found.to_json()))
    assert list(out) == list(Summary.__dataclass_fields__)
    assert out["basis"]["first"] == "2020-04-30"
    assert out["leaders"] == [
        {"a": "Putin", "b": "Trump", "contacts": 1, "reports": 1, "events": out["contacts"]["events"]}
    ]
    assert out["joint"]["series"] == [{"period": "2020-04", "mean": 1.0, "n": 1}]
    assert json.loads(json.dumps(summarise(store, "FRA", "USA").to_json()))["basis"]["first"] is None
