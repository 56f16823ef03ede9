"""Who held which office when, and whom a name can mean."""

from __future__ import annotations

from datetime import date

import pytest

from relwatch import names, people


def who(name: str, on: str, party: str | None = None) -> str | None:
    """The person and party a name means on a day; None if nobody, or if it could be two people."""
    term = people.one_person(people.candidates(name, date.fromisoformat(on), party))
    return f"{term.person} {term.party}" if term else None


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("Joseph R. Biden, Jr.", "2022-06-01", "Joe Biden USA"),
        ("Biden Jr.", "2022-06-01", "Joe Biden USA"),
        ("Thomas Donilon", "2012-06-01", "Tom Donilon USA"),
        ("William Jefferson Clinton", "1998-06-01", "Bill Clinton USA"),
        ("Bush", "1990-06-01", "George H. W. Bush USA"),
        ("Bush", "2003-06-01", "George W. Bush USA"),
        ("Macron", "2019-06-01", "Emmanuel Macron FRA"),
        ("Queen Elizabeth", "2015-06-01", "Elizabeth II GBR"),
        ("Elizabeth II", "1995-06-01", "Elizabeth II GBR"),
        ("Kim Jong-Un", "2018-06-01", "Kim Jong Un PRK"),
        ("Kim Jong Il", "2003-06-01", "Kim Jong Il PRK"),
        ("Kishida Fumio", "2023-01-13", "Fumio Kishida JPN"),
        ("Fumio Kishida", "2023-01-13", "Fumio Kishida JPN"),
        ("Yoon Suk Yeol", "2023-01-13", "Yoon Suk-yeol KOR"),
        ("Zelensky", "2022-06-01", "Volodymyr Zelenskyy UKR"),
        ("Volodymyr Zelenskiy", "2022-06-01", "Volodymyr Zelenskyy UKR"),
        ("Lukashenka", "2020-06-01", "Alexander Lukashenko BLR"),
        ("Hsi Chin-ping", "2019-06-01", "Xi Jinping CHN"),
        ("Moammer Kadhafi", "1997-06-01", "Muammar Gaddafi LBY"),
        ("Qadhafi", "1997-06-01", "Muammar Gaddafi LBY"),
        ("von der Leyen", "2021-06-01", "Ursula von der Leyen EU"),
        ("MBS", "2019-06-01", "Mohammed bin Salman SAU"),
        ("Lula", "2023-06-01", "Luiz Inácio Lula da Silva BRA"),
        ("López Obrador", "2019-06-01", "Andrés Manuel López Obrador MEX"),
        ("Dmitri Medvedev", "2010-06-01", "Dmitry Medvedev RUS"),
        ("Vladimir Putin", "1990-06-01", None),
        ("Jan Novotny", "2019-06-01", None),
    ],
)
def test_a_name_means_one_person_on_a_day(name: str, on: str, expected: str | None) -> None:
    assert who(name, on) == expected


def test_a_surname_of_two_is_nobodys() -> None:
    assert who("Kim", "2018-06-01") is None
    assert who("Kim", "2018-06-01", party="PRK") == "Kim Jong Un PRK"
    found = people.candidates("Kim", date(2018, 6, 1), party="PRK", role="head_of_state")
    assert [t.person for t in found] == ["Kim Jong Un"]


def test_the_same_man_in_three_offices() -> None:
    roles = [people.candidates("Medvedev", date(y, 7, 1))[0].role for y in (2010, 2015, 2023)]
    assert roles == ["head_of_state", "head_of_government", "other"]


def test_terms_at_some_time_in_a_year() -> None:
    term = people.one_person(people.candidates("Clinton", date(1993, 1, 1), until=date(1993, 12, 31)))
    assert term is not None
    assert term.person == "Bill Clinton"


def test_holder_of_an_office() -> None:
    assert people.holder("USA", "head_of_government", date(2018, 5, 1))[0].person == "Donald Trump"
    assert people.holder("RUS", "head_of_state", date(2010, 5, 1))[0].person == "Dmitry Medvedev"
    assert people.holder("SUN", "foreign_minister", date(1989, 5, 1))[0].person == "Eduard Shevardnadze"
    assert people.holder("RUS", "foreign_minister", date(1989, 5, 1))[0].party == "SUN"


def test_who_has_left_office_is_former() -> None:
    assert people.former("Tony Blair", date(2015, 1, 1))[0].title == "Prime Minister"
    assert people.former("Vladimir Putin", date(2015, 1, 1)) == ()


def test_gender() -> None:
    assert people.candidates("Merkel", date(2015, 1, 1))[0].gender == "f"
    assert people.candidates("Hollande", date(2015, 1, 1))[0].gender == "m"
    assert people.gender_of("Sergei Nobody") == "m"
    assert people.gender_of("Maria Nobody") == "f"
    assert people.gender_of("Nobody") is None


def test_no_co_prince_makes_a_president_ambiguous() -> None:
    for term in people.terms():
        assert not (term.party == "AND" and term.person in ("Emmanuel Macron", "Jacques Chirac"))


def test_no_two_rows_of_one_person_overlap() -> None:
    """By more than a year, that is: dates known to the year only are as wide as it."""
    seen: dict[tuple[str, str, str, str], list[people.Term]] = {}
    for term in people.terms():
        held = seen.setdefault((names.fold(term.person), term.party, term.role, term.title), [])
        for other in held:
            first, last = max(term.start, other.start), min(term.end or date.max, other.end or date.max)
            assert (last - first).days < 366, (term, other)
        held.append(term)


def test_terms_end_after_they_begin() -> None:
    for term in people.terms():
        assert term.end is None or term.start <= term.end, term
        assert (term.end is None) == (term.status == "current"), term


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sergey", "Sergei"), ("Joe", "Joseph"), ("J", "Joseph"), ("Alex", "Alexander"), ("Bill", "Will")],
)
def test_given_names_that_can_be_one(one: str, other: str) -> None:
    assert names.same_given(one.lower(), other.lower())
    assert not names.same_given(one.lower(), "zbigniew")


def test_folding() -> None:
    assert names.fold("  José  Ángel-Gurría, Jr.") == "jose angel gurria jr"
    assert names.fold("N'Djamena") == "ndjamena"
