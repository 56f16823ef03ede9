"""The day of publication: what it is taken from, when it is inferred, and when it stays unknown."""

from datetime import date
from pathlib import Path

import pytest

from relwatch.read.evidence import eras
from relwatch.read.layout import layout
from relwatch.read.published import Published, published
from relwatch.tables import rows

TODAY = date(2026, 6, 1)
SEED = Path("/work/shared/seed/tass-2020-04-30.txt")


def when(text: str, **known: object) -> Published:
    return published(text, layout(text), today=TODAY, **known)  # type: ignore[arg-type]


DATED = "GENEVA, March 3, 1999 (AFP) - The ministers met for talks on trade and agreed to meet again."
DATELESS = "GENEVA, March 3 (AFP) - The ministers met for talks on trade and agreed to meet again."


def test_the_callers_word_comes_first() -> None:
    assert when(DATED, given=date(2001, 1, 1), metadata=date(2002, 2, 2))[:2] == (date(2001, 1, 1), "given")


def test_then_the_sources_record_then_the_dateline() -> None:
    assert when(DATED, metadata=date(2002, 2, 2))[:2] == (date(2002, 2, 2), "metadata")
    assert when(DATED)[:2] == (date(1999, 3, 3), "dateline")


def test_a_line_that_is_a_date() -> None:
    text = "Wednesday, January 23, 2019\n\n\nGermany on Monday banned the airline from its airports.\n"
    assert when(text)[:2] == (date(2019, 1, 23), "dateline")


@pytest.mark.parametrize(
    ("known", "basis"),
    [
        ({"url": "https://example.org/2003/03/04/talks"}, "url"),
        ({"file": Path("talks-2003-03-04.txt")}, "file"),
    ],
)
def test_addresses_and_names(known: dict[str, object], basis: str) -> None:
    assert when(DATELESS, **known)[:2] == (date(2003, 3, 4), basis)


def test_people_in_office_and_an_era_leave_one_year() -> None:
    text = (
        "MOSCOW, April 29. /TASS/. US President Donald Trump spoke by phone with his counterpart amid the"
        " coronavirus pandemic, the ministry said."
    )
    found = when(text)
    assert found[:2] == (date(2020, 4, 29), "inferred")
    assert found.why
    assert "2020" in found.why
    assert "Donald Trump" in found.why
    assert "\n" not in found.why


def test_two_people_whose_terms_overlap_in_one_year_only() -> None:
    text = (
        "BONN, March 3 (Reuters) - Soviet Foreign Minister Alexander Bessmertnykh spoke with Prime Minister"
        " John Major by telephone, officials said."
    )
    assert when(text)[:2] == (date(1991, 3, 3), "inferred")


def test_several_years_fit_and_the_user_is_told() -> None:
    text = "PARIS, May 5 (AFP) - President Francois Mitterrand met Chancellor Helmut Kohl on trade."
    found = when(text)
    assert found[:2] == (None, "unknown")
    assert found.why
    assert "would allow" in found.why


def test_a_former_office_is_no_evidence() -> None:
    text = "PARIS, May 5 (AFP) - Former US President Jimmy Carter arrived for talks on the election there."
    assert when(text).why == "May 5 names no year, and nothing in the text tells which it was"


def test_a_weekday_in_the_dateline_excludes_years() -> None:
    text = (
        "LONDON, Monday, April 27 (AFP) - Prime Minister Boris Johnson returned to work and spoke with"
        " the ministers of his government about the talks."
    )
    assert when(text)[:2] == (date(2020, 4, 27), "inferred")


def test_without_a_dateline_nothing_is_inferred() -> None:
    assert when("US President Donald Trump spoke amid the coronavirus pandemic.")[:2] == (None, "unknown")


def test_contradicting_clues_give_no_year() -> None:
    text = "PARIS, May 5 - Soviet Foreign Minister Eduard Shevardnadze met President Emmanuel Macron."
    found = when(text)
    assert found.day is None
    assert found.why
    assert "no year fits" in found.why


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not there")
def test_the_seed_article() -> None:
    found = when(SEED.read_text(encoding="utf-8"))
    assert found[:2] == (date(2020, 4, 30), "inferred")


def test_every_era_has_an_example_and_a_counterexample() -> None:
    table = list(rows("eras.csv"))
    assert len(table) == len(eras()) >= 60
    assert [r["id"] for r in table] == sorted(r["id"] for r in table)
    for row, (pattern, start, end) in zip(table, eras(), strict=True):
        assert pattern.search(row["example"]), row["id"]
        assert not pattern.search(row["counterexample"]), row["id"]
        assert start or end
        assert not (start and end) or start <= end
        assert row["source"]
        assert row["meaning"]
