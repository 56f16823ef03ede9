"""Names that do not resolve: found, kept with their article, listed by frequency, gone with it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article

from relwatch.cli.main import main
from relwatch.coder import coding
from relwatch.records import Article, Unresolved
from relwatch.store import Store
from relwatch.unknown import Wanted, unknown

CALL = (
    "Ruritanian officials were silent. Polish Deputy Minister of Defence Zbigniew Kowalczyk met German officials in "
    "Berlin. Kowalczyk praised Germany. Esmail Rahmani said Iran would talk with Poland. Analyst Jane Roe agreed."
)


def names_of(text: str, day: str = "2021-05-04") -> dict[str, Unresolved]:
    """The unresolved names of a text by the name."""
    article = make_article(text, published=day)
    found = coding(article).unresolved
    for one in found:
        assert one.name.split()[-1] in text[one.start : one.end]
        assert text[one.sentence.start : one.sentence.end] == one.sentence.text
    return {one.name: one for one in found}


def test_an_official_of_no_table_has_office_and_country() -> None:
    one = names_of(CALL)["Zbigniew Kowalczyk"]
    assert (one.reason, one.party, one.title) == ("untabled", "POL", "Deputy Minister of Defence")
    assert one.mentions == 2  # the surname is his


def test_who_speaks_beside_a_party_is_a_person() -> None:
    assert names_of(CALL)["Esmail Rahmani"].reason == "unknown"


def test_private_persons_and_the_tables_own_are_not_listed() -> None:
    found = names_of(CALL + " Russian Foreign Minister Sergei Lavrov thanked Angela Merkel of Germany.")
    assert not {"Jane Roe", "Sergei Lavrov", "Angela Merkel"} & set(found)


def test_an_office_of_no_country() -> None:
    text = "Deputy Defence Minister Rupert Hentzau flew to Berlin, where German and French officials met."
    one = names_of(text)["Rupert Hentzau"]
    assert (one.reason, one.party) == ("no_country", None)


def test_people_of_the_tables_out_of_office() -> None:
    text = "Mikheil Saakashvili said Georgia and Russia should talk."
    one = names_of(text, "2019-05-04")["Mikheil Saakashvili"]
    assert (one.reason, one.among) == ("out_of_office", ("Mikheil Saakashvili (GEO)",))


def test_a_name_of_several() -> None:
    text = "In Beijing Kim told China and Russia that talks may go on."
    one = names_of(text, "2018-06-01")["Kim"]
    assert one.reason == "ambiguous"
    assert "Kim Jong Un (PRK)" in one.among


def test_the_order_is_that_of_the_text_whatever_is_asked_first() -> None:
    assert list(names_of(CALL)) == list(names_of(CALL)) == ["Zbigniew Kowalczyk", "Esmail Rahmani"]


# -- in the store ----------------------------------------------------------------------------------


def kept(name: str, party: str | None = None, title: str | None = None, mentions: int = 1, at: int = 0) -> Unresolved:
    sentence = make_article().text  # any
    from relwatch.records import Span

    span = Span(at, at + 5, sentence[:5])
    return Unresolved(name, at, at + 5, title, party, "untabled" if title else "unknown", (), span, mentions)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles that share a name, and one with another."""
    path = tmp_path / "store.db"
    monkeypatch.setenv("RELWATCH_DB", str(path))
    with Store.open(path) as opened:
        opened.add(dated("2020-01-01", "a"), (), [kept("José Roe"), kept("John Doe", "USA", "envoy", 5)])
        opened.add(dated("2021-01-01", "b"), (), [kept("Jose Roe", "ESP", "deputy minister")])
        opened.add(dated("2022-01-01", "c"), (), [kept("Ann Other", mentions=2)])
    return path


def dated(day: str, id_: str) -> Article:
    return make_article(id=id_, published=day)


def test_the_most_frequent_come_first_however_spelt(store: Path) -> None:
    with Store.open(store, readonly=True) as opened:
        found = unknown(opened, Wanted())
    assert [(u.name, u.articles, u.mentions) for u in found] == [
        ("Jose Roe", 2, 2), ("John Doe", 1, 5), ("Ann Other", 1, 2),
    ]  # fmt: skip
    assert (found[0].title, found[0].article, found[0].first, found[0].last) == (
        "deputy minister", "b", "2020-01-01", "2021-01-01",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(since=date(2021, 1, 1)), ["Ann Other", "Jose Roe"]),
        (Wanted(until=date(2020, 12, 31)), ["John Doe", "José Roe"]),
        (Wanted(party="ESP"), ["Jose Roe"]),
        (Wanted(reasons=("unknown",)), ["Ann Other", "José Roe"]),
        (Wanted(limit=1), ["Jose Roe"]),
    ],
)
def test_filters(store: Path, wanted: Wanted, names: list[str]) -> None:
    with Store.open(store, readonly=True) as opened:
        assert [u.name for u in unknown(opened, wanted)] == names


def test_names_go_with_their_article(store: Path) -> None:
    with Store.open(store) as opened:
        opened.remove("b")
        assert [u.articles for u in unknown(opened, Wanted()) if u.name == "José Roe"] == [1]


def test_an_article_that_is_there_brings_no_names_again(store: Path) -> None:
    with Store.open(store) as opened:
        again = opened.article("a")
        assert not opened.add(again, (), [kept("Somebody New")])
        assert "Somebody New" not in {u.name for u in unknown(opened, Wanted())}


def test_the_command(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unknown", "--country", "spain", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    from relwatch.render.fields import UNKNOWN_FIELDS

    assert tuple(row) == UNKNOWN_FIELDS
    assert main(["unknown", "--limit", "1"]) == 0
    assert capsys.readouterr().out.startswith("Jose Roe\tdeputy minister\tESP\tuntabled\t2\t2\t2021-01-01\tb\t")
    assert main(["unknown", "--reason", "nonsense"]) == 2
    assert "ambiguous" in capsys.readouterr().err


def test_nothing_to_list_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(tmp_path / "new.db") as opened:
        opened.add(make_article(), ())
    assert main(["unknown", "--db", str(tmp_path / "new.db")]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "recode" in captured.err
