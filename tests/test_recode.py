"""Coding stored articles again: what stays keeps its id, what differs is told, nothing is half done."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cli_support
import pytest
from helpers import everything, make_article, make_event

from relwatch import recoding
from relwatch.cli.main import main
from relwatch.records import Article, Coding, Event, Party, Span, Unresolved
from relwatch.render.fields import RECODE_FIELDS
from relwatch.store import Store

Run = Callable[..., tuple[int, str, str]]
TEXT = "Deputy Minister Jane Roe met Putin in Moscow. Russia and France were silent. Blighty accused Russia of spying."


def at(start: int) -> tuple[Span, ...]:
    return (Span(start, start + 5, "x" * 5),)


# -- comparing -------------------------------------------------------------------------------------


def test_the_same_events_are_kept() -> None:
    article = make_article()
    events = [make_event(article), make_event(article, ["FRA"], ["DEU"])]
    changes = recoding.compare(article, events, events)
    assert not changes
    assert changes.kept == changes.events == tuple(events)


def test_an_event_told_differently_keeps_its_id() -> None:
    article = make_article()
    old = make_event(article, ["FRA"], ["DEU"])
    new = replace(old, tone=replace(old.tone, score=1), topics=("trade",))
    (one,) = recoding.compare(article, [old], [new]).changed
    assert (one.new.id, one.fields) == (old.id, ("topics", "tone"))


def test_an_event_of_a_renamed_row_keeps_its_id() -> None:
    article = make_article()
    old = make_event(article, frame="call.v")
    changes = recoding.compare(article, [old], [replace(old, id="new", frame="call-up.v")])
    assert not changes
    assert [e.id for e in changes.events] == [old.id]


def test_another_status_of_the_same_act_is_no_other_event() -> None:
    article = make_article()
    old = make_event(article)
    changes = recoding.compare(article, [old], [replace(old, id="new", status="planned")])
    assert [(c.new.id, c.fields) for c in changes.changed] == [(old.id, ("status",))]
    assert not changes.added + changes.removed


def test_other_parties_or_sentences_are_other_events() -> None:
    article = make_article()
    old = make_event(article, ["FRA"], ["DEU"], evidence=at(0))
    new = [replace(old, id="n1", recipient=(Party("ITA"),)), replace(old, id="n2", evidence=at(9))]
    changes = recoding.compare(article, [old], new)
    assert ([e.id for e in changes.added], list(changes.removed), changes.kept) == (["n1", "n2"], [old], ())


def test_each_old_event_is_one_new_one_at_most() -> None:
    article = make_article()
    old = make_event(article, mode="phone")
    twins = [replace(old, id="n1", mode="meet"), replace(old, id="n2", mode="phone")]
    changes = recoding.compare(article, [old], twins)
    assert [e.id for e in changes.events] == ["n1", old.id]  # the one that is the same in all
    assert [e.id for e in changes.added] == ["n1"]


# -- into the store --------------------------------------------------------------------------------


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[tuple[Store, Article, list[Event]]]:
    article = make_article(id="a", published="2020-05-01")
    events = [
        make_event(article),
        make_event(article, ["FRA"], ["DEU"], tone=-1),
        make_event(article, ["ITA"], ["DEU"]),
    ]
    with Store.open(tmp_path / "store.db") as store:
        store.add(article, events)
        yield store, article, events


def test_what_is_recoded_is_in_the_store(stored: tuple[Store, Article, list[Event]]) -> None:
    store, article, (one, two, three) = stored
    name = Unresolved("Jane Roe", 0, 8, "envoy", None, "no_country", ("A (B)",), at(0)[0], 2)
    new = make_event(article, ["POL"], ["DEU"])
    changed = replace(two, topics=("trade", "energy"), tone=replace(two.tone, score=-2))
    changes = store.recode(article, Coding((new, three, changed), (name,)))
    assert changes is not None
    assert (changes.added, changes.removed, changes.kept) == ((new,), (one,), (three,))
    assert store.events_of("a") == [new, three, changed]
    assert store.recode(article, Coding((new, three, changed), (name,))).names is False  # type: ignore[union-attr]
    assert store.select("SELECT a, b, tone FROM dyads WHERE event = ? ORDER BY a", [two.id]) == [
        ("DEU", "FRA", -2), ("FRA", "DEU", -2),
    ]  # fmt: skip
    assert store.select("SELECT name, mentions FROM unresolved") == [("Jane Roe", 2)]


def test_a_correction_stays_with_its_event(stored: tuple[Store, Article, list[Event]]) -> None:
    store, article, (_, two, _) = stored
    store.connection.execute(
        "INSERT INTO corrections (event, field, value, made) VALUES (?, 'tone', '0', '2020-01-01')", [two.id]
    )
    store.recode(article, Coding((replace(two, topics=("trade",)),)))
    assert store.select("SELECT event FROM corrections") == [(two.id,)]


def test_a_dry_run_and_an_article_that_is_gone_change_nothing(stored: tuple[Store, Article, list[Event]]) -> None:
    store, article, _ = stored
    before = everything(store)
    assert store.recode(article, Coding(), dry_run=True)
    assert store.recode(make_article(), Coding()) is None
    assert everything(store) == before


def test_a_failure_leaves_the_article_as_it_was(
    stored: tuple[Store, Article, list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, article, events = stored
    before = everything(store)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(recoding, "_insert", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.recode(article, Coding((make_event(article), events[1])))
    assert everything(store) == before


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, alone: Run) -> Run:
    """The program on a store of its own that holds TEXT, with the real coder."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert alone("add", str(tmp_path / "a.txt"), "--date", "2021-05-04")[0] == 0
    return alone


def test_adding_keeps_the_unresolved_names(run: Run) -> None:
    assert run("unknown")[1].startswith("Jane Roe\tDeputy Minister\t\tno_country\t1\t1\t")


def test_what_is_learnt_counts_once_recoded(run: Run) -> None:
    run("learn", "Blighty", "--means", "uk")
    status, out, err = run("recode", "--dry-run")
    assert (status, out.split("\t")[0], "would change" in err) == (0, "added", True)
    assert len(out.rstrip("\n").split("\t")) == len(RECODE_FIELDS)
    (record,) = json.loads(run("recode", "--json")[1])
    assert [[p["party"] for p in e["actor"]] for e in record["added"]] == [["GBR"]]
    assert run("recode")[1:] == ("", "relwatch: 0 of 1 article changed: no events added, 0 removed, 0 told differently,"
                                 " 1 as before\n")  # fmt: skip
    assert "GBR" in run("timeline", "uk", "russia")[1]
    run("learn", "--forget", "Blighty")
    assert run("recode")[1].startswith("removed\t")


def test_a_recoded_store_is_what_adding_makes(run: Run, tmp_path: Path) -> None:
    run("learn", "Blighty", "--means", "uk")
    run("recode")
    run("add", str(tmp_path / "a.txt"), "--date", "2021-05-04", "--db", str(tmp_path / "new.db"),
        "--tables", str(tmp_path / "relwatch-tables"))  # fmt: skip
    timelines = [run("timeline", "uk", "--json", "--db", str(tmp_path / db))[1] for db in ("store.db", "new.db")]
    assert timelines[0] == timelines[1] != "[]\n"


def test_only_the_articles_asked_for(run: Run) -> None:
    assert run("recode", "--since", "2022")[2].startswith("relwatch: 0 of no articles changed")
    assert run("recode", "nonsense")[0] == 2


def test_an_interrupted_run_says_how_far_it_came(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(article: Article) -> Coding:
        raise KeyboardInterrupt

    monkeypatch.setattr("relwatch.ingest.work.coded", stop)
    status, out, err = run("recode")
    assert (status, out, err.startswith("relwatch: interrupted: 0 of no articles changed")) == (130, "", True)


def test_the_table_shows_what_was_before(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    with Store.open(tmp_path / "other.db") as store:
        article = cli_support.article()
        events = cli_support.events(article.text)
        store.add(article, events)
        other = (replace(events[0], mode="meet"), *events[2:])
    monkeypatch.setattr("relwatch.ingest.work.coded", lambda article: Coding(other))
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("NO_COLOR", "1")
    main(["recode", "--db", str(tmp_path / "other.db")])
    text = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue())
    assert "removed · " in text
    assert "mode; before" in text
    assert "[sic]" in text  # the article's brackets are no markup
