"""``relwatch who``: persons, countries, ended states, near misses, formats."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from relwatch.cli.main import main
from relwatch.render.who import LINE_FIELDS, WHO_FIELDS
from relwatch.who import by_party

Who = Callable[..., list[dict[str, str]]]


@pytest.fixture
def who(capsys: pytest.CaptureFixture[str]) -> Who:
    """The terms that ``relwatch who`` lists for some arguments."""

    def run(*arguments: str) -> list[dict[str, str]]:
        assert main(["who", *arguments, "--csv"]) == 0
        return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    return run


def test_a_country_on_a_day(who: Who) -> None:
    held = {row["title"]: row["person"] for row in who("france", "--on", "2018-05-01")}
    assert held["President"] == "Emmanuel Macron"
    assert held["Prime Minister"] == "Édouard Philippe"
    assert held["Foreign Minister"] == "Jean-Yves Le Drian"
    assert "Jean-Marc Ayrault" not in held.values()


def test_the_weightiest_office_comes_first(who: Who) -> None:
    assert next(iter(who("french", "--on", "1995-06-01")))["title"] == "President"


@pytest.mark.parametrize("name", ["qadhafi", "Moammar Gadhafi", "KADDAFI", "muammar al-gaddafi"])
def test_spellings_lead_to_one_person(who: Who, name: str) -> None:
    assert {row["person"] for row in who(*name.split())} == {"Muammar Gaddafi"}


def test_the_surname_may_come_first(who: Who) -> None:
    assert {row["person"] for row in who("Zelensky", "Volodymyr")} == {"Volodymyr Zelenskyy"}


def test_several_people_of_one_name(who: Who) -> None:
    assert [(r["person"], r["start"]) for r in who("bush") if r["title"] == "President"] == [
        ("George H. W. Bush", "1989-01-20"),
        ("George W. Bush", "2001-01-20"),
    ]
    assert {r["person"] for r in who("bush", "--on", "1990")} == {"George H. W. Bush"}


def test_offices_of_one_person_in_order(who: Who) -> None:
    titles = [row["title"] for row in who("dmitry", "medvedev")]
    assert titles.index("President") < titles.index("Prime Minister")
    assert any("Security Council" in title for title in titles)


def test_an_organisation(who: Who) -> None:
    names = {row["person"] for row in who("nato", "--on", "1999..2003")}
    assert {"Javier Solana", "George Robertson"} <= names


def test_a_states_predecessors_stand_in_for_it() -> None:
    day = date(1989, 6, 1)
    assert {held.party for held in by_party("RUS", (day, day))} == {"SUN"}
    both = {held.party for held in by_party("COD", (date(1995, 1, 1), date(1998, 1, 1)))}
    assert both == {"COD", "ZAR"}


def test_a_word_of_two_countries_lists_both(who: Who) -> None:
    assert {row["party"] for row in who("congo")} <= {"COD", "COG"}
    assert who("congo")


def test_json_has_the_fields_of_the_csv(capsys: pytest.CaptureFixture[str]) -> None:
    main(["who", "lavrov", "--json"])
    row = json.loads(capsys.readouterr().out)[0]
    assert tuple(row) == WHO_FIELDS
    assert isinstance(row["sources"], list)
    main(["who", "lavrov"])
    assert len(capsys.readouterr().out.splitlines()[0].split("\t")) == len(LINE_FIELDS)


@pytest.mark.parametrize(("typed", "meant"), [("franse", "France"), ("putn", "Vladimir Putin"), ("makron", "Macron")])
def test_a_near_miss_suggests(capsys: pytest.CaptureFixture[str], typed: str, meant: str) -> None:
    assert main(["who", typed]) == 0
    captured = capsys.readouterr()
    assert meant in captured.err + captured.out


def test_nobody_on_that_day_says_that_there_are_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "lavrov", "--on", "1985"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "without --on" in captured.err


def test_who_loads_nothing_heavy() -> None:
    code = (
        "import sys; from relwatch.cli.main import main; main(['who', 'france', '--on', '2018-05-01']); "
        "sys.exit(any(m in sys.modules for m in ('spacy', 'sqlite_utils', 'sqlite3', 'rich')))"
    )
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0
