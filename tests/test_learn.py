"""What a user teaches: written to their own tables, checked, winning over ours, taken back."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from helpers import make_article

from relwatch import learn, people, usertables
from relwatch.coder import coding
from relwatch.errors import TableError

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(alone: Run) -> Run:
    """The program with a store, and tables beside it, of its own."""
    return alone


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "relwatch-tables"


ROE = ("learn", "Jane Roe", "--of", "france", "--office", "Deputy Foreign Minister", "--from", "2026-01-15")


def test_a_person_is_written_beside_the_store(run: Run, folder: Path) -> None:
    status, out, _ = run(*ROE, "--gender", "f", "--alias", "Jane M. Roe")
    assert (status, out) == (0, "learnt: Jane Roe, Deputy Foreign Minister of France from 2026-01-15 on\n")
    (row,) = csv.DictReader((folder / "leaders.csv").open(encoding="utf-8"))
    assert row["role"] == "deputy_foreign_minister"
    assert (row["party"], row["gender"], row["aliases"], row["status"]) == ("FRA", "f", "Jane M. Roe", "current")
    assert run("who", "roe")[1].split("\t")[-1] == "yours\n"
    assert run("check")[0] == 0


def test_a_person_taught_is_known_in_texts(run: Run) -> None:
    article = make_article("Jane Roe met German officials in Berlin on Tuesday.", published="2026-02-03")
    assert [u.name for u in coding(article).unresolved] == ["Jane Roe"]
    run(*ROE[:5], "Foreign Minister", *ROE[6:])
    found = coding(article)
    (event,) = found.events
    assert {p.party for p in event.actor + event.recipient} == {"FRA", "DEU"}
    assert found.unresolved == ()


def test_a_term_of_ours_ends_when_told(run: Run) -> None:
    run("learn", "Sergei Lavrov", "--of", "russia", "--office", "foreign minister", "--to", "2026-05-01")
    (term,) = [t for t in people.candidates("Lavrov", None, "RUS") if t.role == "foreign_minister"]
    assert (term.start, term.end, term.gender) == (date(2004, 3, 9), date(2026, 5, 1), "m")
    assert people.holder("RUS", "foreign_minister", date(2026, 6, 1)) == ()


def test_teaching_again_changes_the_row(run: Run, folder: Path) -> None:
    run(*ROE)
    status, out, _ = run(*ROE, "--to", "2026-03")
    assert (status, out[:7]) == (0, "changed")
    assert len((folder / "leaders.csv").read_text().splitlines()) == 2


def test_whoever_is_still_in_office_is_named(run: Run) -> None:
    _, _, err = run("learn", "Jane Roe", "--of", "ru", "--office", "Foreign Minister", "--from", "2026-01-15")
    assert "Sergei Lavrov is still in that office" in err


@pytest.mark.parametrize(
    ("name", "means", "person"),
    [
        ("Serguei Lavroff", "lavrov", "Sergei Lavrov"),
        ("Kim", "Kim Jong Un", "Kim Jong Un"),
        ("Old Joe", "Biden", "Joe Biden"),
    ],
)
def test_another_name_of_a_person_wins(run: Run, name: str, means: str, person: str) -> None:
    assert run("learn", name, "--means", means)[0] == 0
    assert {t.person for t in people.candidates(name, None)} == {person}


def test_another_name_of_a_country_counts_in_texts_and_arguments(run: Run) -> None:
    assert run("learn", "Blighty", "--means", "uk")[1] == "learnt: Blighty is United Kingdom\n"
    article = make_article("Blighty accused Russia of spying.", published="2021-05-04")
    (event,) = coding(article).events
    assert [p.party for p in event.actor] == ["GBR"]
    assert "\tGBR\t" in run("who", "blighty", "--on", "2020")[1]


def test_a_name_of_ours_gets_the_meaning_that_is_taught(run: Run) -> None:
    assert "no longer" in run("learn", "Holland", "--means", "Denmark")[1]
    article = make_article("Holland accused Russia of spying.", published="2021-05-04")
    assert [p.party for e in coding(article).events for p in e.actor] == ["DNK"]


def test_the_tables_follow_the_store(run: Run, tmp_path: Path) -> None:
    run("learn", "Blighty", "--means", "uk")
    other = str(tmp_path / "elsewhere" / "s.db")
    assert run("learn", "--list", "--db", other)[1] == ""
    assert run("who", "blighty", "--db", other)[1] == ""
    assert run("who", "blighty", "--tables", str(tmp_path / "relwatch-tables"), "--db", other)[1]
    assert run("path", "--tables")[1].strip() == str(tmp_path / "relwatch-tables")
    assert run("path", "--tables", "--db", other)[1].strip() == str(tmp_path / "elsewhere" / "relwatch-tables")


def test_options_hold_for_processes_that_a_command_starts(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str | None, str | None]] = []

    def taught() -> list[learn.Taught]:
        seen.append((os.environ.get("RELWATCH_DB"), os.environ.get("RELWATCH_TABLES")))
        return []

    monkeypatch.setattr(learn, "taught", taught)
    before = dict(os.environ)
    run("learn", "--list", "--db", str(tmp_path / "x.db"), "--tables", str(tmp_path))
    assert seen == [(str(tmp_path / "x.db"), str(tmp_path))]
    assert dict(os.environ) == before


def test_list_and_forget(run: Run, folder: Path) -> None:
    run(*ROE)
    run("learn", "Blighty", "--means", "uk")
    rows = json.loads(run("learn", "--list", "--json")[1])
    assert [(r["kind"], r["name"], r["means"], r["detail"]) for r in rows] == [
        ("term", "Jane Roe", "FRA", "Deputy Foreign Minister"), ("name", "Blighty", "GBR", "country"),
    ]  # fmt: skip
    assert run("learn", "--forget", "jane roe")[:2] == (
        0, "forgotten: Jane Roe is no longer Deputy Foreign Minister of France from 2026-01-15\n",
    )  # fmt: skip
    assert run("learn", "--forget", "BLIGHTY")[0] == 0
    assert run("learn", "--list")[1] == ""
    assert people.candidates("Jane Roe", None) == ()
    status, _, err = run("learn", "--forget", "Blighty")
    assert (status, "nothing in them yet" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name somebody"),
        (("Jane Roe",), "--of and --office"),
        (("Jane Roe", "--of", "frace", "--office", "King", "--from", "2020"), "did you mean France"),
        (("Jane Roe", "--of", "france", "--office", "King"), "give the beginning with --from"),
        (("Jane Roe", "--of", "france", "--office", "King", "--from", "2020-13"), "is no date"),
        (("Jane Roe", "--of", "france", "--office", "King", "--from", "2020", "--to", "2019"), "turn the two"),
        (("Jane Roe", "--of", "france", "--office", "King", "--from", "2w..1w"), "is no day, month or year"),
        (("jane roe", "--means", "Lavrov"), "no capital letter"),
        (("Jane|Roe", "--means", "Lavrov"), "cannot be a name"),
        (("Roe", "--means", "Bush"), "George W. Bush or George H. W. Bush"),
        (("Roe", "--means", "Lavrof"), "did you mean"),
        (("Roe", "--means", "congo"), "give the code"),
        (("Roe", "--means", "uk", "--as", "capitol"), "did you mean capital"),
        (("Roe", "--means", "uk", "--office", "King"), "one or the other"),
        (("Roe", "--list"), "--list goes alone"),
        (("--gender", "x", "Jane Roe", "--of", "uk", "--office", "King", "--from", "2020"), "neither m nor f"),
    ],
)
def test_a_wrong_call_changes_nothing(run: Run, folder: Path, arguments: tuple[str, ...], message: str) -> None:
    status, out, err = run("learn", *arguments)
    assert (out, message in err, err.count("\n")) == ("", True, 1), err
    assert status == 2
    assert not folder.exists()


def test_the_users_own_lines_stay_as_they_are(run: Run, folder: Path) -> None:
    folder.mkdir()
    text = '# mine\nalias,means,kind\n"Perfidious\nAlbion",GBR,country\n# more\nBlighty,GBR,country'
    (folder / "aliases.csv").write_text(text, encoding="utf-8")
    run("learn", "Hexagon", "--means", "france")
    assert (folder / "aliases.csv").read_text(encoding="utf-8") == text + "\nHexagon,FRA,country\n"
    run("learn", "--forget", "Blighty")
    assert (folder / "aliases.csv").read_text("utf-8") == text.replace("Blighty,GBR,country", "Hexagon,FRA,country\n")


def test_a_header_grows_by_what_a_row_needs(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "leaders.csv").write_text(
        "person,party,role,start,status\nJohn Doe,USA,other,2020,current\n", encoding="utf-8"
    )
    run(*ROE)
    header, *rows = (folder / "leaders.csv").read_text(encoding="utf-8").splitlines()
    assert header == "person,party,role,start,status,title"
    assert rows[0] == "John Doe,USA,other,2020,current"
    assert rows[1] == "Jane Roe,FRA,deputy_foreign_minister,2026-01-15,current,Deputy Foreign Minister"
    assert len(learn.taught()) == 2


def test_nothing_is_written_to_a_table_that_is_not_sound(run: Run, folder: Path) -> None:
    folder.mkdir()
    broken = "alias,means,kind\nBlighty,GBR,nonsense\n"
    (folder / "aliases.csv").write_text(broken, encoding="utf-8")
    status, _, err = run("learn", "Hexagon", "--means", "france")
    assert (status, "aliases.csv:2" in err) == (1, True)
    assert (folder / "aliases.csv").read_text(encoding="utf-8") == broken


def test_a_write_that_fails_leaves_the_old_table(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("learn", "Blighty", "--means", "uk")
    before = (folder / "aliases.csv").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(usertables.os, "fsync", full)
    with pytest.raises(TableError, match="cannot be written"):
        usertables.put("aliases.csv", {"alias": "Hexagon", "means": "FRA", "kind": "country"})
    assert (folder / "aliases.csv").read_bytes() == before
    assert [p.name for p in folder.iterdir()] == ["aliases.csv"]


def test_an_alias_of_nobody_is_a_problem(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "aliases.csv").write_text("alias,means,kind\nRoe,Nobody At All,person\nX,XXX,country\n", "utf-8")
    status, out, _ = run("check")
    assert status == 1
    assert "aliases.csv:2: no person 'Nobody At All' in leaders.csv" in out
    assert "aliases.csv:3: no party 'XXX'" in out
